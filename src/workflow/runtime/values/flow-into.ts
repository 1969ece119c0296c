import { asJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import type { NodeKinds } from '../../nodes/catalog.ts';
import type { LivePlan } from '../loops/live-plan.ts';
import { loopScopeOf } from '../loops/loop-scope.ts';

/** Where what flows into nodes is looked for. */
export interface FlowParts {
  readonly live: LivePlan;
  readonly kinds: Pick<NodeKinds, 'find'>;
}

/**
 * What flows into a node along its edges: what the node before it gave; of several, what each of those that were reached gave,
 * by its id; an empty object where there is none. A node that passes on what flows into it is looked through, and so is one
 * that was skipped.
 */
export function flowInto(node: PlanNode, values: Values, parts: FlowParts): Json {
  const given = inflowOf(node, values, parts);
  const [only] = given.values();
  const scope = given.size === 0 && node.flow === undefined ? loopScopeOf(node) : undefined;
  // What flows into the first nodes of a loop is its item.
  if (scope?.index !== undefined) return scope.item ?? null;
  return given.size === 1 && only !== undefined ? only : Object.fromEntries(given);
}

/** The parts of what flows into a node, by the ids of the nodes that gave them. */
export function inflowOf(node: PlanNode, values: Values, parts: FlowParts): ReadonlyMap<string, JsonObject> {
  const given = new Map<string, JsonObject>();
  collect(node, values, parts, given, new Set());
  return given;
}

/** Values in which `input` of a node's expressions is what flows into it past a node that was skipped. */
export function withFlow(node: PlanNode, values: Values, parts: FlowParts): Values {
  const { inputFrom } = node;
  if (inputFrom === undefined || values.output(inputFrom) !== undefined) return values;
  return {
    ...values,
    output: (id) => (id === inputFrom ? asJsonObject(flowInto(node, values, parts)) : values.output(id)),
  };
}

/** The nodes whose outputs may flow into one. */
export function flowSources(node: PlanNode, { live }: Pick<FlowParts, 'live'>): readonly string[] {
  const sources = new Set<string>();
  const open = [...(node.flow ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (sources.has(id)) continue;
    sources.add(id);
    open.push(...(live.find(id)?.flow ?? []));
  }
  return [...sources];
}

function collect(
  { flow = [] }: PlanNode,
  values: Values,
  parts: FlowParts,
  given: Map<string, JsonObject>,
  seen: Set<string>,
): void {
  for (const id of flow) {
    if (seen.has(id)) continue;
    seen.add(id);
    const source = parts.live.find(id);
    if (source === undefined) continue;
    const output = parts.kinds.find(source.kind)?.passesOn === true ? undefined : values.output(id);
    if (output === undefined) collect(source, values, parts, given, seen);
    else given.set(id, output);
  }
}
