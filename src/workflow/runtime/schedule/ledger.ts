import type { ChangeRecord } from '../../../core/backend/change-record.ts';
import { asJsonArray, type Json } from '../../../core/json.ts';
import type { Failure, Result } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Awaited } from '../../nodes/asking/question.ts';
import { type ResultRow, resultRowOf, type SeenEffect } from '../journal/result-row.ts';
import { isBranchNotTaken, type SkipReason } from '../journal/skip-reason.ts';
import { loopScopeOf } from '../loops/loop-scope.ts';
import type { Replanned } from '../resume/replan.ts';
import type { RunFrame } from '../run-frame.ts';
import { costOfNode, costTogether, type PaidCost, paidIn } from '../usage/node-cost.ts';
import { flowSources } from '../values/flow-into.ts';
import { needsOf } from '../values/node-input.ts';
import type { KeptOutput } from '../values/outputs.ts';

/** How the nodes of a run ended. */
export interface Ending {
  /** In plan order; nodes that were skipped have none. */
  readonly rows: ReadonlyMap<string, ResultRow>;
  /** Why each node that was not executed was not. */
  readonly skipped: ReadonlyMap<string, SkipReason>;
  /** The first failure in plan order that nothing tolerates. */
  readonly stop: { readonly node: PlanNode; readonly failed: Failure } | undefined;
  /** The node that ended the run early, when one did and nothing failed. */
  readonly endedBy: string | undefined;
  /** What the nodes that are suspended wait for; when the run stopped nobody waits any more. */
  readonly suspended: ReadonlyMap<string, Awaited>;
  /** Failures the workflow allows for. */
  readonly tolerated: readonly string[];
  /** What the project looked like before a node's effect, where the command reports it. */
  readonly befores: ReadonlyMap<string, Json>;
  /** Nodes that changed the project, those that failed included, with what they changed where that was seen. */
  readonly changed: ReadonlyMap<string, readonly ChangeRecord[] | undefined>;
}

/** What an execution of a node took. */
export interface NodeUsage {
  readonly durationMs: number;
  readonly peakMemoryBytes: number;
}

/** What became of each node so far, and what follows from it for the others. */
export interface Ledger {
  readonly rows: ReadonlyMap<string, ResultRow>;
  /** True once a failure forbids to begin anything else. */
  readonly isStopped: boolean;
  stop(): void;
  /** Records how a node ended. `kept`: what stands for its output. */
  end(node: PlanNode, result: Result, kept: KeptOutput, took: NodeUsage, seen: SeenEffect): ResultRow;
  /** Records that a node waits. It has not ended. */
  suspend(node: PlanNode, awaits: Awaited): void;
  skip(node: PlanNode, why: SkipReason): void;
  /** Why a node was skipped, when it was. */
  skipOf(id: string): SkipReason | undefined;
  /** Takes over what the node gave in an earlier part of the run. */
  reuse(node: PlanNode, kept: KeptOutput, before: Pick<Replanned, 'said' | 'paid'>): void;
  /** Takes over how a node failed in an earlier part of the run. */
  keepFailure(node: PlanNode, failed: Failure, before: Pick<Replanned, 'paid'>): void;
  /** Why a node is not executed, or undefined when it is. `ahead`: nodes that are about to be, before it. */
  reasonToSkip(node: PlanNode, ahead?: ReadonlySet<string>): SkipReason | undefined;
  canReuse(node: PlanNode, planned: Replanned, ahead: ReadonlySet<string>): boolean;
  /** The first node that nothing has become of yet. */
  unreached(): PlanNode | undefined;
  readonly wasCancelled: boolean;
  ending(): Ending;
}

export function createLedger(frame: RunFrame): Ledger {
  const { plan, live, kinds, journal, outputs, signal, replanned } = frame;
  // In a demo its mock stands for it.
  const isPreview = frame.parts.isPreview === true && frame.parts.isDemo !== true;
  const rows = new Map<string, ResultRow>();
  const skipped = new Map<string, SkipReason>();
  const befores = new Map<string, Json>();
  const changed = new Map<string, readonly ChangeRecord[] | undefined>();
  const suspended = new Map<string, Awaited>();
  const failures: { readonly node: PlanNode; readonly failed: Failure }[] = [];
  const tolerated = new Map<string, Failure>();
  /** Nodes that were executed anew in this part of the run: what waits for them cannot be taken over. */
  const renewed = new Set<string>();
  let changedAnew = false;
  let isStopped = false;
  /** The node that ended the run, when one did. */
  let endedBy: string | undefined;

  const hasEnded = (id: string): 'done' | 'failed' | 'skipped' => {
    const row = rows.get(id);
    if (row === undefined) return 'skipped';
    return row.ok ? 'done' : 'failed';
  };

  /** A branch that was not taken does not stop the node where the branches come together again. */
  const isNotTaken = (id: string): boolean => {
    if (hasEnded(id) === 'failed') return live.find(id)?.onError === 'route';
    return isBranchNotTaken(skipped.get(id));
  };

  /** Whether an edge is on a way that was not taken: its source is, or it leaves from a case that was not. */
  const isDead = (id: string, { routes = [] }: PlanNode): boolean => {
    if (isNotTaken(id)) return true;
    const ports = routes.filter(({ source }) => source === id).map(({ port }) => port);
    if (ports.length === 0 || hasEnded(id) !== 'done') return false;
    const taken = asJsonArray(outputs.read(id)?.taken);
    return !ports.some((port) => taken.includes(port));
  };

  /** It was skipped for its own condition, or in a preview: that holds up nobody who does not read its output. */
  const isPassed = (id: string): boolean => {
    const reason = skipped.get(id)?.reason;
    return reason === 'condition-false' || reason === 'not-previewed';
  };

  /** In a preview: of a node that asks somebody outside, or works with what such a one would have given. */
  const notPreviewed = (node: PlanNode): SkipReason | undefined => {
    if (!isPreview) return undefined;
    if (kinds.find(node.kind)?.reachesOutside === true) return { reason: 'not-previewed', after: [] };
    const looksAtFlow = node.effect === 'none' && kinds.find(node.kind)?.passesOn !== true;
    const used = new Set([...needsOf(node), ...(looksAtFlow ? flowSources(node, { live }) : [])]);
    const after = [...used].filter((id) => skipped.get(id)?.reason === 'not-previewed');
    return after.length === 0 ? undefined : { reason: 'not-previewed', after };
  };

  /** A loop is executed anew when one of its nodes is, or when it had given nothing. */
  const isNew = (node: PlanNode): boolean =>
    node.body === undefined ||
    (replanned?.get(node.id)?.kept ?? null) === null ||
    live.inside(node.id).some(({ id }) => renewed.has(id));

  const isTolerated = (node: PlanNode): boolean =>
    node.onError !== undefined || (loopScopeOf(node)?.toleratesFailures === true && !endsRun(node));

  const noteFailure = (node: PlanNode, failed: Failure): void => {
    const isCancelled = failed.code === 'CANCELLED' && signal?.aborted === true;
    if (isTolerated(node) && !isCancelled) tolerated.set(node.id, failed);
    else {
      failures.push({ node, failed });
      if (plan.onError !== 'continue' || isCancelled || endsRun(node)) isStopped = true;
    }
  };

  const whyNotReached = (): SkipReason =>
    endedBy === undefined ? { reason: 'run-stopped' } : { reason: 'run-ended', by: endedBy };

  const endsRun = ({ kind }: PlanNode): boolean => kinds.find(kind)?.endsRun === true;

  /** Of a node that brings together what others gave: why it is skipped, as far as those decide. */
  const lacking = ({ after }: PlanNode, needs: 'any' | 'all'): SkipReason | undefined => {
    const missing = after.filter((id) => hasEnded(id) !== 'done');
    const [first] = missing;
    if (first === undefined || (needs === 'any' && missing.length < after.length)) return undefined;
    const failed = missing.find((id) => hasEnded(id) === 'failed');
    if (failed !== undefined) return { reason: 'source-missing', source: failed, ended: 'failed' };
    return { reason: 'branch-not-taken', after: missing, reads: needs === 'all' ? first : null };
  };

  return {
    rows,
    get isStopped() {
      return isStopped;
    },
    stop: () => {
      isStopped = true;
    },
    end: (node, result, kept, { durationMs, peakMemoryBytes }, seen) => {
      const paid = result.ok ? costOfNode(node, result.data, result.memo) : paidIn(result.details ?? {});
      const cost = costTogether(paidBefore(replanned?.get(node.id)), paid);
      const row = resultRowOf(node, result, durationMs, kept, {
        said: seen.said,
        cost,
        peakMemoryBytes,
        retries: seen.retries,
      });
      rows.set(node.id, row);
      suspended.delete(node.id);
      if (result.ok && result.memo !== 'hit' && replanned !== undefined && isNew(node)) {
        renewed.add(node.id);
        if (node.body === undefined && node.effect !== 'read' && node.effect !== 'none') changedAnew = true;
      }
      if (seen.before !== undefined) befores.set(node.id, seen.before);
      if (seen.changed) changed.set(node.id, seen.changes);
      journal.ended(node, row, seen);
      if (!result.ok) noteFailure(node, result);
      else if (endsRun(node)) {
        isStopped = true;
        endedBy = node.id;
      }
      return row;
    },
    suspend: (node, awaits) => {
      suspended.set(node.id, awaits);
      journal.suspended(node, awaits);
    },
    skipOf: (id) => skipped.get(id),
    skip: (node, why) => {
      skipped.set(node.id, why);
      suspended.delete(node.id);
      journal.skipped(node, why);
    },
    keepFailure: (node, failed, { paid }) => {
      rows.set(node.id, resultRowOf(node, failed, 0, nothingKept, { cost: paid }));
      noteFailure(node, failed);
    },
    reuse: ({ id, type, cost: price }, kept, { said, paid }) => {
      const { data, artifact } = kept;
      // Journals of earlier versions have no cost beside an output that lies in an artifact.
      const cost = paid ?? costOfNode({ cost: price }, data, 'off');
      outputs.adopt(id, kept);
      rows.set(id, {
        node: id,
        type,
        ok: true,
        memo: 'off',
        idemKey: null,
        durationMs: 0,
        data,
        ...(artifact === undefined ? {} : { artifact }),
        ...(cost === undefined ? {} : { cost }),
        reused: true,
        ...(said.length === 0 ? {} : { said }),
      });
    },
    reasonToSkip: (node, ahead = noNodes) => {
      if (replanned?.get(node.id)?.action === 'skip') return { reason: 'left-out' };
      const { catches = [], after, joins } = node;
      if (joins?.every((id) => !ahead.has(id) && isDead(id, node)) === true)
        return { reason: 'branch-not-taken', after: [...joins], reads: null };
      if (catches.length > 0 && !catches.some((id) => hasEnded(id) === 'failed'))
        return { reason: 'nothing-failed', catches: [...catches] };
      const left = notPreviewed(node);
      if (left !== undefined) return left;
      if (skipped.size === 0 && failures.length + tolerated.size === 0) return undefined;
      const needs = kinds.find(node.kind)?.needs?.(node.input);
      if (needs !== undefined) return lacking(node, needs);
      const missing = after.filter((id) => hasEnded(id) !== 'done' && !ahead.has(id));
      const broken = missing.find((id) => !isNotTaken(id) && !isPassed(id));
      if (broken !== undefined) {
        const ended = hasEnded(broken) === 'failed' ? 'failed' : 'skipped';
        return { reason: 'source-missing', source: broken, ended };
      }
      const unread =
        missing.length === 0
          ? undefined
          : needsOf(node).find((id) => missing.includes(id) && !(isPassed(id) && id === node.inputFrom));
      if (unread !== undefined) return { reason: 'branch-not-taken', after: missing, reads: unread };
      const isOnNoWay =
        missing.length > 0 && missing.length === after.length && catches.length === 0 && joins === undefined;
      return isOnNoWay && !missing.some(isPassed)
        ? { reason: 'branch-not-taken', after: missing, reads: null }
        : undefined;
    },
    canReuse: (node, planned, ahead) => {
      if (planned.action === 'keep') return planned.kept !== null;
      if (planned.action !== 'reuse' || planned.kept === null) return false;
      if (node.effect === 'barrier' && changedAnew) return false;
      return ![...node.after, ...(node.fences ?? [])].some((id) => renewed.has(id) || ahead.has(id));
    },
    unreached: () => live.nodes().find(({ id }) => !rows.has(id) && !skipped.has(id)),
    get wasCancelled() {
      return failures.some(({ failed }) => failed.code === 'CANCELLED');
    },
    ending: () => {
      const isWaiting = suspended.size > 0 && !isStopped;
      for (const { id } of isWaiting ? [] : live.nodes())
        if (!rows.has(id) && !skipped.has(id)) skipped.set(id, whyNotReached());
      const all = live.nodes();
      const indexes = new Map(failures.length > 1 ? all.map(({ id }, index) => [id, index]) : []);
      const order = (id: string) => indexes.get(id) ?? 0;
      const [stop] = failures.toSorted((a, b) => order(a.node.id) - order(b.node.id));
      const inOrder = new Map<string, ResultRow>();
      for (const { id } of all) {
        const row = rows.get(id);
        if (row !== undefined) inOrder.set(id, row);
      }
      const allowed = tolerated.size === 0 ? [] : all.map(({ id }) => id).filter((id) => tolerated.has(id));
      return {
        rows: inOrder,
        skipped,
        stop: isWaiting ? undefined : stop,
        endedBy: stop === undefined ? endedBy : undefined,
        suspended: isWaiting ? suspended : nobody,
        tolerated: allowed,
        befores,
        changed,
      };
    },
  };
}

/** What an execution of a node does not count itself: calls that are noted it takes for its own. */
function paidBefore(planned: Replanned | undefined): PaidCost | undefined {
  return planned?.notes.length === 0 ? planned.paid : undefined;
}

/** What stands for the output of a node that gave none. */
export const nothingKept: KeptOutput = { data: {} };

const noNodes: ReadonlySet<string> = new Set();
const nobody: ReadonlyMap<string, Awaited> = new Map();
