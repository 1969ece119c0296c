import { setImmediate as afterOtherWork } from 'node:timers/promises';
import { failure, type Result } from '../../bus/result.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { PlanNode } from '../compiler/plan.ts';
import type { Values } from '../expressions/resolve.ts';
import type { Awaited } from '../nodes/node-kind.ts';
import { dispatchNode } from './dispatch-node.ts';
import { dispatchUnit } from './dispatch-unit.ts';
import { createLedger, type Ending } from './ledger.ts';
import { noEffect, type ResultRow, type SeenEffect } from './result-row.ts';
import type { RunFrame } from './run-frame.ts';
import { createSchedule, type Unit } from './schedule.ts';
import type { SkipReason } from './skip-reason.ts';

/** Carries out the nodes of a plan, as many at once as their edges and effects allow. Rejects only on a defect. */
export function carryOut(frame: RunFrame): Promise<Ending> {
  const { plan, emit, journal, outputs, signal, now, replanned } = frame;
  const nodeCount = plan.nodes.length;
  const indexOf = new Map(plan.nodes.map((node, index) => [node.id, index]));
  const schedule = createSchedule(plan);
  const ledger = createLedger(frame, indexOf);
  let under = 0;
  /** Nodes that wait so shortly that the run waits with them. */
  let held = 0;
  let isCancelling = false;
  let sinceRest = 0;

  const values: Values = {
    output: (node) => outputs.read(node),
    error: (node) => {
      const row = ledger.rows.get(node);
      return row?.ok === false ? { code: row.code, error: row.error, hint: row.hint } : undefined;
    },
    inputs: frame.inputs,
  };

  const end = (node: PlanNode, result: Result, startedAtMs: number, seen: SeenEffect): void => {
    announce(node, ledger.end(node, result, rounded(now() - startedAtMs), seen));
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

  /** Resolves with what the node waits for when it was suspended. */
  const runOne = (
    node: PlanNode,
    awaited = replanned?.get(node.id)?.awaited,
  ): Promise<Awaited | undefined> => {
    const startedAtMs = now();
    return dispatchNode(node, values, frame, awaited).then(({ result, ...seen }) => {
      if (result.ok === null) {
        ledger.suspend(node, result.awaits);
        return result.awaits;
      }
      end(node, result, startedAtMs, seen);
      return undefined;
    });
  };

  const runFused = async (nodes: readonly PlanNode[]): Promise<undefined> => {
    const startedAtMs = now();
    const { results, befores, changed } = await dispatchUnit(nodes, values, frame, ledger);
    for (const node of nodes) {
      const result = results.get(node.id);
      if (result !== undefined) {
        const seen = {
          before: befores.get(node.id),
          changed: changed.has(node.id),
          changes: changed.get(node.id),
        };
        end(node, result, startedAtMs, seen);
      } else await runInOrder(node);
    }
  };

  const runInOrder = async (node: PlanNode): Promise<void> => {
    const why: SkipReason | undefined = ledger.isStopped
      ? { reason: 'run-stopped' }
      : ledger.reasonToSkip(node);
    if (why !== undefined) ledger.skip(node, why);
    else await runOne(node);
  };

  /** Settles what needs no dispatch; gives the nodes that do. */
  const sortOut = (unit: Unit): readonly PlanNode[] => {
    const ahead = new Set<string>();
    return unit.nodes.filter((node) => {
      const why = ledger.reasonToSkip(node, ahead);
      const planned = replanned?.get(node.id);
      if (why !== undefined) ledger.skip(node, why);
      else if (planned !== undefined && ledger.canReuse(node, planned, ahead))
        ledger.reuse(node, planned.data ?? {}, planned.said);
      else if (planned?.action === 'keep' && planned.failed !== null)
        ledger.keepFailure(node, planned.failed);
      else {
        ahead.add(node.id);
        return true;
      }
      return false;
    });
  };

  return new Promise((resolve, reject) => {
    const finish = (unit: Unit): void => {
      under -= 1;
      sinceRest += 1;
      schedule.finish(unit);
      pump();
    };

    const launch = (unit: Unit, nodes: readonly PlanNode[], awaited?: Awaited): void => {
      for (const { id, type } of awaited === undefined ? nodes : []) {
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
      const [only] = nodes;
      const begin = () =>
        nodes.length === 1 && only !== undefined ? runOne(only, awaited) : runFused(nodes);
      const work = frame.pace === undefined ? begin() : frame.pace(begin);
      work.then(
        (awaits) => (awaits === undefined || only === undefined ? finish(unit) : park(unit, only, awaits)),
        reject,
      );
    };

    /** A suspended node keeps its followers waiting. When it is not for long it goes on in this part of the run. */
    const park = (unit: Unit, node: PlanNode, awaits: Awaited): void => {
      under -= 1;
      if (awaits.untilMs - now() <= frame.holdMs) {
        held += 1;
        hold(awaits.untilMs, () => {
          held -= 1;
          under += 1;
          if (signal?.aborted !== true && !ledger.isStopped) {
            launch(unit, [node], awaits);
            return;
          }
          if (signal?.aborted === true) end(node, failure(cancelled(node)), now(), noEffect);
          else ledger.skip(node, { reason: 'run-stopped' });
          finish(unit);
        });
      }
      pump();
    };

    const waking = new Set<() => void>();
    const hold = (untilMs: number, work: () => void): void => {
      const wake = (): void => {
        callOff();
        waking.delete(wake);
        signal?.removeEventListener('abort', wake);
        work();
      };
      const callOff = frame.clock.at(untilMs, wake, true);
      waking.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    };

    const pump = (): void => {
      try {
        if (ledger.isStopped) for (const wake of [...waking]) wake();
        // Memo hits need no I/O: without a rest a long run of them would be deaf to a cancellation.
        if (sinceRest >= 32 && !ledger.isStopped) {
          sinceRest = 0;
          void afterOtherWork().then(pump, reject);
          return;
        }
        const starting: { readonly unit: Unit; readonly nodes: readonly PlanNode[] }[] = [];
        while (!ledger.isStopped && under + starting.length < frame.concurrency) {
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
        if (signal?.aborted === true && starting.length === 0 && (!ledger.isStopped || isCancelling))
          stopCancelled();
        const written = journal.flush();
        under += starting.length;
        const isOver = under === 0 && held === 0;
        const go = (): void => {
          for (const { unit, nodes } of starting) launch(unit, nodes);
          if (isOver) resolve(ledger.ending());
        };
        // No effect before its intent is written.
        if (written === undefined) go();
        else written.then(go).catch(reject);
      } catch (thrown) {
        reject(thrown);
      }
    };

    /** Once nothing is under way the first node that was not reached says why, even if all that went on ended well. */
    const stopCancelled = (): void => {
      ledger.stop();
      isCancelling = under + held > 0;
      if (isCancelling) return;
      const node = ledger.unreached();
      if (node !== undefined && !ledger.wasCancelled) end(node, failure(cancelled(node)), now(), noEffect);
    };

    pump();
  });
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
