import type { ArtifactStore } from './artifact-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { MemoStore } from './memo-store.ts';
import type { PlanStore } from './plan-store.ts';
import type { RunStore } from './run-store.ts';
import type { HotSessions, SessionStore } from './session-store.ts';
import type { WorkflowLibrary } from './workflow-library.ts';

/** The workspace of whoever names none. */
export const DEFAULT_WORKSPACE = 'default';

/**
 * Every store of one workspace. What one workspace keeps, no other sees. Methods reject with what the database says; each write
 * is all or nothing, and a read sees every write that was asked for before it.
 */
export interface Stores {
  readonly workspace: string;
  readonly memo: MemoStore;
  readonly audit: AuditStore;
  readonly runs: RunStore;
  readonly sessions: SessionStore;
  readonly hotSessions: HotSessions;
  readonly plans: PlanStore;
  readonly library: WorkflowLibrary;
  readonly artifacts: ArtifactStore;
  /** Writes what still waits, and closes what the stores hold. Nothing may be asked of them afterwards. */
  close(): Promise<void>;
}
