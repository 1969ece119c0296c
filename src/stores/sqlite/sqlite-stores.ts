import type { AuditStore } from '../../core/stores/audit-store.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';
import type { RunStore } from '../../core/stores/run-store.ts';
import type { WorkflowLibrary } from '../../core/stores/workflow-library.ts';
import { openDatabase } from './open-database.ts';
import { sqliteAudit } from './sqlite-audit.ts';
import { sqliteMemo } from './sqlite-memo.ts';
import { sqliteRuns } from './sqlite-runs.ts';
import { sqliteWorkflowLibrary } from './sqlite-workflow-library.ts';

export interface Stores {
  readonly memo: MemoStore;
  readonly audit: AuditStore;
  readonly runs: RunStore;
  readonly library: WorkflowLibrary;
}

/**
 * Opens every store of a state directory (null: in memory), each on a connection of its own to the one file. Whatever
 * answers a confirmed change survives a power cut: the memo, and transitions of nodes that change the project. Audit
 * records, the library and transitions of reading nodes survive the death of the process only, so that they need not wait
 * for the disk. The only way to open them, so that what is measured is what is used. Throws as `openDatabase` does.
 */
export function openSqliteStores(stateDir: string | null): Stores {
  const powerSafe = () => openDatabase(stateDir, { durable: true });
  const killSafe = () => openDatabase(stateDir, { durable: false });
  const memo = sqliteMemo(powerSafe());
  const audit = sqliteAudit(killSafe());
  const journal = powerSafe();
  // Two connections in memory would be two databases.
  const runs = stateDir === null ? sqliteRuns(journal) : sqliteRuns(journal, killSafe());
  return { memo, audit, runs, library: sqliteWorkflowLibrary(killSafe()) };
}
