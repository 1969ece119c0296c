import { setImmediate as afterOtherWork } from 'node:timers/promises';
import { toWwiseFlowError, WwiseFlowError } from '../../base/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { DispatchOptions, FusedItem } from '../../bus/bus.ts';
import { type Failure, failure, type Result } from '../../bus/result.ts';
import type { OnRunEvent } from '../events.ts';
import { parseReferences } from '../expressions/reference.ts';
import { resolveReferences, resolveSome, type Values } from '../expressions/resolve.ts';
import type { RunJournal } from '../journal/run-journal.ts';
import type { Plan, PlanNode } from '../plan.ts';
import { attemptNode } from './attempt-node.ts';
import type { Limit } from './limits.ts';
import type { ImportNode, OriginalsWatch } from './originals.ts';
import type { Outputs } from './outputs.ts';
import type { Replanned } from './replan.ts';
import { type ResultRow, rowOf } from './result-row.ts';
import type { RunnerParts } from './run-request.ts';
import { createSchedule, type Unit } from './schedule.ts';
import type { UndoStep } from './undo-step.ts';

/** What one run works with. */
export interface RunFrame {
  readonly parts: RunnerParts;
  readonly plan: Plan;
  readonly executionId: string;
  readonly caller: string | undefined;
  readonly inputs: JsonObject;
  readonly isForced: (node: string) => boolean;
  readonly signal: AbortSignal | undefined;
  readonly concurrency: number;
  /** How fast nodes may begin; undefined: as fast as they can. */
  readonly pace: Limit | undefined;
  readonly emit: OnRunEvent;
  readonly journal: RunJournal;
  readonly outputs: Outputs;
  readonly undoStep: UndoStep;
  readonly originals: OriginalsWatch;
  /** What to do with the nodes of a run that goes on; undefined for a new run. */
  readonly replanned: ReadonlyMap<string, Replanned> | undefined;
  readonly now: () => number;
}

/** How the nodes of a run ended. */
export interface Ending {
  /** In plan order; nodes that were skipped have none. */
  readonly rows: ReadonlyMap<string, ResultRow>;
  /** Why each node that was not carried out was not. */
  readonly skipped: ReadonlyMap<string, string>;
  /** The first failure in plan order that nothing tolerates. */
  readonly stop: { readonly node: PlanNode; readonly failed: Failure } | undefined;
  /** Failures the workflow allows for. */
  readonly tolerated: readonly string[];
  /** What the project looked like before a node's effect, where the command tells. */
  readonly befores: ReadonlyMap<string, Json>;
}

/** Carries out the nodes of a plan, as many at once as their edges and effects allow. Rejects only on a defect. */
export function carryOut(frame: RunFrame): Promise<Ending> {
  const { plan, emit, journal, outputs, signal, now } = frame;
  const nodeCount = plan.nodes.length;
  const indexOf = new Map(plan.nodes.map((node, index) => [node.id, index]));
  const schedule = createSchedule(plan);
  const rows = new Map<string, ResultRow>();
  const skipped = new Map<string, string>();
  const befores = new Map<string, Json>();
  const failures: { readonly node: PlanNode; readonly failed: Failure }[] = [];
  const tolerated = new Map<string, Failure>();
  /** Nodes that were carried out anew in this part of the run: what waits for them cannot be taken over. */
  const renewed = new Set<string>();
  let changedAnew = false;
  let under = 0;
  let isStopped = false;
  let isCancelling = false;
  let sinceRest = 0;

  const values: Values = {
    output: (node) => outputs.read(node),
    error: (node) => {
      const row = rows.get(node);
      return row?.ok === false ? { code: row.code, error: row.error, hint: row.hint } : undefined;
    },
    inputs: frame.inputs,
  };

  const hasEnded = (id: string): 'done' | 'failed' | 'skipped' => {
    const row = rows.get(id);
    if (row === undefined) return 'skipped';
    return row.ok ? 'done' : 'failed';
  };

  /** Why a node is not carried out, or undefined when it is. `ahead`: nodes that are about to be, before it. */
  const reasonToSkip = (node: PlanNode, ahead: ReadonlySet<string> = noNodes): string | undefined => {
    if (frame.replanned?.get(node.id)?.action === 'skip') return 'It was left out of this part of the run.';
    const { catches = [], after } = node;
    if (catches.length > 0 && !catches.some((id) => hasEnded(id) === 'failed'))
      return `Nothing went wrong in ${catches.join(', ')}.`;
    if (skipped.size === 0 && failures.length + tolerated.size === 0) return undefined;
    const missing = after.filter((id) => hasEnded(id) !== 'done' && !ahead.has(id));
    const broken = missing.find((id) => !isNotTaken(id));
    if (broken !== undefined)
      return `It needs ${broken}, which ${hasEnded(broken) === 'failed' ? 'failed' : 'was skipped'}.`;
    const unread = missing.length === 0 ? undefined : readsOf(node).find((id) => missing.includes(id));
    if (unread !== undefined) return `${notTaken} It reads ${unread}.`;
    return missing.length > 0 && missing.length === after.length && catches.length === 0
      ? `${notTaken} It comes after ${missing.join(', ')}.`
      : undefined;
  };

  /** A branch that was not taken does not stop the node where the branches come together again. */
  const isNotTaken = (id: string): boolean => {
    const index = indexOf.get(id);
    if (hasEnded(id) === 'failed') return index !== undefined && plan.nodes[index]?.onError === 'route';
    const why = skipped.get(id) ?? '';
    return why.startsWith(notTaken) || why.startsWith('Nothing went wrong');
  };

  const canReuse = (node: PlanNode, plannedNode: Replanned, ahead: ReadonlySet<string>): boolean => {
    if (plannedNode.action !== 'reuse' || plannedNode.data === null) return false;
    if (node.effect === 'barrier' && changedAnew) return false;
    return ![...node.after, ...(node.fences ?? [])].some((id) => renewed.has(id) || ahead.has(id));
  };

  const end = (node: PlanNode, result: Result, startedAtMs: number, before: Json | undefined): void => {
    const durationMs = rounded(now() - startedAtMs);
    let shaped = result;
    let data: JsonObject = {};
    try {
      if (result.ok) data = outputs.keep(node.id, result.data);
    } catch (thrown) {
      shaped = failure(toWwiseFlowError(thrown));
    }
    const row = rowOf(node, shaped, durationMs, data);
    rows.set(node.id, row);
    if (shaped.ok && shaped.memo !== 'hit' && frame.replanned !== undefined) {
      renewed.add(node.id);
      if (node.effect !== 'read') changedAnew = true;
    }
    if (before !== undefined) befores.set(node.id, before);
    journal.ended(node, row, before);
    announce(node, row);
    if (shaped.ok) return;
    const isCancelled = shaped.code === 'CANCELLED' && signal?.aborted === true;
    if (node.onError !== undefined && !isCancelled) tolerated.set(node.id, shaped);
    else {
      failures.push({ node, failed: shaped });
      if (plan.onError !== 'continue' || isCancelled) isStopped = true;
    }
  };

  const announce = (node: PlanNode, row: ResultRow): void => {
    const { ok, durationMs } = row;
    emit({
      event: 'node.execution.complete',
      executionId: frame.executionId,
      nodeId: node.id,
      type: node.type,
      index: indexOf.get(node.id) ?? 0,
      nodeCount,
      ok,
      code: row.ok ? null : row.code,
      memo: row.ok ? row.memo : 'off',
      durationMs,
    });
  };

  const optionsOf = (
    node: PlanNode,
    forSignal: AbortSignal | undefined,
    changed: readonly ImportNode[],
  ): DispatchOptions => ({
    scope: scopeOf(plan, node),
    forceRerun: isForced(node),
    signal: forSignal,
    caller: frame.caller ?? 'workflow',
    executionId: frame.executionId,
    ...(changes(node) ? { beforeChange: beforeChangeOf(changed) } : {}),
  });

  /** A memo hit changes nothing: the undo step is opened, and Originals are looked at, when something is about to be. */
  const beforeChangeOf = (changed: readonly ImportNode[]): (() => Promise<number | undefined>) => {
    let watched: Promise<void> | undefined;
    return async () => {
      watched ??= frame.originals.beforeImport(changed);
      await watched;
      return frame.undoStep.open();
    };
  };

  const isForced = (node: PlanNode): boolean =>
    frame.isForced(node.id) || frame.replanned?.get(node.id)?.isForced === true;

  const noteRetry = (node: PlanNode, failed: Failure, retry: number): void => {
    const { code, error } = failed;
    const line = { executionId: frame.executionId, nodeId: node.id, code, retry, error };
    frame.parts.log.info(line, 'node.execution.retry');
  };

  /** One attempt. `onIntent` is told what was there before. */
  const dispatch = (
    node: PlanNode,
    forSignal: AbortSignal | undefined,
    onIntent: (before: Json) => void,
  ): Promise<Result> => {
    const { bus } = frame.parts;
    const { command } = node;
    let input: Json;
    try {
      input = resolveInput(node, values);
    } catch (thrown) {
      return Promise.resolve(failure(toWwiseFlowError(thrown)));
    }
    const options = optionsOf(node, forSignal, [{ command, input }]);
    const { reads } = frame.parts;
    if (node.effect === 'read' && reads !== undefined)
      return reads(() => bus.dispatch(command, input, options));
    return bus.dispatch(command, input, changes(node) ? { ...options, onIntent } : options);
  };

  const runOne = (node: PlanNode): Promise<void> => {
    const startedAtMs = now();
    let before: Json | undefined;
    const seen = (there: Json): void => {
      before = there;
    };
    return attemptNode(
      node,
      (forSignal) => dispatch(node, forSignal, seen),
      signal,
      (failed, retry) => noteRetry(node, failed, retry),
    ).then(
      (result) => end(node, result, startedAtMs, before),
      (thrown: unknown) => end(node, failure(toWwiseFlowError(thrown)), startedAtMs, before),
    );
  };

  const runFused = async (nodes: readonly PlanNode[]): Promise<void> => {
    const { dispatchFused } = frame.parts.bus;
    if (dispatchFused === undefined) {
      for (const node of nodes) await runInOrder(node);
      return;
    }
    const startedAtMs = now();
    const inside = new Set(nodes.map(({ id }) => id));
    const items: FusedItem[] = [];
    for (const node of nodes) {
      try {
        const input = resolveSome(node.input, values, (id) => !inside.has(id));
        if (isJsonObject(input)) {
          const { id: nodeId, command } = node;
          items.push({
            nodeId,
            command,
            input,
            scope: scopeOf(plan, node),
            forceRerun: isForced(node),
            reads: readsOf(node).filter((id) => inside.has(id)),
            resolve: (output) =>
              resolveInput(node, {
                ...values,
                output: (id) => (inside.has(id) ? output(id) : values.output(id)),
              }),
          });
        }
      } catch {
        // One by one the node fails for itself, and those before it are carried out.
        for (const each of nodes) await runInOrder(each);
        return;
      }
    }
    const { scope: _scope, forceRerun: _force, ...options } = optionsOf(nodes[0] ?? emptyNode, signal, items);
    const { undoStep } = frame;
    const results = await dispatchFused(items, {
      ...options,
      ...(undoStep.isAhead ? { takeBack: undoStep.restart } : {}),
    });
    await putOriginalsRight(items, results);
    for (const node of nodes) {
      const result = results.get(node.id);
      if (result !== undefined) end(node, result, startedAtMs, undefined);
      // What was not begun together is judged, and where it can be carried out, one by one.
      else await runInOrder(node);
    }
  };

  /** What shared calls brought into Originals goes with them where they were taken back. */
  const putOriginalsRight = async (
    items: readonly FusedItem[],
    results: ReadonlyMap<string, Result>,
  ): Promise<void> => {
    if ([...results.values()].some(({ code }) => code === 'OUTCOME_UNKNOWN')) return;
    const isDone = ({ nodeId }: FusedItem) => results.get(nodeId)?.ok === true;
    const undone = items.filter((item) => !isDone(item));
    if (undone.length === 0) return;
    const earlier = plan.nodes.flatMap(({ id, command, input }) =>
      rows.get(id)?.ok === true ? [{ command, input }] : [],
    );
    await frame.originals.afterTakeBack(undone, [...earlier, ...items.filter(isDone)]);
  };

  /** Nodes of a unit that were not fused after all: one after the other, each judged by what became of the ones before. */
  const runInOrder = async (node: PlanNode): Promise<void> => {
    const why = isStopped ? 'The run stopped before it.' : reasonToSkip(node);
    if (why !== undefined) skip(node, why);
    else await runOne(node);
  };

  const skip = (node: PlanNode, why: string): void => {
    skipped.set(node.id, why);
    journal.skipped(node, why);
  };

  /** Settles what needs no dispatch; gives the nodes that do. */
  const sortOut = (unit: Unit): readonly PlanNode[] => {
    const ahead = new Set<string>();
    return unit.nodes.filter((node) => {
      const why = reasonToSkip(node, ahead);
      const planned = frame.replanned?.get(node.id);
      if (why !== undefined) skip(node, why);
      else if (planned !== undefined && canReuse(node, planned, ahead)) reuse(node, planned.data ?? {});
      else {
        ahead.add(node.id);
        return true;
      }
      return false;
    });
  };

  const reuse = (node: PlanNode, data: JsonObject): void => {
    const { id, type } = node;
    outputs.adopt(id, data);
    rows.set(id, { node: id, type, ok: true, memo: 'off', idemKey: null, durationMs: 0, data, reused: true });
  };

  return new Promise((resolve, reject) => {
    const finish = (unit: Unit): void => {
      under -= 1;
      sinceRest += 1;
      schedule.finish(unit);
      pump();
    };

    const launch = (unit: Unit, nodes: readonly PlanNode[]): void => {
      const [only] = nodes;
      const begin = () => (nodes.length === 1 && only !== undefined ? runOne(only) : runFused(nodes));
      const work = frame.pace === undefined ? begin() : frame.pace(begin);
      work.then(() => finish(unit), reject);
    };

    const pump = (): void => {
      try {
        // Memo hits need no I/O: without a rest a long run of them would be deaf to a cancellation.
        if (sinceRest >= 32 && !isStopped) {
          sinceRest = 0;
          void afterOtherWork().then(pump, reject);
          return;
        }
        const starting: { readonly unit: Unit; readonly nodes: readonly PlanNode[] }[] = [];
        while (!isStopped && under + starting.length < frame.concurrency) {
          if (signal?.aborted === true) break;
          const unit = schedule.take();
          if (unit === undefined) break;
          const nodes = sortOut(unit);
          if (nodes.length === 0) {
            schedule.finish(unit);
            continue;
          }
          for (const node of nodes) journal.running(node);
          starting.push({ unit, nodes });
        }
        if (signal?.aborted === true && starting.length === 0 && (!isStopped || isCancelling))
          stopCancelled();
        journal.flush();
        under += starting.length;
        for (const { unit, nodes } of starting) {
          for (const { id, type } of nodes) {
            const index = indexOf.get(id) ?? 0;
            emit({
              event: 'node.execution.start',
              executionId: frame.executionId,
              nodeId: id,
              type,
              index,
              nodeCount,
            });
          }
          launch(unit, nodes);
        }
        if (under === 0) resolve(ending());
      } catch (thrown) {
        reject(thrown);
      }
    };

    /** Once nothing is under way the first node that was not reached says why, even if all that went on ended well. */
    const stopCancelled = (): void => {
      isStopped = true;
      isCancelling = under > 0;
      if (isCancelling) return;
      const node = plan.nodes.find(({ id }) => !rows.has(id) && !skipped.has(id));
      if (node === undefined || failures.some(({ failed }) => failed.code === 'CANCELLED')) return;
      end(node, failure(cancelled(node)), now(), undefined);
    };

    const ending = (): Ending => {
      for (const node of plan.nodes) {
        if (!rows.has(node.id) && !skipped.has(node.id)) skipped.set(node.id, 'The run stopped before it.');
      }
      const order = (id: string) => indexOf.get(id) ?? 0;
      const [stop] = failures.toSorted((a, b) => order(a.node.id) - order(b.node.id));
      const inOrder = new Map<string, ResultRow>();
      for (const id of plan.order) {
        const row = rows.get(id);
        if (row !== undefined) inOrder.set(id, row);
      }
      const allowed = tolerated.size === 0 ? [] : plan.order.filter((id) => tolerated.has(id));
      return { rows: inOrder, skipped, stop, tolerated: allowed, befores };
    };

    pump();
  });
}

const noNodes: ReadonlySet<string> = new Set();

const notTaken = 'The branch was not taken.';

const emptyNode: PlanNode = {
  id: '',
  type: '',
  command: '',
  effect: 'update',
  input: {},
  wiring: [],
  after: [],
};

export function scopeOf(plan: Plan, node: PlanNode): string {
  return `${plan.workflowId}/${node.id}`;
}

export function resolveInput(node: PlanNode, values: Values): Json {
  return node.wiring.length === 0 ? node.input : resolveReferences(node.input, values);
}

function changes({ effect }: PlanNode): boolean {
  return effect === 'create' || effect === 'update' || effect === 'destroy';
}

function readsOf({ wiring }: PlanNode): readonly string[] {
  return wiring.flatMap(({ from }) =>
    (parseReferences(from) ?? []).flatMap(({ target }) => (target?.kind === 'output' ? [target.node] : [])),
  );
}

function cancelled(node: PlanNode): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'The run was cancelled before this node.', {
    hint: 'Run the workflow again to go on: finished nodes are memo hits.',
    details: { node: node.id },
  });
}

/** Microseconds are as fine as a reader can use. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
