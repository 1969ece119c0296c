import type { ArtifactStore } from '../../../core/stores/artifact-store.ts';
import { MEMO_ARTIFACTS } from '../../../core/stores/memo-store.ts';
import type { RunHead, RunStore } from '../../../core/stores/run-store.ts';
import { lastStates } from '../journal/read-journal.ts';
import { OUTPUT_ARTIFACT } from '../values/outputs.ts';

/**
 * Removes artifacts from before this moment that nobody can name any more: all of a run that was forgotten, and outputs that
 * the journal of their run does not know, as a process leaves them that is killed before it writes that the node is done. Runs
 * that go on are left alone. Sweeps the store, too. Gives the number of artifacts.
 */
export async function removeUnnamed(
  artifacts: ArtifactStore,
  store: RunStore,
  beforeMs: number,
  isGoingOn: (head: RunHead) => boolean,
): Promise<number> {
  let removed = await artifacts.sweep();
  for (const run of await artifacts.runsBefore(beforeMs)) {
    // What the memo keeps goes with its entries.
    if (run === MEMO_ARTIFACTS.run) continue;
    const head = await store.head(run);
    if (head === undefined) removed += await artifacts.removeRuns([run]);
    else if (!isGoingOn(head))
      removed += await artifacts.remove(await unnamedOutputs(artifacts, store, run, beforeMs));
  }
  return removed;
}

async function unnamedOutputs(
  artifacts: ArtifactStore,
  store: RunStore,
  run: string,
  beforeMs: number,
): Promise<readonly string[]> {
  const journal = lastStates(await store.transitions(run));
  const named = new Set([...journal.values()].flatMap(({ kept }) => kept?.artifact?.id ?? []));
  const old = (await artifacts.list(run)).filter(({ kind, createdAtMs }) => {
    return kind === OUTPUT_ARTIFACT && createdAtMs < beforeMs;
  });
  return old.map(({ id }) => id).filter((id) => !named.has(id));
}
