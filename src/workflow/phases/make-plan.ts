import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { packGraph } from '../graph/graph.ts';
import { waves } from '../graph/waves.ts';
import { type AddedEdge, type Plan, type PlanNode, sealPlan } from '../plan.ts';
import { type Draft, type DraftNode, nameOf } from './draft.ts';

/** Writes a draft without problems down as a plan. */
export function makePlan(draft: Draft): Plan {
  const { workflow } = draft;
  const graph = packGraph(draft.nodes.length, [...draft.links, ...draft.effectArcs]);
  const nodes = [...draft.order].flatMap((place) => planNode(draft.nodes[place]));
  return sealPlan({
    workflowId: workflow.workflowId,
    ...(workflow.name === undefined ? {} : { name: workflow.name }),
    ...(workflow.version === undefined ? {} : { version: workflow.version }),
    inputs: Object.fromEntries(workflow.inputs),
    order: nodes.map(({ id }) => id),
    waves: waves(graph, draft.order).map((wave) => wave.map((place) => draft.nodes[place]?.id ?? '')),
    nodes,
    addedEdges: [...referenceEdges(draft), ...effectEdges(draft)],
    waapiCalls: [...draft.order].reduce((sum, place) => sum + callsOf(draft.nodes[place]), 0),
    warnings: draft.warnings,
  });
}

function callsOf(node: DraftNode | undefined): number {
  return node?.shape?.command.waapiCalls ?? 1;
}

function planNode(node: DraftNode | undefined): PlanNode[] {
  if (node?.shape === undefined) return [];
  const { id, type, input, wiring } = node;
  const { name, effect } = node.shape.command;
  return [{ id, type, command: name, effect, input: copyOfMembers(input), wiring }];
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
    draft.links.filter(({ by }) => by === 'edge').map(({ source, target }) => `${source}>${target}`),
  );
  const edges: AddedEdge[] = [];
  for (const { source, target, by, text } of draft.links) {
    const [from, to] = [draft.nodes[source], draft.nodes[target]];
    const ends = `${source}>${target}`;
    if (by === 'edge' || drawn.has(ends) || from === undefined || to === undefined) continue;
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
