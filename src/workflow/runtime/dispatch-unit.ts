import type { BatchItem } from '../../bus/bus.ts';
import type { Result } from '../../bus/result.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { PlanNode } from '../compiler/plan.ts';
import { resolveSome, type Values } from '../expressions/resolve.ts';
import { isForced, optionsFor } from './dispatch-node.ts';
import type { Ledger } from './ledger.ts';
import { readsOf, resolveInput, scopeOf } from './node-input.ts';
import type { RunFrame } from './run-frame.ts';

export interface UnitOutcome {
  readonly results: ReadonlyMap<string, Result>;
  /** What the project looked like before each effect. */
  readonly befores: ReadonlyMap<string, Json>;
  /** Nodes that changed the project, with what they changed where that was seen. */
  readonly changed: ReadonlyMap<string, readonly Change[] | undefined>;
}

/**
 * Hands the nodes of a unit to the bus together. Nodes without a result were not begun: each is for the ordinary way, when it
 * is judged by what became of the ones before.
 */
export async function dispatchUnit(
  nodes: readonly PlanNode[],
  values: Values,
  frame: RunFrame,
  ledger: Ledger,
): Promise<UnitOutcome> {
  const { parts, signal, undoStep } = frame;
  const [first] = nodes;
  const befores = new Map<string, Json>();
  const changed = new Map<string, readonly Change[] | undefined>();
  const items = itemsOf(nodes, values, frame, { befores, changed });
  if (parts.bus.dispatchBatch === undefined || items === undefined || first === undefined)
    return { results: new Map(), befores, changed };
  const { scope: _scope, forceRerun: _force, ...options } = optionsFor(first, frame, signal, items);
  const results = await parts.bus.dispatchBatch(items, {
    ...options,
    ...(undoStep.isAhead ? { group: undoStep } : {}),
  });
  await putOriginalsRight(items, results, frame, ledger);
  return { results, befores, changed };
}

/** Undefined when a reference to a node outside cannot be resolved: that node must fail for itself. */
function itemsOf(
  nodes: readonly PlanNode[],
  values: Values,
  frame: RunFrame,
  seen: { readonly befores: Map<string, Json>; readonly changed: Map<string, readonly Change[] | undefined> },
): readonly BatchItem[] | undefined {
  const inside = new Set(nodes.map(({ id }) => id));
  const items: BatchItem[] = [];
  for (const node of nodes) {
    try {
      const input = resolveSome(node.input, values, (id) => !inside.has(id));
      if (!isJsonObject(input)) return undefined;
      items.push({
        nodeId: node.id,
        command: node.kind,
        input,
        scope: scopeOf(frame.plan, node),
        forceRerun: isForced(node, frame),
        onIntent: (before) => seen.befores.set(node.id, before),
        onImport: (files) => frame.originals.beforeImport([], files),
        onChanged: (changes) => seen.changed.set(node.id, changes),
        reads: readsOf(node).filter((id) => inside.has(id)),
        resolve: (output) =>
          resolveInput(node, {
            ...values,
            output: (id) => (inside.has(id) ? output(id) : values.output(id)),
          }),
      });
    } catch {
      return undefined;
    }
  }
  return items;
}

/** What shared calls brought into Originals goes with them where they were taken back. */
async function putOriginalsRight(
  items: readonly BatchItem[],
  results: ReadonlyMap<string, Result>,
  { plan, originals }: RunFrame,
  { rows }: Ledger,
): Promise<void> {
  if ([...results.values()].some(({ code }) => code === 'OUTCOME_UNKNOWN')) return;
  const isDone = ({ nodeId }: BatchItem) => results.get(nodeId)?.ok === true;
  const undone = items.filter((item) => !isDone(item));
  if (undone.length === 0) return;
  const earlier = plan.nodes.flatMap(({ id, kind, input }) =>
    rows.get(id)?.ok === true ? [{ command: kind, input }] : [],
  );
  await originals.afterTakeBack(undone, [...earlier, ...items.filter(isDone)]);
}
