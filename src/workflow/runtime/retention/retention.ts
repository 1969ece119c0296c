import type { AuditStore } from '../../../core/stores/audit-store.ts';
import type { MemoStore } from '../../../core/stores/memo-store.ts';
import type { PlanStore } from '../../../core/stores/plan-store.ts';
import type { SessionStore } from '../../../core/stores/session-store.ts';
import type { Runs } from '../runs.ts';

export type Forgotten = {
  readonly auditRecords: number;
  readonly runs: number;
  readonly artifacts: number;
  readonly memoEntries: number;
};

/** Forgets what is older than this many days; gives the counts. Forgetting memo entries only means that work may be done again. */
export async function forgetOlderThan(
  days: number,
  stores: {
    readonly audit: Pick<AuditStore, 'forgetBefore'>;
    /** Undefined: the memo keeps everything. */
    readonly memo: Pick<MemoStore, 'forgetBefore'> | undefined;
    readonly runs: Pick<Runs, 'gc'>;
    readonly sessions?: Pick<SessionStore, 'forgetArchivedBefore'> | undefined;
    readonly plans?: Pick<PlanStore, 'forgetBefore'> | undefined;
  },
  mostBytes?: number,
  nowMs: number = Date.now(),
): Promise<Forgotten> {
  const beforeMs = nowMs - days * 86_400_000;
  await stores.sessions?.forgetArchivedBefore(beforeMs);
  await stores.plans?.forgetBefore(beforeMs);
  return {
    auditRecords: await stores.audit.forgetBefore(beforeMs),
    ...(await stores.runs.gc(days, mostBytes)),
    memoEntries: (await stores.memo?.forgetBefore(beforeMs)) ?? 0,
  };
}
