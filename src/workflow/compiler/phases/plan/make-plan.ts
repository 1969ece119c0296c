import type { NodeKind } from '../../../nodes/node-kind.ts';
import { type Arc, at, type Graph, packGraph } from '../../graph/graph.ts';
import { waves } from '../../graph/waves.ts';
import {
  type AddedEdge,
  allNodes,
  frozen,
  hashPlan,
  PLAN_VERSION,
  type Plan,
  type PlanBody,
  type PlanNode,
  type PlanSubworkflow,
} from '../../plan.ts';
import { RESULT } from '../bodies/body-result.ts';
import { type Draft, type DraftLink, type DraftNode, nodeLabel } from '../draft.ts';
import { choicesOf, drawnEdges } from '../edges/choices-of.ts';
import { callsOfNodes, callsOfRun } from './count-calls.ts';
import { howRolledBack } from './how-rolled-back.ts';
import { markIrreversible } from './mark-irreversible.ts';
import { markUndoOnly } from './mark-undo-only.ts';
import { undoStepWarnings } from './mark-undo-steps.ts';

/** Writes a draft without problems down as a plan, in steps. What only its readers need is worked out when one first asks for it. */
export function* makePlan(draft: Draft): Generator<void, Plan> {
  const { workflow } = draft;
  const nodes = yield* planNodes(draft);
  const kindOf = ({ kind }: PlanNode): NodeKind | undefined => draft.kinds.find(kind);
  const all = allNodes(nodes);
  const perItem = all.flatMap(({ id, body }) =>
    body === undefined || body.workflow !== undefined ? [] : [{ node: id, waapiCalls: body.waapiCalls }],
  );
  const irreversible = markIrreversible(all, kindOf);
  yield;
  const undoOnly = yield* markUndoOnly(all, kindOf);
  const rollback = howRolledBack(all, kindOf);
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
    ...(workflow.policies === undefined ? {} : { policies: workflow.policies }),
    inputs: Object.fromEntries(workflow.inputs),
    ...(Object.keys(workflow.vars).length === 0 ? {} : { vars: workflow.vars }),
    ...(Object.keys(workflow.globals).length === 0 ? {} : { globals: workflow.globals }),
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
    waapiCalls: callsOfRun(draft),
    ...(perItem.length === 0 ? {} : { perItem }),
    ...(workflow.normalised === undefined ? {} : { normalised: workflow.normalised }),
    warnings: [...draft.warnings, ...undoStepWarnings(all, workflow.onError, kindOf)],
    ...(irreversible.length === 0 ? {} : { irreversible }),
    ...(undoOnly.length === 0 ? {} : { undoOnly }),
    ...(rollback.length === 0 ? {} : { rollback }),
  };
  for (const part of [
    plan.inputs,
    plan.vars ?? {},
    plan.globals ?? {},
    plan.policies ?? {},
    plan.warnings,
    irreversible,
    undoOnly,
    rollback,
  ])
    frozen(part);
  Object.freeze(plan.order);
  Object.freeze(nodes);
  return Object.freeze(plan);
}

function wavesOf({ nodes, order, graph, links, effectArcs }: Draft): string[][] {
  const whole = effectArcs.length === 0 ? graph : packGraph(nodes.length, [...links, ...effectArcs]);
  return waves(whole, order).map((wave) => wave.map((index) => nodes[index]?.id ?? ''));
}

function unitsOf({ units, nodes }: Draft): Pick<Plan, 'units' | 'calls'> {
  if (units.length === 0) return {};
  return {
    units: frozen(units.map(({ nodeIndexes }) => nodeIndexes.map((index) => nodes[index]?.id ?? ''))),
    calls: frozen(units.flatMap(({ calls }) => calls)),
  };
}

/** Who waits for whom, by kind; undefined where nobody does. */
interface Sources {
  readonly after: Graph;
  readonly fences: Graph | undefined;
  readonly catches: Graph | undefined;
  /** The drawn edges that lead to each node. */
  readonly edges: (target: number) => readonly DraftLink[];
}

function* planNodes(draft: Draft): Generator<void, PlanNode[]> {
  const sources = sourcesOf(draft);
  yield;
  const nodes: PlanNode[] = [];
  for (const index of draft.order) {
    const node = draft.nodes[index];
    if (node?.isOutside !== true && node?.shape !== undefined)
      nodes.push(yield* planNode(node, node.shape.kind, sources, draft));
    yield;
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
    edges: drawnEdges(links),
  };
}

function* planNode(
  node: DraftNode,
  { type: kind, effect, prepared }: NodeKind,
  sources: Sources,
  { nodes }: Draft,
): Generator<void, PlanNode> {
  const { id, type, wiring, index, retry, timeoutMs, contract, options } = node;
  const input = frozen(prepared === undefined ? node.input : prepared(node.input));
  for (const wire of wiring) Object.freeze(wire);
  Object.freeze(wiring);
  const after = idsInto(sources.after, index, nodes);
  const fences = idsInto(sources.fences, index, nodes);
  const catches = idsInto(sources.catches, index, nodes);
  const onError = node.isCaught ? 'route' : node.onError;
  const [inputFrom] = node.flowsFrom;
  const bound = inputFrom === undefined ? {} : { inputFrom };
  const plain = { id, type, kind, effect, input, wiring, ...bound, after };
  const choices = choicesOf(node, sources, nodes, after);
  const isPlain =
    choices === undefined &&
    node.body === undefined &&
    retry === undefined &&
    timeoutMs === undefined &&
    options === undefined &&
    onError === undefined &&
    fences === none &&
    catches === none;
  if (isPlain) return Object.freeze(plain);
  return frozen({
    ...plain,
    ...(fences === none ? {} : { fences }),
    ...(catches === none ? {} : { catches }),
    ...(onError === undefined || onError === 'stop' ? {} : { onError }),
    ...choices,
    ...(node.body === undefined ? {} : { body: yield* planBody(node.body, node) }),
    ...(retry === undefined ? {} : { retry }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(contract === undefined ? {} : { contract }),
    ...(options?.mock === undefined ? {} : { mock: options.mock }),
    ...(options?.cost === undefined ? {} : { cost: options.cost }),
  });
}

/** What is inside of a node. Nodes around it are waited for by the node itself. */
function* planBody(draft: Draft, around: DraftNode): Generator<void, PlanBody> {
  const own = new Set(draft.nodes.flatMap(({ id, isOutside }) => (isOutside ? [] : [id])));
  const inside = (ids: readonly string[] | undefined) => ids?.filter((id) => own.has(id));
  const nodes = (yield* planNodes(draft)).map((node) => {
    const [flow, joins] = [inside(node.flow), inside(node.joins)];
    return {
      ...node,
      after: inside(node.after) ?? [],
      ...(flow === undefined ? {} : { flow }),
      ...(joins === undefined ? {} : { joins }),
    };
  });
  const sharing = (how: readonly DraftNode['sharing'][]) =>
    nodes.flatMap(({ id }) =>
      how.includes(draft.nodes[draft.indexById.get(id) ?? -1]?.sharing) ? [id] : [],
    );
  const batched = sharing(['joins', 'begins']);
  const heads = sharing(['begins']);
  const result = draft.nodes.find(({ id }) => id === RESULT);
  return {
    ...(around.shape?.kind.body === 'once' ? { workflow: subworkflowOf(draft, around) } : {}),
    nodes,
    ...(batched.length === 0 ? {} : { batched }),
    ...(heads.length === 0 ? {} : { heads }),
    ...(result === undefined
      ? {}
      : { output: result.input.output ?? null, outputReads: result.wiring.map(({ from }) => from) }),
    waapiCalls: callsOfNodes(draft),
  };
}

function subworkflowOf({ workflow }: Draft, { input }: DraftNode): PlanSubworkflow {
  const { workflow: workflowId, version } = input;
  return {
    ...(typeof workflowId === 'string' ? { workflowId } : {}),
    ...(typeof version === 'number' ? { version } : {}),
    inputs: Object.fromEntries(workflow.inputs),
    vars: workflow.vars,
    globals: workflow.globals,
  };
}

const none: readonly string[] = Object.freeze([]);

/** Ids of the nodes that arcs into one come from, each once, in the order in which the arcs were given. */
function idsInto(graph: Graph | undefined, index: number, nodes: readonly DraftNode[]): readonly string[] {
  if (graph === undefined) return none;
  const start = at(graph.sourceStart, index);
  const end = at(graph.sourceStart, index + 1);
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
      reason: `${nodeLabel(to)} reads ${reference?.text}`,
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
  const [name, other] = [nodeLabel(to), nodeLabel(from)];
  if (isFence(to)) return `${name} waits for everything before it, ${other} included`;
  return `${name} waits for ${other}, which nothing passes`;
}

function isFence(node: DraftNode): boolean {
  const effect = node.shape?.kind.effect;
  return effect === 'barrier' || effect === 'destroy';
}
