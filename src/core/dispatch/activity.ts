import type { MemoState, Result } from '../result.ts';

/** What a dispatcher did since it was made, and how its connection is now. Nothing is asked of the back-end for it. */
export interface BusActivity {
  /** Where the connection leads. */
  readonly address: string;
  /** The last link is known to be up. Before the first call there is none. */
  readonly isLinked: boolean;
  readonly reconnects: number;
  /** Calls of the back-end that wait or run. */
  readonly queueLength: number;
  readonly callCount: number;
  /** Of commands that were answered. */
  readonly memo: Readonly<Record<MemoState, number>>;
  /** Of commands, the newest first. */
  readonly lastErrors: readonly LastError[];
}

export type LastError = {
  readonly atMs: number;
  readonly command: string;
  readonly code: string;
  readonly error: string;
};

/** Counts the results of commands by what the memo had, and remembers the last failures. */
export interface ResultCounts extends Pick<BusActivity, 'memo' | 'lastErrors'> {
  count(command: string, result: Result): void;
}

export function countResults(nowMs: () => number = Date.now): ResultCounts {
  const memo = { hit: 0, miss: 0, stale: 0, off: 0 };
  let lastErrors: readonly LastError[] = [];
  return {
    get memo() {
      return { ...memo };
    },
    get lastErrors() {
      return lastErrors;
    },
    count(command, result) {
      if (result.ok) {
        memo[result.memo] += 1;
        return;
      }
      const { code, error } = result;
      const last = { atMs: nowMs(), command: command.slice(0, 100), code, error: error.slice(0, 300) };
      lastErrors = [last, ...lastErrors].slice(0, mostErrors);
    },
  };
}

const mostErrors = 5;
