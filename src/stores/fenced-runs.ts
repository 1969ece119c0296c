import type { RunStore } from '../core/stores/run-store.ts';

/**
 * The same journal, written only while a lane is held by the clock of this process: for stores that cannot look at the lane in the
 * transaction itself. `checkHeld` rejects with LANE_LOST.
 */
export function fencedRuns(runs: RunStore, checkHeld: () => Promise<void>): RunStore {
  const fenced = <Args extends readonly unknown[], Given>(write: (...args: Args) => Promise<Given>) => {
    return async (...args: Args): Promise<Given> => {
      await checkHeld();
      return write(...args);
    };
  };
  return {
    ...runs,
    begin: fenced(runs.begin),
    reopen: fenced(runs.reopen),
    append: fenced(runs.append),
    suspend: fenced(runs.suspend),
    claim: fenced(runs.claim),
    end: fenced(runs.end),
  };
}
