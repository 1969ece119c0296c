import type { ArtifactStore } from '../../../core/stores/artifact-store.ts';
import { MEMO_ARTIFACTS } from '../../../core/stores/memo-store.ts';
import type { RunStore } from '../../../core/stores/run-store.ts';

/**
 * Removes the artifacts of runs that are over, the oldest runs first, until all of the workspace take at most so many bytes. The
 * runs themselves stay. What may be gone on with, and what the memo keeps, is left alone. Gives the number of artifacts.
 */
export async function fitArtifacts(
  artifacts: ArtifactStore,
  runs: Pick<RunStore, 'head'>,
  mostBytes: number,
  nowMs: number,
): Promise<number> {
  const sizes = new Map<string, number>();
  for (const run of await artifacts.runsBefore(nowMs + 1)) {
    const bytes = (await artifacts.list(run)).reduce((sum, artifact) => sum + artifact.bytes, 0);
    sizes.set(run, bytes);
  }
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  let removed = 0;
  // An executionId begins with the time.
  for (const [run, bytes] of [...sizes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (total <= mostBytes) break;
    if (run === MEMO_ARTIFACTS.run || !over.has((await runs.head(run))?.state ?? '')) continue;
    removed += await artifacts.removeRuns([run]);
    total -= bytes;
  }
  return removed;
}

/** A run that failed may still be resumed, with what its nodes gave. */
const over: ReadonlySet<string> = new Set(['done', 'cancelled', 'rolledBack']);
