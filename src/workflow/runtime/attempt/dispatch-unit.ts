import type { BatchItem } from '../../../core/dispatch/bus.ts';
import { isJsonObject } from '../../../core/json.ts';
import type { Result } from '../../../core/result.ts';
import { inSpan } from '../../../core/tracing.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { type Values, withinBudget } from '../../expressions/resolve.ts';
import { resolveSome } from '../../expressions/resolve-some.ts';
import type { Awaited } from '../../nodes/asking/question.ts';
import { idInRun, loopScopeOf } from '../loops/loop-scope.ts';
import type { RunFrame } from '../run-frame.ts';
import type { Ledger } from '../schedule/ledger.ts';
import { readsOf, resolveInput, scopeOf, seenFrom } from '../values/node-input.ts';
import { dispatchAlone } from './dispatch-alone.ts';
import { isForced, optionsFor } from './dispatch-options.ts';
import { outcomeWithoutSecrets } from './outcome-without-secrets.ts';
import { type NodeOutcome, NodeWatch } from './watch-node.ts';

/**
 * Executes a unit: its only node as its kind says, or many as one batch, which share what they ask the back-end. Gives their
 * outcomes in the same order. Nodes without one were not begun: each is for a unit of its own, when it is judged by what became
 * of the ones before.
 */
export function dispatchUnit(
  nodes: readonly PlanNode[],
  values: Values,
  frame: RunFrame,
  ledger: Ledger,
  awaited: Awaited | undefined,
): Promise<readonly (NodeOutcome | undefined)[]> {
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const name = only === undefined ? 'nodes' : `node ${only.type}`;
  const facts = {
    'wwiseflow.execution_id': frame.executionId,
    'wwiseflow.node': nodes.map(({ id }) => id).join(' '),
  };
  const work = (): Promise<readonly (NodeOutcome | undefined)[]> =>
    only === undefined
      ? dispatchTogether(nodes, values, frame, ledger)
      : dispatchAlone(only, values, frame, awaited);
  return inSpan(name, facts, work, { parent: frame.span });
}

async function dispatchTogether(
  nodes: readonly PlanNode[],
  values: Values,
  frame: RunFrame,
  ledger: Ledger,
): Promise<readonly (NodeOutcome | undefined)[]> {
  const { parts, signal, undoStep } = frame;
  const [first] = nodes;
  const watched = nodes.map((node) => ({ node, watch: new NodeWatch(node, frame) }));
  const given = await valuesFor(nodes, values, frame);
  const items = given && itemsOf(watched, given, frame);
  if (parts.bus.dispatchBatch === undefined || items === undefined || first === undefined) return [];
  const { scope: _scope, forceRerun: _force, ...options } = optionsFor(first, frame, signal, items);
  const results = await parts.bus.dispatchBatch(items, {
    ...options,
    ...(undoStep.isAhead ? { group: undoStep } : {}),
  });
  await putOriginalsRight(items, results, frame, ledger);
  return watched.map(({ node, watch }) => {
    const result = results.get(node.id);
    return result && { result: outcomeWithoutSecrets(result), seen: watch.seen() };
  });
}

/** Undefined when what a node outside gave cannot be read: the node that asks for it must fail for itself. */
async function valuesFor(
  nodes: readonly PlanNode[],
  values: Values,
  { outputs }: RunFrame,
): Promise<Values | undefined> {
  try {
    return await outputs.valuesFor(() => nodes.flatMap(readsOf), values);
  } catch {
    return undefined;
  }
}

/** Undefined when a reference to a node outside cannot be resolved: that node must fail for itself. */
function itemsOf(
  watched: readonly { readonly node: PlanNode; readonly watch: NodeWatch }[],
  values: Values,
  frame: RunFrame,
): readonly BatchItem[] | undefined {
  const inside = new Set(watched.map(({ node }) => node.id));
  const items: BatchItem[] = [];
  // All of them at once: where that is too much each is for a unit of its own.
  const together = withinBudget(values);
  for (const { node, watch } of watched) {
    try {
      const scope = loopScopeOf(node);
      const named = (id: string): string => idInRun(scope, id) ?? id;
      const isKnown = (id: string): boolean => !inside.has(named(id));
      const input = resolveSome(node.input, seenFrom(node, together), isKnown, node.inputFrom, named);
      if (!isJsonObject(input)) return undefined;
      items.push({
        nodeId: node.id,
        command: node.kind,
        input,
        scope: scopeOf(frame.plan, node),
        forceRerun: isForced(node, frame),
        ...watch.reports(),
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

/** What shared calls brought into Originals goes with them where they were rolled back. */
async function putOriginalsRight(
  items: readonly BatchItem[],
  results: ReadonlyMap<string, Result>,
  { live, originals }: RunFrame,
  { rows }: Ledger,
): Promise<void> {
  if ([...results.values()].some(({ code }) => code === 'OUTCOME_UNKNOWN')) return;
  const isDone = ({ nodeId }: BatchItem) => results.get(nodeId)?.ok === true;
  const undone = items.filter((item) => !isDone(item));
  if (undone.length === 0) return;
  const earlier = live
    .nodes()
    .flatMap(({ id, kind, input }) => (rows.get(id)?.ok === true ? [{ command: kind, input }] : []));
  await originals.afterRollBack(undone, [...earlier, ...items.filter(isDone)]);
}
