import type { AuditStore } from '../../core/stores/audit-store.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';
import type { Runs } from './runs.ts';

export type Forgotten = {
  readonly auditRecords: number;
  readonly runs: number;
  readonly memoEntries: number;
};

/** Forgets what is older than this many days; gives the counts. Forgetting memo entries only means that work may be done again. */
export function forgetOlderThan(
  days: number,
  stores: {
    readonly audit: Pick<AuditStore, 'forgetBefore'>;
    readonly memo: Pick<MemoStore, 'forgetBefore'>;
    readonly runs: Pick<Runs, 'gc'>;
  },
  nowMs: number = Date.now(),
): Forgotten {
  const beforeMs = nowMs - days * 86_400_000;
  return {
    auditRecords: stores.audit.forgetBefore(beforeMs),
    runs: stores.runs.gc(days),
    memoEntries: stores.memo.forgetBefore?.(beforeMs) ?? 0,
  };
}
