import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import type { ChangeRecord } from '../../../core/backend/change-record.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import type { Result } from '../../../core/result.ts';
import type { Durability } from '../../../core/stores/durability.ts';
import type { NodeRecord, RunStore, Waiting } from '../../../core/stores/run-store.ts';
import type { SessionRecord } from '../../../core/stores/session-store.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import type { Awaited } from '../../nodes/asking/question.ts';
import { isLeftToAnother } from '../left-to-another.ts';
import type { KeptOutput } from '../values/outputs.ts';
import type { ResultRow, SeenEffect } from './result-row.ts';
import type { SkipReason } from './skip-reason.ts';

/** Names this process in the journal, and its machine: a run whose owner is gone was interrupted. */
export const processToken: string = `${pid}:${randomBytes(6).toString('hex')}:${hostname()}`;

/** Writes down what happens to the nodes of one run. Nothing is written before `flush`. */
export interface RunJournal {
  running(node: PlanNode): void;
  /** Calls of a node that goes on have changed this, since the last time: written at once, in case it is cut off. */
  progress(node: PlanNode, changes: readonly ChangeRecord[]): Promise<void>;
  /** What a node wants to know when it is executed again. Once it resolves it survives a power cut. */
  noted(node: PlanNode, note: JsonObject): Promise<void>;
  ended(node: PlanNode, row: ResultRow, seen: SeenEffect): void;
  suspended(node: PlanNode, awaits: Awaited): void;
  /** The items of a loop are known: `kept` has them as `items`. Nothing of them begins before that is written. */
  unrolled(node: PlanNode, count: number, kept: KeptOutput): void;
  skipped(node: PlanNode, skip: SkipReason): void;
  rolledBack(node: PlanNode): void;
  /**
   * Writes what came together since, in one transaction. The promise, where there is one, is to be awaited before anything
   * changes: it concerns a node that changes something. What only concerns reads and pure nodes, which could be done again, is written
   * together a little later, and nobody waits for it.
   */
  flush(): Promise<void> | undefined;
  /** Called once everything that was noted by now is written, or could not be. */
  onceWritten(work: () => void): void;
  /** The run waits for that, and nobody executes it. */
  suspend(waiting: Waiting, result: Result): Promise<void>;
  end(state: string, result: Result): Promise<void>;
}

/** The sessions of runs, as their journal writes them. */
export interface RunSessions {
  sessionOf(executionId: string): Promise<SessionRecord>;
  saveState(session: SessionRecord): Promise<void>;
  finish(session: SessionRecord, endedAtMs: number): Promise<void>;
}

export interface OpenedRun {
  readonly executionId: string;
  readonly plan: Plan;
  readonly input: Json;
  readonly caller: string | null;
  readonly startedAtMs: number;
  /** True when the run was begun earlier and goes on. */
  readonly isResumed: boolean;
  /** True when somebody was asked in an earlier part of it: it has a session. */
  readonly wasAsked: boolean;
  /** Stops it. Where another process goes on with it, its end is not written down. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a node can be executed again and nobody notices. */
  isPure(node: PlanNode): boolean;
  /** Whether it asks somebody: that it is done is power-safe before anybody hears of it. */
  asks(node: PlanNode): boolean;
}

/** Opens a run in the journal. Without a store it keeps nothing. Rejects when the run cannot be written. */
export async function openJournal(
  store: RunStore | undefined,
  run: OpenedRun,
  now: () => number,
  log: Log,
  sessions?: RunSessions,
): Promise<RunJournal> {
  const { executionId, plan } = run;
  if (store === undefined) return silentJournal;
  const { workflowId, name = null, planHash } = plan;
  const { input, caller, startedAtMs } = run;
  const versioned = { owner: processToken, plan, planHash, input, journalVersion: JOURNAL_VERSION };
  if (run.isResumed) await store.reopen(executionId, versioned);
  else {
    await store.begin({
      executionId,
      workflowId,
      name,
      ...versioned,
      caller,
      startedAtMs,
    });
  }
  let waiting: NodeRecord[] = [];
  let isCritical = false;
  let isPowerSafe = false;
  let afterwards: (() => void)[] = [];
  const note = (node: PlanNode, state: string, detail: JsonObject | null): void => {
    waiting.push({ node: node.id, state, atMs: now(), detail });
    if (node.effect !== 'read' && !run.isPure(node)) isCritical = true;
  };
  let soon: NodeJS.Immediate | undefined;
  /** The write that is to come has notes in it: how it ends is how they do. */
  let noting: { readonly written: Promise<void>; settle(written: Promise<void>): void } | undefined;
  const write = async (): Promise<void> => {
    clearImmediate(soon);
    soon = undefined;
    const durability: Durability = isPowerSafe ? 'powerSafe' : 'killSafe';
    const [transitions, listeners, noted] = [waiting, afterwards, noting];
    [waiting, afterwards, noting] = [[], [], undefined];
    isCritical = false;
    isPowerSafe = false;
    try {
      if (transitions.length === 0) return;
      const written = store.append(executionId, transitions, durability);
      noted?.settle(written);
      await written;
    } finally {
      for (const notify of listeners) notify();
    }
  };
  /** Answers that come in one turn are written together, and share the wait for the disk. */
  const withNextWrite = (): Promise<void> => {
    isPowerSafe = true;
    if (noting === undefined) {
      let settle = (_: Promise<void>): void => {};
      const written = new Promise<void>((resolve) => {
        settle = resolve;
      });
      noting = { written, settle };
    }
    soon ??= setImmediate(writeReads);
    return noting.written;
  };
  const writeReads = (): void => {
    write().catch((err: unknown) => {
      log.warn({ err, executionId }, 'Transitions could not be journalled.');
    });
  };
  return {
    running: (node) => note(node, 'running', null),
    progress: (node, changes) => {
      note(node, 'running', { soFar: changes });
      return write();
    },
    noted: (node, noted) => {
      note(node, 'running', { note: noted });
      return withNextWrite();
    },
    ended: (node, row, { before, changed, changes }) => {
      const recorded = changed && changes !== undefined ? { changes } : {};
      const detail = { ...row, changed, ...recorded, ...(before === undefined ? {} : { before }) };
      note(node, row.ok ? 'done' : 'failed', detail);
      if (run.asks(node)) isPowerSafe = true;
    },
    suspended: (node, awaits) => note(node, 'suspended', { awaits }),
    unrolled: (node, count, { data, artifact }) => {
      note(node, 'unrolled', { count, data, ...(artifact === undefined ? {} : { artifact }) });
    },
    skipped: (node, skip) => note(node, 'skipped', { skip }),
    rolledBack: (node) => note(node, 'rolledBack', null),
    flush: () => {
      if (isCritical) return write();
      if (waiting.length >= MOST_WAITING) writeReads();
      else if (waiting.length > 0) soon ??= setImmediate(writeReads);
      return undefined;
    },
    onceWritten: (work) => {
      afterwards.push(work);
    },
    suspend: async (waiting, result) => {
      await write();
      const session = waiting.waiting === null ? undefined : await sessions?.sessionOf(executionId);
      // Together, so that they share the wait for the disk.
      await Promise.all([
        store.suspend(executionId, waiting, { ...result }),
        ...(session === undefined ? [] : [sessions?.saveState(session)]),
      ]);
    },
    end: async (state, result) => {
      await write();
      if (state !== 'done' && isLeftToAnother(run.signal)) return;
      const session = run.wasAsked ? await sessions?.sessionOf(executionId) : undefined;
      const endedAtMs = now();
      // Together: where one is written down the other is.
      await Promise.all([
        store.end(executionId, state, endedAtMs, { ...result }),
        ...(session === undefined ? [] : [sessions?.finish(session, endedAtMs)]),
      ]);
    },
  };
}

/**
 * Version of what transitions are written like: 1 had sentences for skipped nodes, and none were suspended; 2 had outputs over
 * the cap as files, `{ artifact, bytes }` instead of the output; 3 had no loops.
 */
export const JOURNAL_VERSION = 4;

/** Transitions that are written at the latest when this many came together. */
const MOST_WAITING = 128;

const nothing = (): void => {};
const silentJournal: RunJournal = {
  running: nothing,
  progress: async () => {},
  noted: async () => {},
  ended: nothing,
  suspended: nothing,
  unrolled: nothing,
  skipped: nothing,
  rolledBack: nothing,
  flush: () => undefined,
  onceWritten: (work) => work(),
  suspend: async () => {},
  end: async () => {},
};
