import { rmSync } from 'node:fs';
import type { RunHead, RunStore } from '../../../core/stores/run-store.ts';
import { runDir } from '../execute-run.ts';
import { summaryOf } from '../journal/run-status.ts';
import type { RunnerParts } from '../run-request.ts';
import { fitArtifacts } from './fit-artifacts.ts';
import { removeUnnamed } from './remove-unnamed.ts';

/**
 * Forgets runs that ended more than `days` ago, with their artifacts, and artifacts that no run names; with `mostBytes` further
 * artifacts, until those left fit. Gives the counts.
 */
export async function forgetRuns(
  { store, stateDir, artifacts }: Pick<RunnerParts, 'stateDir' | 'artifacts'> & { readonly store: RunStore },
  days: number,
  isLive: (executionId: string) => boolean,
  nowMs: number,
  mostBytes?: number,
): Promise<{ readonly runs: number; readonly artifacts: number }> {
  const beforeMs = nowMs - days * DAY_MS;
  const ids = await store.forgetEndedBefore(beforeMs);
  if (stateDir !== undefined)
    for (const id of ids) rmSync(runDir(stateDir, id), { recursive: true, force: true });
  if (artifacts === undefined) return { runs: ids.length, artifacts: 0 };
  const isGoingOn = (head: RunHead): boolean =>
    summaryOf(head, isLive(head.executionId), nowMs).state === 'running';
  const unnamed = await removeUnnamed(artifacts, store, beforeMs, isGoingOn);
  const removed = (await artifacts.removeRuns(ids)) + unnamed;
  const more = mostBytes === undefined ? 0 : await fitArtifacts(artifacts, store, mostBytes, nowMs);
  return { runs: ids.length, artifacts: removed + more };
}

const DAY_MS = 86_400_000;
