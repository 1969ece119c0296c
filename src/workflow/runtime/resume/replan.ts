import { hashJson } from '../../../core/canonical-json.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Failure } from '../../../core/result.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import type { Awaited } from '../../nodes/asking/question.ts';
import type { Replay } from '../../nodes/node-kind.ts';
import type { JournalledNode } from '../journal/read-journal.ts';
import { loopsAround } from '../loops/unroll.ts';
import type { PaidCost } from '../usage/node-cost.ts';
import { allReadsOf } from '../values/node-input.ts';
import type { KeptOutput } from '../values/outputs.ts';

/**
 * What to do with a node of a run that was begun before. `keep`: it ended, well or not, and stays so. `reuse`: take over what it gave, unless something it waits for is
 * done again after all. `verify`: ask the memo, which checks the project, settles an effect that was cut off, and does it
 * again only when it is not there. `execute`: do it. `skip`: leave it out.
 */
export type Action = 'keep' | 'reuse' | 'verify' | 'execute' | 'skip';

export interface Replanned {
  readonly action: Action;
  /** Whatever the memo holds. */
  readonly isForced: boolean;
  /** It is another node than when the run was begun, or takes values from one. */
  readonly isChanged?: boolean;
  /** What stands for what the node gave, when it is done. */
  readonly kept: KeptOutput | null;
  readonly said: readonly string[];
  /** What it cost in earlier parts of the run, where a price is known. */
  readonly paid?: PaidCost | undefined;
  /** How it failed, when that is kept. */
  readonly failed: Failure | null;
  /** It was under way when the process ended: nobody knows how far it came. */
  readonly wasCutOff?: boolean;
  /** What it noted before. */
  readonly notes: readonly JsonObject[];
  /** What it was suspended for, and still waits for. */
  readonly awaited: Awaited | undefined;
}

export interface ReplanOptions {
  /** This node and everything downstream of it. */
  readonly from?: string | undefined;
  /** Nothing but these. */
  readonly only?: readonly string[] | undefined;
  readonly force?: boolean | readonly string[] | undefined;
  /** It was suspended and nothing but time has passed: what ended stays as it ended. */
  readonly isWaking?: boolean | undefined;
  /** Whether a node that failed is over, so that it is not tried again unless it is named. */
  readonly isOver?: (node: PlanNode, known: JournalledNode) => boolean;
  /** What becomes of a done node, by its kind. */
  readonly replayOf: (node: PlanNode) => Replay;
  /** The plan the journal was written under, when it is another one. */
  readonly former?: Plan | undefined;
  /** Inputs of the workflow that have another value than when the journal was written. */
  readonly changedInputs?: readonly string[] | undefined;
}

/**
 * The one planner behind resume, retry and partial re-runs. Pure. Throws INVALID_INPUT for a node the plan does not have.
 */
export function replan(
  plan: Plan,
  journal: ReadonlyMap<string, JournalledNode>,
  options: ReplanOptions,
): ReadonlyMap<string, Replanned> {
  const { from, only, force } = options;
  checkNodes(plan, [
    ...(from === undefined ? [] : [from]),
    ...(only ?? []),
    ...(typeof force === 'object' ? force : []),
  ]);
  const forced = force === true ? new Set(plan.order) : new Set(typeof force === 'object' ? force : []);
  if (from !== undefined) for (const node of downstream(plan, [from])) forced.add(node);
  for (const node of inside(
    plan,
    new Set([...(from === undefined ? [] : [from]), ...(typeof force === 'object' ? force : [])]),
  ))
    forced.add(node);
  const wanted = only === undefined ? undefined : new Set(only);
  for (const node of wanted ?? []) if (journal.get(node)?.state === 'done') forced.add(node);
  const changed = options.former === undefined ? new Set<string>() : changedNodes(plan, options.former);
  for (const node of readersOf(plan, options.changedInputs ?? [])) changed.add(node);
  for (const node of inside(plan, changed)) changed.add(node);
  // What comes after a node that waits ended in an earlier part of the run, before that node was executed again.
  const isWaiting = ({ id }: PlanNode): boolean => journal.get(id)?.state === 'suspended';
  const behind = options.isWaking === true ? downstream(plan, idsOf(plan.nodes.filter(isWaiting))) : noNodes;
  return new Map(
    plan.nodes.map((node) => {
      const known = changed.has(node.id) ? undefined : journal.get(node.id);
      const hasEnded = known?.state === 'done' || known?.state === 'failed';
      const isOverWithIt = known?.state === 'failed' && options.isOver?.(node, known) === true;
      const isKept =
        (options.isWaking === true && hasEnded && !behind.has(node.id)) ||
        (isOverWithIt && wanted === undefined && !forced.has(node.id));
      const decided = isKept
        ? { action: 'keep' as const, isForced: false }
        : decide(node, options.replayOf(node), known, forced, wanted);
      return [
        node.id,
        {
          ...decided,
          ...(changed.has(node.id) ? { isChanged: true } : {}),
          ...(known?.state === 'running' && !decided.isForced ? { wasCutOff: true } : {}),
          kept: keptOf(known),
          said: known?.said ?? [],
          paid: journal.get(node.id)?.paid,
          failed: isKept ? (known?.failed ?? null) : null,
          notes: decided.isForced ? [] : (known?.notes ?? []),
          awaited: decided.isForced ? undefined : known?.awaits,
        },
      ];
    }),
  );
}

/** The inputs that have another value now than when a run was begun with the former plan and these values. */
export function changedInputsOf(now: JsonObject, given: JsonObject, { inputs }: Plan): readonly string[] {
  return Object.entries(now)
    .filter(([name, value]) => {
      const former = given[name] ?? inputs[name]?.default;
      return hashJson(value ?? null) !== hashJson(former ?? null);
    })
    .map(([name]) => name);
}

/** Ids of the nodes that are new in a plan or differ from the former one, and of everything that takes values from those. */
export function changedNodes(plan: Plan, former: Plan): Set<string> {
  const before = new Map(former.nodes.map((node) => [node.id, hashJson(node)]));
  const valuesOf = ({ vars = {}, globals = {} }: Plan) => hashJson([vars, globals]);
  const hasOthers = valuesOf(plan) !== valuesOf(former);
  const changed = new Set<string>();
  for (const node of plan.nodes) {
    const readsOthers = hasOthers && allReadsOf(node).some(({ readsVars }) => readsVars);
    const isSame = before.get(node.id) === hashJson(node) && !readsOthers;
    if (!isSame || node.after.some((source) => changed.has(source))) changed.add(node.id);
  }
  return changed;
}

/** Ids of the nodes that read one of these inputs, and of everything that takes values from those. */
function readersOf(plan: Plan, inputs: readonly string[]): Set<string> {
  const readers = new Set<string>();
  if (inputs.length === 0) return readers;
  for (const node of plan.nodes) {
    const { id, after } = node;
    const reads = allReadsOf(node).some(
      (text) => text.readsAllInputs || text.inputs.some(({ name }) => inputs.includes(name)),
    );
    if (reads || after.some((source) => readers.has(source))) readers.add(id);
  }
  return readers;
}

function decide(
  node: PlanNode,
  replay: Replay,
  known: JournalledNode | undefined,
  forced: ReadonlySet<string>,
  wanted: ReadonlySet<string> | undefined,
): { readonly action: Action; readonly isForced: boolean } {
  const isForced = forced.has(node.id);
  const isDone = known?.state === 'done';
  if (wanted !== undefined && !wanted.has(node.id)) {
    if (!isDone) return { action: 'skip', isForced: false };
    return { action: replay === 'verify' ? 'verify' : 'reuse', isForced: false };
  }
  if (isForced) return { action: 'execute', isForced };
  if (known === undefined || known.state === 'pending' || known.state === 'rolledBack')
    return { action: 'execute', isForced };
  if (replay === 'verify')
    return { action: isDone || known.state === 'running' ? 'verify' : 'execute', isForced };
  return { action: isDone && replay === 'reuse' ? 'reuse' : 'execute', isForced };
}

function keptOf(known: JournalledNode | undefined): KeptOutput | null {
  return known?.state === 'done' ? known.kept : null;
}

/** Ids of the nodes that stand for items of these loops. */
function inside({ nodes }: Plan, loops: ReadonlySet<string>): readonly string[] {
  if (loops.size === 0) return [];
  return nodes.flatMap((node) => (loopsAround(node).some((loop) => loops.has(loop)) ? [node.id] : []));
}

function idsOf(nodes: readonly PlanNode[]): readonly string[] {
  return nodes.map(({ id }) => id);
}

const noNodes: ReadonlySet<string> = new Set();

/** These nodes and all that comes after them. */
function downstream(plan: Plan, from: readonly string[]): Set<string> {
  const reached = new Set(from);
  if (from.length === 0) return reached;
  for (const node of plan.nodes) {
    const { id, after, catches = [] } = node;
    if (!reached.has(id) && ![...after, ...catches].some((source) => reached.has(source))) continue;
    reached.add(id);
    // What comes after a loop comes after each of its nodes.
    for (const loop of loopsAround(node)) reached.add(loop);
  }
  return reached;
}

function checkNodes(plan: Plan, nodes: readonly string[]): void {
  const known = new Set(plan.order);
  for (const node of nodes) {
    if (known.has(node)) continue;
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The workflow has no node "${node}".${didYouMean(node, known)}`,
      { hint: 'Name nodes of the workflow.', details: { node, candidates: nearest(node, known) } },
    );
  }
}
