import type { RunState, RunsWanted } from '../../../core/run-states.ts';
import type { Ordered, RunConditions, RunHead, RunOrder, RunStore } from '../../../core/stores/run-store.ts';
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
  /** Runs in any of these states, instead. */
  readonly anyState?: readonly RunState[] | undefined;
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
    list: async ({ limit = 20, cursor, state, anyState, listBytes: _, ...wanted } = {}) => {
      const most = Math.min(Math.max(1, limit), 200);
      const heads = await store.list({
        ...wanted,
        limit: most + 1,
        before: cursor,
        ...storedStates(state, anyState),
      });
      const runs: RunSummary[] = heads
        .slice(0, most)
        .map((head) => summaryOf(head, isLive(head.executionId), now()))
        .filter((run) => isWanted(run, state, anyState));
      return { runs, cursor: heads.length > most ? (heads[most - 1]?.executionId ?? null) : null };
    },
    count: async ({ state, anyState, ...wanted } = {}) => {
      const conditions = { ...wanted, ...storedStates(state, anyState) };
      const total = await store.count(conditions);
      if (conditions.states?.includes('running') !== true) return total;
      // Which of them still run only their processes know.
      const states = ['running'];
      const open = { ...conditions, states };
      const heads = await store.list({ ...open, limit: await store.count(open) });
      const isNot = (head: RunHead) =>
        !isWanted(summaryOf(head, isLive(head.executionId), now()), state, anyState);
      return total - heads.filter(isNot).length;
    },
    suspended: async () =>
      (await store.suspended()).map((head) => summaryOf(head, isLive(head.executionId), now())),
  };
}

function isWanted(
  run: RunSummary,
  state: RunsWanted | undefined,
  anyState: readonly RunState[] | undefined,
): boolean {
  if (state !== undefined) return run.state === (state === 'waiting' ? 'suspended' : state);
  return anyState === undefined || anyState.includes(run.state);
}

/** An interrupted run is in the journal as one that goes on. */
function storedStates(
  state: RunsWanted | undefined,
  anyState: readonly RunState[] | undefined,
): Pick<RunConditions, 'states' | 'isWaiting'> {
  if (state === 'waiting') return { states: ['suspended' satisfies RunState], isWaiting: true };
  const wanted = state === undefined ? anyState : [state];
  if (wanted === undefined) return {};
  return { states: [...new Set(wanted.map((one) => (one === 'interrupted' ? 'running' : one)))] };
}
