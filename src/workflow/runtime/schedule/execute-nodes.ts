import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { failure, type Result } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import type { Awaited } from '../../nodes/asking/question.ts';
import { createParking } from '../asking/parking.ts';
import { nobodyAnswers } from '../asking/questions.ts';
import { dispatchUnit } from '../attempt/dispatch-unit.ts';
import type { NodeOutcome } from '../attempt/watch-node.ts';
import { announcements } from '../events/announcements.ts';
import { nothingSeen, type SeenEffect } from '../journal/result-row.ts';
import type { SkipReason } from '../journal/skip-reason.ts';
import { createLoops } from '../loops/run-loops.ts';
import type { RunFrame } from '../run-frame.ts';
import { flowSources } from '../values/flow-into.ts';
import { readsOf } from '../values/node-input.ts';
import { whenHolds } from '../values/when-holds.ts';
import { createLedger, type Ending, nothingKept } from './ledger.ts';
import { restsUntil } from './rest.ts';
import { createSchedule, type PlanUnit } from './schedule.ts';

/** Executes the nodes of a plan, as many at once as their edges and effects allow. Rejects only on a defect. */
export function executeNodes(frame: RunFrame): Promise<Ending> {
  const { plan, journal, outputs, signal, now, replanned } = frame;
  const { announce, announceStart } = announcements(frame);
  const schedule = createSchedule(plan);
  const ledger = createLedger(frame);
  let under = 0;
  let isCancelling = false;
  let isEnded = false;

  const values: Values = {
    output: (node) => outputs.read(node),
    error: (node) => {
      const row = ledger.rows.get(node);
      return row?.ok === false ? { code: row.code, error: row.error, hint: row.hint } : undefined;
    },
    inputs: frame.inputs,
    around: frame.around,
  };

  const loops = createLoops(frame, values, ledger, schedule);

  const end = (
    node: PlanNode,
    result: Result,
    startedAtMs: number,
    seen: SeenEffect,
    kept = nothingKept,
  ): void => {
    const nowMs = now();
    const peakMemoryBytes = frame.memory.peakSince(startedAtMs, nowMs);
    const took = { durationMs: rounded(nowMs - startedAtMs), peakMemoryBytes };
    announce(node, ledger.end(node, result, kept, took, seen));
  };

  /** Ends a node once its output is kept. Only one that is too large for its row takes time. */
  const keepAndEnd = (
    node: PlanNode,
    result: Result,
    startedAtMs: number,
    seen: SeenEffect,
  ): Promise<undefined> | undefined => {
    const keeping = result.ok ? outputs.keep(node.id, result.data) : nothingKept;
    if (!(keeping instanceof Promise)) {
      end(node, result, startedAtMs, seen, keeping);
      return undefined;
    }
    return keeping.then(
      (kept) => {
        end(node, result, startedAtMs, seen, kept);
        return undefined;
      },
      (thrown: unknown) => {
        end(node, failure(toWwiseFlowError(thrown)), startedAtMs, seen);
        return undefined;
      },
    );
  };

  /** Resolves with what a unit of one waits for when it was suspended. */
  const runUnit = (
    nodes: readonly PlanNode[],
    awaited = replanned?.get(nodes[0]?.id ?? '')?.awaited,
  ): Promise<Awaited | undefined> => {
    const startedAtMs = now();
    return dispatchUnit(nodes, values, frame, ledger, awaited).then((outcomes) => {
      const only = nodes.length === 1 ? nodes[0] : undefined;
      const outcome = outcomes[0];
      return only === undefined || outcome === undefined
        ? settleAll(nodes, outcomes, startedAtMs)
        : settle(only, outcome, startedAtMs, awaited);
    });
  };

  const settle = (
    node: PlanNode,
    { result, seen }: NodeOutcome,
    startedAtMs: number,
    before?: Awaited,
  ): Promise<undefined> | Awaited | undefined => {
    if (result.ok !== null) return keepAndEnd(node, result, startedAtMs, seen);
    const { awaits } = result;
    if (awaits.for === 'answer' && frame.parts.store === undefined)
      return keepAndEnd(node, failure(nobodyAnswers(node)), startedAtMs, seen);
    const awaited = awaits.for === 'time' ? awaits : frame.questions.asked(node.id, awaits, before);
    ledger.suspend(node, awaited);
    return awaited;
  };

  const settleAll = async (
    nodes: readonly PlanNode[],
    outcomes: readonly (NodeOutcome | undefined)[],
    startedAtMs: number,
  ): Promise<undefined> => {
    for (const [index, node] of nodes.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) await runInOrder(node);
      else await settle(node, outcome, startedAtMs);
    }
  };

  const runInOrder = async (node: PlanNode): Promise<void> => {
    const why: SkipReason | undefined = ledger.isStopped
      ? { reason: 'run-stopped' }
      : ledger.reasonToSkip(node);
    if (why !== undefined) ledger.skip(node, why);
    else await runUnit([node]);
  };

  /** Settles what needs no dispatch; gives the nodes that do. `given`: values in which what conditions read can be read. */
  const sortOut = (unit: PlanUnit, given: Values): readonly PlanNode[] => {
    const ahead = new Set<string>();
    return unit.nodes.filter((node) => {
      const planned = replanned?.get(node.id);
      const why =
        ledger.reasonToSkip(node, ahead) ?? (planned?.action === 'keep' ? undefined : verdict(node, given));
      if (why === 'failed') return false;
      if (why !== undefined) ledger.skip(node, why);
      else if (node.body === undefined && planned !== undefined && ledger.canReuse(node, planned, ahead))
        ledger.reuse(node, planned.kept ?? nothingKept, planned);
      else if (node.body === undefined && planned?.action === 'keep' && planned.failed !== null)
        ledger.keepFailure(node, planned.failed, planned);
      else {
        ahead.add(node.id);
        return true;
      }
      return false;
    });
  };

  const isClosing = ({ nodes: [loop] }: PlanUnit): boolean => loop !== undefined && loops.isOpen(loop);

  /** A loop whose nodes have ended: it is closed, unless one of them keeps it from that. */
  const sortOutLoop = ({ nodes }: PlanUnit): readonly PlanNode[] =>
    nodes.filter((loop) => {
      const why = loops.brokenBy(loop);
      if (why === undefined) return true;
      if ('ok' in why) end(loop, why, now(), nothingSeen);
      else ledger.skip(loop, why);
      return false;
    });

  /** What the `when` of a node comes to. One that cannot be judged ends the node. */
  const verdict = (node: PlanNode, given: Values): SkipReason | 'failed' | undefined => {
    if (node.when === undefined) return undefined;
    try {
      return whenHolds(node, node.when, given, frame) ? undefined : { reason: 'condition-false' };
    } catch (thrown) {
      announceStart(node);
      end(node, failure(toWwiseFlowError(thrown)), now(), nothingSeen);
      return 'failed';
    }
  };

  /** Values in which the conditions of a unit can be judged; a promise where an artifact is to be read for that. */
  const valuesFor = ({ nodes }: PlanUnit): Values | Promise<Values> =>
    nodes.every(({ when }) => when === undefined)
      ? values
      : outputs.valuesFor(
          () => nodes.flatMap((node) => [...readsOf(node), ...flowSources(node, frame)]),
          values,
        );

  return new Promise((resolve, reject) => {
    const finish = (unit: PlanUnit): void => {
      under -= 1;
      schedule.finish(unit);
      pump();
    };

    /** A loop is opened, and comes again once its nodes have ended. */
    const launchLoop = (unit: PlanUnit, loop: PlanNode): void => {
      const startedAtMs = now();
      const isOpen = loops.isOpen(loop);
      if (!isOpen) announceStart(loop);
      const seen: SeenEffect = { ...nothingSeen, said: loops.saidBy(loop) };
      const work = isOpen
        ? loops
            .close(loop)
            .then((result) => keepAndEnd(loop, result, startedAtMs, seen))
            .then(() => true)
        : loops.open(unit, loop).then((failed) => {
            if (failed !== undefined) end(loop, failed, startedAtMs, nothingSeen);
            return failed !== undefined;
          });
      work.then((hasEnded) => {
        if (hasEnded) finish(unit);
        else {
          under -= 1;
          pump();
        }
      }, reject);
    };

    const launch = (unit: PlanUnit, nodes: readonly PlanNode[], awaited?: Awaited): void => {
      const [loop] = nodes;
      if (loop?.body !== undefined) {
        launchLoop(unit, loop);
        return;
      }
      if (awaited === undefined) for (const node of nodes) announceStart(node);
      const [only] = nodes;
      const begin = () => runUnit(nodes, awaited);
      const work = frame.pace === undefined ? begin() : frame.pace(begin);
      work.then((awaits) => {
        if (awaits === undefined || only === undefined) return finish(unit);
        // A suspended node keeps its followers waiting.
        under -= 1;
        parking.park(unit, only, awaits);
        pump();
      }, reject);
    };

    const parking = createParking(frame, (unit, node, awaits) => {
      // What comes after the last node is for the next part of the run.
      if (isEnded) return;
      under += 1;
      if (signal?.aborted !== true && !ledger.isStopped) {
        launch(unit, [node], awaits);
        return;
      }
      if (signal?.aborted === true) end(node, failure(cancelled(node)), now(), nothingSeen);
      else ledger.skip(node, { reason: 'run-stopped' });
      finish(unit);
    });

    /** Units whose conditions can be judged only now that artifacts were read. */
    const loaded: (readonly [unit: PlanUnit, given: Values])[] = [];
    const load = (unit: PlanUnit, loading: Promise<Values>): void => {
      under += 1;
      const go = (given: Values): void => {
        under -= 1;
        loaded.push([unit, given]);
        pump();
      };
      // What cannot be read is what the condition then says it lacks.
      loading.then(go, () => go(values)).catch(reject);
    };

    /** The next unit that may begin, with what its conditions read. */
    const next = (): readonly [PlanUnit, Values] | undefined => {
      const ready = loaded.shift();
      if (ready !== undefined) return ready;
      for (let unit = schedule.take(); unit !== undefined; unit = schedule.take()) {
        const given = valuesFor(unit);
        if (!(given instanceof Promise)) return [unit, given];
        load(unit, given);
      }
      return undefined;
    };

    const pump = (): void => {
      try {
        if (ledger.isStopped) parking.wakeAll();
        // Memo hits and expressions need no I/O: a run of them alone would be deaf to a cancellation, and others would wait.
        if (!ledger.isStopped && rests.mustRest()) return;
        const starting: { readonly unit: PlanUnit; readonly nodes: readonly PlanNode[] }[] = [];
        while (!ledger.isStopped && under + starting.length < frame.concurrency) {
          if (signal?.aborted === true) break;
          const taken = next();
          if (taken === undefined) break;
          const [unit, given] = taken;
          const nodes = isClosing(unit) ? sortOutLoop(unit) : sortOut(unit, given);
          if (nodes.length === 0) {
            schedule.finish(unit);
            continue;
          }
          const [first] = nodes;
          const open = frame.questions.stillOpen(replanned?.get(first?.id ?? '')?.awaited);
          if (open !== undefined && first !== undefined) {
            ledger.suspend(first, open);
            parking.park(unit, first, open);
            continue;
          }
          if (!isClosing(unit)) for (const node of nodes) journal.running(node);
          starting.push({ unit, nodes });
        }
        if (signal?.aborted === true && starting.length === 0 && (!ledger.isStopped || isCancelling))
          stopCancelled();
        const written = journal.flush();
        under += starting.length;
        const go = (): void => {
          for (const { unit, nodes } of starting) launch(unit, nodes);
          // Who rests has not looked yet at what the last node let begin.
          const isOver = under === 0 && parking.held === 0 && !rests.isResting;
          // Rests that were due come after the last node: the ending of a long run is made once.
          if (isOver && !isEnded) resolve(ledger.ending());
          isEnded ||= isOver;
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
      isCancelling = under + parking.held > 0;
      if (isCancelling) return;
      const node = ledger.unreached();
      if (node !== undefined && !ledger.wasCancelled) end(node, failure(cancelled(node)), now(), nothingSeen);
    };

    const rests = restsUntil(pump, reject);
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
