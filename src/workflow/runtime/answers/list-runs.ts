import type { RunState, RunsWanted } from '../../../core/run-states.ts';
import type { Ordered, RunConditions, RunOrder, RunStore } from '../../../core/stores/run-store.ts';
import { type RunSummary, summaryOf } from '../journal/run-status.ts';

/** What there is to look through among the runs of a state directory. */
export interface RunList {
  /** The newest first, unless another order is asked for; the cursor goes on in the usual one only. */
  list(filter?: RunFilter): Promise<RunPage>;
  /** How many such runs there are, on all pages. */
  count(
    filter?: Omit<RunFilter, 'limit' | 'cursor' | 'listBytes' | keyof Ordered<RunOrder>>,
  ): Promise<number>;
  /** The runs that wait, those to go on first first. Those of other processes go on when they are resumed. */
  suspended(): Promise<readonly RunSummary[]>;
}

export type RunPage = {
  /** The newest first. */
  readonly runs: readonly RunSummary[];
  /** Give it as `cursor` for the next page; null on the last. */
  readonly cursor: string | null;
};

export interface RunFilter extends Omit<RunConditions, 'states' | 'isWaiting'>, Ordered<RunOrder> {
  /** At most this many, 1 to 200. Default 20. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly state?: RunsWanted | undefined;
  /** What the runs may take of an answer. Default: what an agent is given at once. */
  readonly listBytes?: number | undefined;
}

/** Over the journal. `isLive`: whether this process executes it. */
export function createRunList(
  store: RunStore,
  isLive: (executionId: string) => boolean,
  now: () => number,
): RunList {
  return {
    list: async ({ limit = 20, cursor, state, listBytes: _, ...wanted } = {}) => {
      const most = Math.min(Math.max(1, limit), 200);
      const heads = await store.list({
        ...wanted,
        limit: most + 1,
        before: cursor,
        ...storedStates(state),
      });
      const runs: RunSummary[] = heads
        .slice(0, most)
        .map((head) => summaryOf(head, isLive(head.executionId), now()))
        .filter((run) => state === undefined || run.state === (state === 'waiting' ? 'suspended' : state));
      return { runs, cursor: heads.length > most ? (heads[most - 1]?.executionId ?? null) : null };
    },
    count: async ({ state, ...wanted } = {}) => {
      const conditions = { ...wanted, ...storedStates(state) };
      const total = await store.count(conditions);
      if (state !== 'running' && state !== 'interrupted') return total;
      // Which of them still run only their processes know.
      const heads = await store.list({ ...conditions, limit: total });
      return heads.filter((head) => summaryOf(head, isLive(head.executionId), now()).state === state).length;
    },
    suspended: async () =>
      (await store.suspended()).map((head) => summaryOf(head, isLive(head.executionId), now())),
  };
}

/** An interrupted run is in the journal as one that goes on. */
function storedStates(state: RunsWanted | undefined): Pick<RunConditions, 'states' | 'isWaiting'> {
  if (state === undefined) return {};
  if (state === 'waiting') return { states: ['suspended' satisfies RunState], isWaiting: true };
  return { states: [state === 'interrupted' ? 'running' : state] };
}
