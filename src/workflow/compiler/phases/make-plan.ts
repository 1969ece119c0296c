import type { NodeKind } from '../../nodes/node-kind.ts';
import { type Arc, at, type Graph, packGraph } from '../graph/graph.ts';
import { waves } from '../graph/waves.ts';
import { type AddedEdge, frozen, hashPlan, PLAN_VERSION, type Plan, type PlanNode } from '../plan.ts';
import { type Draft, type DraftNode, nameOf } from './draft.ts';
import { howRolledBack } from './how-rolled-back.ts';
import { markIrreversible } from './mark-irreversible.ts';
import { markUndoOnly } from './mark-undo-only.ts';
import { undoStepWarnings } from './mark-undo-steps.ts';

/** Writes a draft without problems down as a plan. What only its readers need is worked out when one first asks for it. */
export function makePlan(draft: Draft): Plan {
  const { workflow } = draft;
  const nodes = planNodes(draft);
  const kindOf = ({ kind }: PlanNode): NodeKind | undefined => draft.kinds.find(kind);
  const irreversible = markIrreversible(nodes, kindOf);
  const undoOnly = markUndoOnly(nodes, kindOf);
  const rollback = howRolledBack(nodes, kindOf);
  let hash: string | undefined;
  let shownWaves: Plan['waves'] | undefined;
  let shownEdges: Plan['addedEdges'] | undefined;
  const plan: Plan = {
    planVersion: PLAN_VERSION,
    get planHash() {
      hash ??= hashPlan(plan);
      return hash;
    },
    get workflowId() {
      return workflow.workflowId;
    },
    ...(workflow.name === undefined ? {} : { name: workflow.name }),
    ...(workflow.version === undefined ? {} : { version: workflow.version }),
    ...(workflow.onError === undefined || workflow.onError === 'stop' ? {} : { onError: workflow.onError }),
    ...(workflow.timeoutMs === undefined ? {} : { timeoutMs: workflow.timeoutMs }),
    ...(workflow.concurrency === undefined ? {} : { concurrency: workflow.concurrency }),
    ...(workflow.maxPerSecond === undefined ? {} : { maxPerSecond: workflow.maxPerSecond }),
    inputs: Object.fromEntries(workflow.inputs),
    order: nodes.map(({ id }) => id),
    get waves() {
      shownWaves ??= frozen(wavesOf(draft));
      return shownWaves;
    },
    nodes,
    ...unitsOf(draft),
    get addedEdges() {
      shownEdges ??= frozen([...referenceEdges(draft), ...effectEdges(draft)]);
      return shownEdges;
    },
    waapiCalls: waapiCalls(draft),
    warnings: [...draft.warnings, ...undoStepWarnings(nodes, workflow.onError, kindOf)],
    ...(irreversible.length === 0 ? {} : { irreversible }),
    ...(undoOnly.length === 0 ? {} : { undoOnly }),
    ...(rollback.length === 0 ? {} : { rollback }),
  };
  for (const part of [plan.inputs, plan.warnings, irreversible, undoOnly, rollback]) frozen(part);
  Object.freeze(plan.order);
  Object.freeze(nodes);
  return Object.freeze(plan);
}

function wavesOf({ nodes, order, graph, links, effectArcs }: Draft): string[][] {
  const whole = effectArcs.length === 0 ? graph : packGraph(nodes.length, [...links, ...effectArcs]);
  return waves(whole, order).map((wave) => wave.map((place) => nodes[place]?.id ?? ''));
}

function unitsOf({ units, nodes }: Draft): Pick<Plan, 'units' | 'calls'> {
  if (units.length === 0) return {};
  return {
    units: frozen(units.map(({ places }) => places.map((place) => nodes[place]?.id ?? ''))),
    calls: frozen(units.flatMap(({ calls }) => calls)),
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
  return node?.shape?.kind.waapiCalls ?? 1;
}

/** Who waits for whom, by kind; undefined where nobody does. */
interface Sources {
  readonly after: Graph;
  readonly fences: Graph | undefined;
  readonly catches: Graph | undefined;
}

function planNodes(draft: Draft): PlanNode[] {
  const sources = sourcesOf(draft);
  const nodes: PlanNode[] = [];
  for (const place of draft.order) {
    const node = draft.nodes[place];
    if (node?.shape !== undefined) nodes.push(planNode(node, node.shape.kind, sources, draft));
  }
  return nodes;
}

function sourcesOf({ nodes, links, effectArcs, graph }: Draft): Sources {
  const packed = (arcs: readonly Arc[]) => (arcs.length === 0 ? undefined : packGraph(nodes.length, arcs));
  const catches = packed(links.filter(({ by }) => by === 'error'));
  return {
    after:
      catches === undefined
        ? graph
        : packGraph(
            nodes.length,
            links.filter(({ by }) => by !== 'error'),
          ),
    fences: packed(effectArcs),
    catches,
  };
}

function planNode(
  node: DraftNode,
  { type: kind, effect }: NodeKind,
  sources: Sources,
  { nodes }: Draft,
): PlanNode {
  const { id, type, input, wiring, place, retry, timeoutMs } = node;
  frozen(input);
  for (const wire of wiring) Object.freeze(wire);
  Object.freeze(wiring);
  const after = idsInto(sources.after, place, nodes);
  const fences = idsInto(sources.fences, place, nodes);
  const catches = idsInto(sources.catches, place, nodes);
  const onError = node.isCaught ? 'route' : node.onError;
  const plain = { id, type, kind, effect, input, wiring, after };
  const isPlain =
    retry === undefined &&
    timeoutMs === undefined &&
    onError === undefined &&
    fences === none &&
    catches === none;
  if (isPlain) return Object.freeze(plain);
  return frozen({
    ...plain,
    ...(fences === none ? {} : { fences }),
    ...(catches === none ? {} : { catches }),
    ...(onError === undefined || onError === 'stop' ? {} : { onError }),
    ...(retry === undefined ? {} : { retry }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

const none: readonly string[] = Object.freeze([]);

/** Ids of the nodes that arcs into one come from, each once, in the order in which the arcs were given. */
function idsInto(graph: Graph | undefined, place: number, nodes: readonly DraftNode[]): readonly string[] {
  if (graph === undefined) return none;
  const start = at(graph.sourceStart, place);
  const end = at(graph.sourceStart, place + 1);
  if (start === end) return none;
  const first = nodes[at(graph.sources, start)]?.id ?? '';
  if (end === start + 1) return Object.freeze([first]);
  const ids = new Set([first]);
  for (let arc = start + 1; arc < end; arc += 1) ids.add(nodes[at(graph.sources, arc)]?.id ?? '');
  return Object.freeze([...ids]);
}

function referenceEdges(draft: Draft): AddedEdge[] {
  const drawn = new Set(
    draft.links.filter(({ by }) => by !== 'reference').map(({ source, target }) => `${source}>${target}`),
  );
  const edges: AddedEdge[] = [];
  for (const { source, target, by, reference } of draft.links) {
    const [from, to] = [draft.nodes[source], draft.nodes[target]];
    const ends = `${source}>${target}`;
    if (by !== 'reference' || drawn.has(ends) || from === undefined || to === undefined) continue;
    drawn.add(ends);
    edges.push({
      source: from.id,
      target: to.id,
      kind: 'reference',
      reason: `${nameOf(to)} reads ${reference?.text}`,
    });
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
  const effect = node.shape?.kind.effect;
  return effect === 'barrier' || effect === 'destroy';
}
