import { randomBytes } from 'node:crypto';
import { pid } from 'node:process';
import type { Result } from '../../../bus/result.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import type { NodeRecord, RunStore } from '../../../core/stores/run-store.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import type { ResultRow, SeenEffect } from '../result-row.ts';
import type { SkipReason } from '../skip-reason.ts';

/** Names this process in the journal: a run whose owner is gone was interrupted. */
const processToken: string = `${pid}:${randomBytes(6).toString('hex')}`;

/** Writes down what happens to the nodes of one run. Nothing is written before `flush`. */
export interface RunJournal {
  running(node: PlanNode): void;
  ended(node: PlanNode, row: ResultRow, seen: SeenEffect): void;
  skipped(node: PlanNode, skip: SkipReason): void;
  rolledBack(node: PlanNode): void;
  /**
   * Writes what came together since, in one transaction. At once and synced when it concerns a node that changes the
   * project; what only concerns reads, which could be done again, is written together a little later.
   */
  flush(): void;
  end(state: string, result: Result): void;
}

export interface OpenedRun {
  readonly executionId: string;
  readonly plan: Plan;
  readonly input: Json;
  readonly caller: string | null;
  readonly startedAtMs: number;
  /** True when the run was begun earlier and goes on. */
  readonly isResumed: boolean;
}

/** Opens a run in the journal. Without a store it keeps nothing. */
export function openJournal(
  store: RunStore | undefined,
  run: OpenedRun,
  now: () => number,
  log: Log,
): RunJournal {
  const { executionId, plan } = run;
  if (store === undefined) return silentJournal;
  if (run.isResumed) store.reopen(executionId, processToken, plan, plan.planHash, run.input);
  else {
    const { workflowId, name = null, planHash } = plan;
    const { input, caller, startedAtMs } = run;
    store.begin({
      executionId,
      workflowId,
      name,
      planHash,
      plan,
      input,
      caller,
      owner: processToken,
      startedAtMs,
    });
  }
  let waiting: NodeRecord[] = [];
  let isCritical = false;
  const note = (node: PlanNode, state: string, detail: JsonObject | null): void => {
    waiting.push({ node: node.id, state, atMs: now(), detail });
    if (node.effect !== 'read') isCritical = true;
  };
  let soon: NodeJS.Immediate | undefined;
  const write = (): void => {
    clearImmediate(soon);
    soon = undefined;
    const transitions = waiting;
    waiting = [];
    const isDurable = isCritical;
    isCritical = false;
    if (transitions.length > 0) store.append(executionId, transitions, isDurable);
  };
  const writeLater = (): void => {
    try {
      write();
    } catch (err) {
      log.warn({ err, executionId }, 'Transitions of reading nodes could not be journalled.');
    }
  };
  return {
    running: (node) => note(node, 'running', null),
    ended: (node, row, { before, changed, changes }) => {
      const recorded = changed && changes !== undefined ? { changes } : {};
      const detail = { ...row, changed, ...recorded, ...(before === undefined ? {} : { before }) };
      note(node, row.ok ? 'done' : 'failed', detail);
    },
    skipped: (node, skip) => note(node, 'skipped', { skip }),
    rolledBack: (node) => note(node, 'rolledBack', null),
    flush: () => {
      if (isCritical || waiting.length >= MOST_WAITING) write();
      else if (waiting.length > 0) soon ??= setImmediate(writeLater);
    },
    end: (state, result) => {
      write();
      store.end(executionId, state, now(), { ...result });
    },
  };
}

/** Transitions that are written at the latest when this many came together. */
const MOST_WAITING = 128;

const nothing = (): void => {};
const silentJournal: RunJournal = {
  running: nothing,
  ended: nothing,
  skipped: nothing,
  rolledBack: nothing,
  flush: nothing,
  end: nothing,
};
