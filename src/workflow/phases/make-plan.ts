import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { type Arc, packGraph } from '../graph/graph.ts';
import { waves } from '../graph/waves.ts';
import { type AddedEdge, type Plan, type PlanNode, sealPlan } from '../plan.ts';
import { type Draft, type DraftNode, nameOf } from './draft.ts';
import { markIrreversible } from './mark-irreversible.ts';

/** Writes a draft without problems down as a plan. */
export function makePlan(draft: Draft): Plan {
  const { workflow } = draft;
  const graph = packGraph(draft.nodes.length, [...draft.links, ...draft.effectArcs]);
  const sources = sourcesByNode(draft);
  const nodes = [...draft.order].flatMap((place) => planNode(draft.nodes[place], sources));
  const irreversible = markIrreversible(nodes);
  return sealPlan({
    workflowId: workflow.workflowId,
    ...(workflow.name === undefined ? {} : { name: workflow.name }),
    ...(workflow.version === undefined ? {} : { version: workflow.version }),
    ...(workflow.onError === undefined || workflow.onError === 'stop' ? {} : { onError: workflow.onError }),
    ...(workflow.timeoutMs === undefined ? {} : { timeoutMs: workflow.timeoutMs }),
    inputs: Object.fromEntries(workflow.inputs),
    order: nodes.map(({ id }) => id),
    waves: waves(graph, draft.order).map((wave) => wave.map((place) => draft.nodes[place]?.id ?? '')),
    nodes,
    ...unitsOf(draft),
    addedEdges: [...referenceEdges(draft), ...effectEdges(draft)],
    waapiCalls: waapiCalls(draft),
    warnings: draft.warnings,
    ...(irreversible.length === 0 ? {} : { irreversible }),
  });
}

function unitsOf({ units, nodes }: Draft): Pick<Plan, 'units' | 'calls'> {
  if (units.length === 0) return {};
  return {
    units: units.map(({ places }) => places.map((place) => nodes[place]?.id ?? '')),
    calls: units.flatMap(({ calls }) => calls),
  };
}

function waapiCalls({ order, nodes, units }: Draft): number {
  const fused = units.filter(({ places }) => places.length > 1);
  const together = new Set(fused.flatMap(({ places }) => places));
  const alone = [...order].filter((place) => !together.has(place));
  return (
    fused.reduce((sum, { calls }) => sum + calls.length, 0) +
    alone.reduce((sum, place) => sum + callsOf(nodes[place]), 0)
  );
}

function callsOf(node: DraftNode | undefined): number {
  return node?.shape?.command.waapiCalls ?? 1;
}

/** Ids of the nodes each node waits for, by place. */
interface Sources {
  readonly after: readonly ReadonlySet<string>[];
  readonly fences: readonly ReadonlySet<string>[];
  readonly catches: readonly ReadonlySet<string>[];
}

function sourcesByNode({ nodes, links, effectArcs }: Draft): Sources {
  const collect = (arcs: readonly Arc[]) => {
    const sources = nodes.map(() => new Set<string>());
    for (const { source, target } of arcs) sources[target]?.add(nodes[source]?.id ?? '');
    return sources;
  };
  return {
    after: collect(links.filter(({ by }) => by !== 'error')),
    fences: collect(effectArcs),
    catches: collect(links.filter(({ by }) => by === 'error')),
  };
}

function planNode(node: DraftNode | undefined, sources: Sources): PlanNode[] {
  if (node?.shape === undefined) return [];
  const { id, type, input, wiring, place, retry, timeoutMs } = node;
  const { name, effect } = node.shape.command;
  const fences = [...(sources.fences[place] ?? [])];
  const catches = [...(sources.catches[place] ?? [])];
  const onError = node.isCaught ? 'route' : node.onError;
  return [
    {
      id,
      type,
      command: name,
      effect,
      input: copyOfMembers(input),
      wiring,
      after: [...(sources.after[place] ?? [])],
      ...(fences.length === 0 ? {} : { fences }),
      ...(catches.length === 0 ? {} : { catches }),
      ...(onError === undefined || onError === 'stop' ? {} : { onError }),
      ...(retry === undefined ? {} : { retry }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
  ];
}

/** The plan will be frozen; the author's document stays theirs. */
function copyOfMembers(object: JsonObject): JsonObject {
  const copied: Record<string, Json> = {};
  for (const [key, member] of Object.entries(object)) if (member !== undefined) copied[key] = copyOf(member);
  return copied;
}

function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf);
  return isJsonObject(value) ? copyOfMembers(value) : value;
}

function referenceEdges(draft: Draft): AddedEdge[] {
  const drawn = new Set(
    draft.links.filter(({ by }) => by !== 'reference').map(({ source, target }) => `${source}>${target}`),
  );
  const edges: AddedEdge[] = [];
  for (const { source, target, by, text } of draft.links) {
    const [from, to] = [draft.nodes[source], draft.nodes[target]];
    const ends = `${source}>${target}`;
    if (by !== 'reference' || drawn.has(ends) || from === undefined || to === undefined) continue;
    drawn.add(ends);
    edges.push({ source: from.id, target: to.id, kind: 'reference', reason: `${nameOf(to)} reads ${text}` });
  }
  return edges;
}

function effectEdges(draft: Draft): AddedEdge[] {
  return draft.effectArcs.flatMap(({ source, target }) => {
    const [from, to] = [draft.nodes[source], draft.nodes[target]];
    if (from === undefined || to === undefined) return [];
    return [{ source: from.id, target: to.id, kind: 'effect' as const, reason: effectReason(from, to) }];
  });
}

function effectReason(from: DraftNode, to: DraftNode): string {
  const [name, other] = [nameOf(to), nameOf(from)];
  if (isFence(to)) return `${name} waits for everything before it, ${other} included`;
  return `${name} waits for ${other}, which nothing passes`;
}

function isFence(node: DraftNode): boolean {
  const effect = node.shape?.command.effect;
  return effect === 'barrier' || effect === 'destroy';
}
