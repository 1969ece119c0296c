import type { Job, JobStore } from '../../core/stores/job-store.ts';
import type { LaneStore } from '../../core/stores/lane-store.ts';
import type { RunStatus, WorkflowService } from '../../workflow/service.ts';
import { green, line, red, yellow } from './draw/paint.ts';
import { type Print, printJson } from './print.ts';
import { refusedError } from './trouble.ts';

export interface DiagnosisParts {
  readonly service: WorkflowService;
  /** Where workers execute runs. */
  readonly jobs?: Pick<JobStore, 'get'> | undefined;
  readonly lanes?: Pick<LaneStore, 'list'> | undefined;
  /** How much of the disk of the state directory is in use, 0 to 1. */
  readonly diskUse: number;
  readonly nowMs: number;
}

/** Something that explains how a run stands, and what to do. */
export interface Sign {
  readonly kind: 'ok' | 'look' | 'wrong';
  readonly says: string;
  readonly next?: string;
}

/**
 * Says why a run stands as it does: what it waits for, who executes it, what failed and whether that passes by itself. Exit code 0:
 * nothing is wrong, 1: something is. Throws RUN_NOT_FOUND.
 */
export async function diagnoseRun(
  { executionId, json }: { readonly executionId: string; readonly json: boolean },
  parts: DiagnosisParts,
  print: Print,
): Promise<number> {
  const status = await parts.service.status(executionId);
  if (!status.ok) throw refusedError(status);
  const job = await parts.jobs?.get(executionId);
  const signs = [
    ...stateSigns(status.data, parts.nowMs),
    ...nodeSigns(status.data, parts.nowMs),
    ...(job === undefined ? [] : await jobSigns(job, parts)),
    ...diskSigns(parts.diskUse),
  ];
  const isWrong = signs.some(({ kind }) => kind === 'wrong');
  if (json) printJson({ ok: !isWrong, executionId, state: status.data.state, signs }, print);
  else {
    print(line`${executionId}  ${status.data.workflowId}  ${status.data.state}, ${status.data.percent} %`);
    const marks = { ok: green('✓'), look: yellow('!'), wrong: red('✗') };
    for (const { kind, says, next } of signs) {
      print(line`${marks[kind]} ${says}`);
      if (next !== undefined) print(line`    ${next}`);
    }
  }
  return isWrong ? 1 : 0;
}

function stateSigns(
  { executionId, state, code, error, untilMs, waiting }: RunStatus,
  nowMs: number,
): readonly Sign[] {
  const resume = `wwiseflow resume ${executionId}`;
  if (state === 'done') return [{ kind: 'ok', says: 'The run is done.' }];
  if (state === 'rolledBack') return [{ kind: 'look', says: 'The run was rolled back.' }];
  if (state === 'cancelled') return [{ kind: 'look', says: 'The run was cancelled.', next: resume }];
  if (state === 'interrupted')
    return [
      {
        kind: 'wrong',
        says: 'The process that executed it is gone, and its end is not known.',
        next: resume,
      },
    ];
  if (state === 'failed')
    return [
      {
        kind: 'wrong',
        says: `The run failed with ${code}: ${error}`,
        next: failureNext[code ?? ''] ?? resume,
      },
    ];
  if (state !== 'suspended') return [{ kind: 'ok', says: 'The run is under way.' }];
  if (waiting !== undefined) {
    const asked = waiting.map(({ prompt }) => `"${String(prompt).slice(0, 200)}"`).join(', ');
    return [
      { kind: 'look', says: `It waits for an answer to ${asked}.`, next: `wwiseflow answer ${executionId}` },
    ];
  }
  if (untilMs === undefined) return [{ kind: 'look', says: 'It waits until it is resumed.', next: resume }];
  const at = new Date(untilMs).toISOString();
  return untilMs > nowMs
    ? [{ kind: 'ok', says: `It waits until ${at}.` }]
    : [{ kind: 'wrong', says: `It has been due since ${at} and nobody goes on with it.`, next: resume }];
}

/** What usually helps, by the code of the failure. */
const failureNext: Readonly<Record<string, string>> = {
  RATE_LIMITED: 'The service wants fewer requests: give the node a limit or a later retry, then resume.',
  TIMEOUT: 'Give the node a longer timeoutMs, or see why the other side is slow, then resume.',
  WAAPI_UNAVAILABLE: 'See with `wwiseflow doctor` whether Wwise or the project can be had, then resume.',
  WAAPI_LOCKED: 'Close the dialog in Wwise, or wait for who changes the project, then resume.',
  OUTCOME_UNKNOWN: 'Look in the project whether it was done, before it is done again.',
  STATE_UNAVAILABLE: 'See that PostgreSQL answers, then resume.',
};

/** A node that is under way for longer than a job may take by default is worth a look. */
const LONG_NODE_MS = 600_000;

function nodeSigns({ nodes }: RunStatus, nowMs: number): readonly Sign[] {
  return nodes.flatMap(({ node, type, state, code, error, startedAtMs }): readonly Sign[] => {
    if (state === 'failed')
      return [{ kind: 'wrong', says: `Node ${node} (${type}) failed with ${code}: ${error}` }];
    const sinceMs = nowMs - (startedAtMs ?? nowMs);
    if (state !== 'running' || sinceMs < LONG_NODE_MS) return [];
    const minutes = Math.round(sinceMs / 60_000);
    return [{ kind: 'look', says: `Node ${node} (${type}) has been under way for ${minutes} minutes.` }];
  });
}

async function jobSigns(job: Job, { lanes, nowMs }: DiagnosisParts): Promise<readonly Sign[]> {
  const { id, state, attempts, mostAttempts, takeovers, queue, runAtMs, code, error } = job;
  const attempted = `attempt ${attempts} of ${mostAttempts}${takeovers === 0 ? '' : `, taken over ${takeovers} times`}`;
  const reason = code === null ? '' : ` The last one ended with ${code}: ${error}`;
  if (state === 'dead')
    return [
      {
        kind: 'wrong',
        says: `Its job is dead after ${attempts} attempts.${reason}`,
        next: `wwiseflow jobs retry ${id}`,
      },
    ];
  const lane = (await lanes?.list())?.find((one) => one.lane === job.lane);
  const isHeld = lane !== undefined && lane.untilMs > nowMs;
  if (state === 'active')
    return isHeld
      ? [{ kind: 'ok', says: `Worker ${lane.owner} executes it: ${attempted}.${reason}` }]
      : [
          {
            ...{ kind: 'wrong', says: `Its worker ${job.worker} is gone, and nobody holds "${job.lane}".` },
            next: `Start a worker for it on ${lane?.host ?? 'any machine'}: it goes on from the journal.`,
          },
        ];
  if (state !== 'waiting') return [];
  if (runAtMs > nowMs)
    return [
      {
        kind: 'ok',
        says: `It is tried again at ${new Date(runAtMs).toISOString()} (${attempted}).${reason}`,
      },
    ];
  const waitedMs = nowMs - runAtMs;
  const says = `It has waited for a worker of the queue "${queue}" for ${Math.round(waitedMs / 1000)} s.${reason}`;
  return [
    {
      kind: waitedMs > 60_000 ? 'wrong' : 'look',
      says,
      next: `Is one running: wwiseflow worker --queue ${queue}`,
    },
  ];
}

function diskSigns(diskUse: number): readonly Sign[] {
  if (diskUse < 0.9) return [];
  const says = `The disk of the state directory is ${Math.round(diskUse * 100)} % full.`;
  return [{ kind: diskUse > 0.98 ? 'wrong' : 'look', says, next: 'wwiseflow gc --days 30' }];
}
