import { type Failure, failure, type Result } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { PlanNode } from '../compiler/plan.ts';
import type { Awaited } from '../nodes/node-kind.ts';
import { readsOf } from './node-input.ts';
import type { Replanned } from './replan.ts';
import { type ResultRow, rowOf, type SeenEffect } from './result-row.ts';
import type { RunFrame } from './run-frame.ts';
import { isBranchNotTaken, type SkipReason } from './skip-reason.ts';

/** How the nodes of a run ended. */
export interface Ending {
  /** In plan order; nodes that were skipped have none. */
  readonly rows: ReadonlyMap<string, ResultRow>;
  /** Why each node that was not carried out was not. */
  readonly skipped: ReadonlyMap<string, SkipReason>;
  /** The first failure in plan order that nothing tolerates. */
  readonly stop: { readonly node: PlanNode; readonly failed: Failure } | undefined;
  /** What the nodes that are suspended wait for; when the run stopped nobody waits any more. */
  readonly suspended: ReadonlyMap<string, Awaited>;
  /** Failures the workflow allows for. */
  readonly tolerated: readonly string[];
  /** What the project looked like before a node's effect, where the command tells. */
  readonly befores: ReadonlyMap<string, Json>;
  /** Nodes that changed the project, those that failed included, with what they changed where that was seen. */
  readonly changed: ReadonlyMap<string, readonly Change[] | undefined>;
}

/** What became of each node so far, and what follows from it for the others. */
export interface Ledger {
  readonly rows: ReadonlyMap<string, ResultRow>;
  /** True once a failure forbids to begin anything else. */
  readonly isStopped: boolean;
  stop(): void;
  /** Records how a node ended; an output that is too large makes a failure of it. */
  end(node: PlanNode, result: Result, durationMs: number, seen: SeenEffect): ResultRow;
  /** Records that a node waits. It has not ended. */
  suspend(node: PlanNode, awaits: Awaited): void;
  skip(node: PlanNode, why: SkipReason): void;
  /** Takes over what the node gave in an earlier part of the run. */
  reuse(node: PlanNode, data: JsonObject, said: readonly string[]): void;
  /** Takes over how a node failed in an earlier part of the run. */
  keepFailure(node: PlanNode, failed: Failure): void;
  /** Why a node is not carried out, or undefined when it is. `ahead`: nodes that are about to be, before it. */
  reasonToSkip(node: PlanNode, ahead?: ReadonlySet<string>): SkipReason | undefined;
  canReuse(node: PlanNode, planned: Replanned, ahead: ReadonlySet<string>): boolean;
  /** The first node that nothing has become of yet. */
  unreached(): PlanNode | undefined;
  readonly wasCancelled: boolean;
  ending(): Ending;
}

export function createLedger(
  { plan, journal, outputs, signal, replanned }: RunFrame,
  indexOf: ReadonlyMap<string, number>,
): Ledger {
  const rows = new Map<string, ResultRow>();
  const skipped = new Map<string, SkipReason>();
  const befores = new Map<string, Json>();
  const changed = new Map<string, readonly Change[] | undefined>();
  const suspended = new Map<string, Awaited>();
  const failures: { readonly node: PlanNode; readonly failed: Failure }[] = [];
  const tolerated = new Map<string, Failure>();
  /** Nodes that were carried out anew in this part of the run: what waits for them cannot be taken over. */
  const renewed = new Set<string>();
  let changedAnew = false;
  let isStopped = false;

  const hasEnded = (id: string): 'done' | 'failed' | 'skipped' => {
    const row = rows.get(id);
    if (row === undefined) return 'skipped';
    return row.ok ? 'done' : 'failed';
  };

  /** A branch that was not taken does not stop the node where the branches come together again. */
  const isNotTaken = (id: string): boolean => {
    const index = indexOf.get(id);
    if (hasEnded(id) === 'failed') return index !== undefined && plan.nodes[index]?.onError === 'route';
    return isBranchNotTaken(skipped.get(id));
  };

  const noteFailure = (node: PlanNode, failed: Failure): void => {
    const isCancelled = failed.code === 'CANCELLED' && signal?.aborted === true;
    if (node.onError !== undefined && !isCancelled) tolerated.set(node.id, failed);
    else {
      failures.push({ node, failed });
      if (plan.onError !== 'continue' || isCancelled) isStopped = true;
    }
  };

  return {
    rows,
    get isStopped() {
      return isStopped;
    },
    stop: () => {
      isStopped = true;
    },
    end: (node, result, durationMs, seen) => {
      let shaped = result;
      let data: JsonObject = {};
      try {
        if (result.ok) data = outputs.keep(node.id, result.data);
      } catch (thrown) {
        shaped = failure(toWwiseFlowError(thrown));
      }
      const row = rowOf(node, shaped, durationMs, data, seen.said);
      rows.set(node.id, row);
      suspended.delete(node.id);
      if (shaped.ok && shaped.memo !== 'hit' && replanned !== undefined) {
        renewed.add(node.id);
        if (node.effect !== 'read' && node.effect !== 'none') changedAnew = true;
      }
      if (seen.before !== undefined) befores.set(node.id, seen.before);
      if (seen.changed) changed.set(node.id, seen.changes);
      journal.ended(node, row, seen);
      if (!shaped.ok) noteFailure(node, shaped);
      return row;
    },
    suspend: (node, awaits) => {
      suspended.set(node.id, awaits);
      journal.suspended(node, awaits);
    },
    skip: (node, why) => {
      skipped.set(node.id, why);
      suspended.delete(node.id);
      journal.skipped(node, why);
    },
    keepFailure: (node, failed) => {
      rows.set(node.id, rowOf(node, failed, 0, {}));
      noteFailure(node, failed);
    },
    reuse: ({ id, type }, data, said) => {
      outputs.adopt(id, data);
      rows.set(id, {
        node: id,
        type,
        ok: true,
        memo: 'off',
        idemKey: null,
        durationMs: 0,
        data,
        reused: true,
        ...(said.length === 0 ? {} : { said }),
      });
    },
    reasonToSkip: (node, ahead = noNodes) => {
      if (replanned?.get(node.id)?.action === 'skip') return { reason: 'left-out' };
      const { catches = [], after } = node;
      if (catches.length > 0 && !catches.some((id) => hasEnded(id) === 'failed'))
        return { reason: 'nothing-failed', catches: [...catches] };
      if (skipped.size === 0 && failures.length + tolerated.size === 0) return undefined;
      const missing = after.filter((id) => hasEnded(id) !== 'done' && !ahead.has(id));
      const broken = missing.find((id) => !isNotTaken(id));
      if (broken !== undefined) {
        const ended = hasEnded(broken) === 'failed' ? 'failed' : 'skipped';
        return { reason: 'source-missing', source: broken, ended };
      }
      const unread = missing.length === 0 ? undefined : readsOf(node).find((id) => missing.includes(id));
      if (unread !== undefined) return { reason: 'branch-not-taken', after: missing, reads: unread };
      return missing.length > 0 && missing.length === after.length && catches.length === 0
        ? { reason: 'branch-not-taken', after: missing, reads: null }
        : undefined;
    },
    canReuse: (node, planned, ahead) => {
      if (planned.action === 'keep') return planned.data !== null;
      if (planned.action !== 'reuse' || planned.data === null) return false;
      if (node.effect === 'barrier' && changedAnew) return false;
      return ![...node.after, ...(node.fences ?? [])].some((id) => renewed.has(id) || ahead.has(id));
    },
    unreached: () => plan.nodes.find(({ id }) => !rows.has(id) && !skipped.has(id)),
    get wasCancelled() {
      return failures.some(({ failed }) => failed.code === 'CANCELLED');
    },
    ending: () => {
      const isWaiting = suspended.size > 0 && !isStopped;
      for (const { id } of isWaiting ? [] : plan.nodes)
        if (!rows.has(id) && !skipped.has(id)) skipped.set(id, { reason: 'run-stopped' });
      const order = (id: string) => indexOf.get(id) ?? 0;
      const [stop] = failures.toSorted((a, b) => order(a.node.id) - order(b.node.id));
      const inOrder = new Map<string, ResultRow>();
      for (const id of plan.order) {
        const row = rows.get(id);
        if (row !== undefined) inOrder.set(id, row);
      }
      const allowed = tolerated.size === 0 ? [] : plan.order.filter((id) => tolerated.has(id));
      return {
        rows: inOrder,
        skipped,
        stop: isWaiting ? undefined : stop,
        suspended: isWaiting ? suspended : nobody,
        tolerated: allowed,
        befores,
        changed,
      };
    },
  };
}

const noNodes: ReadonlySet<string> = new Set();
const nobody: ReadonlyMap<string, Awaited> = new Map();
