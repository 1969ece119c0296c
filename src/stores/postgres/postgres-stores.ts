import type { HotTexts } from '../../core/stores/hot-texts.ts';
import type { LaneHold } from '../../core/stores/lane-store.ts';
import type { HotSessions } from '../../core/stores/session-store.ts';
import { DEFAULT_WORKSPACE, type Stores } from '../../core/stores/stores.ts';
import type { ContentStore } from '../artifacts/content-store.ts';
import { indexedArtifacts } from '../artifacts/indexed-artifacts.ts';
import { memoWithArtifacts } from '../memo-with-artifacts.ts';
import { memoryHotSessions } from '../memory-hot-sessions.ts';
import { postgresArtifactIndex } from './postgres-artifact-index.ts';
import { postgresAudit } from './postgres-audit.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { postgresMemo } from './postgres-memo.ts';
import { postgresPlans } from './postgres-plans.ts';
import { postgresRuns } from './postgres-runs.ts';
import { postgresSessions } from './postgres-sessions.ts';
import { postgresWorkflowLibrary } from './postgres-workflow-library.ts';
import { createSession } from './session.ts';

export interface PostgresStoresOptions {
  readonly workspace?: string | undefined;
  /** Where the contents of artifacts lie. */
  readonly contents: ContentStore;
  /** Where long rows are read faster; undefined: nowhere. */
  readonly hot?: HotTexts | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Where sessions are hot. Default: in the memory of this process. */
  readonly hotSessions?: HotSessions | undefined;
  /** The lane that must be held for anything to be written; undefined: none. */
  readonly holds?: (() => LaneHold | undefined) | undefined;
}

/** Every store of one workspace in PostgreSQL. Every write is power-safe. Closing them leaves the database open. */
export function postgresStores(
  database: PostgresDatabase,
  {
    workspace = DEFAULT_WORKSPACE,
    contents,
    hot,
    now = Date.now,
    holds,
    hotSessions = memoryHotSessions(now),
  }: PostgresStoresOptions,
): Stores {
  const session = createSession(database, { workspace, holds });
  const artifacts = indexedArtifacts(postgresArtifactIndex(session, workspace), contents, workspace, now);
  return {
    workspace,
    memo: memoWithArtifacts(postgresMemo(session, workspace, now, hot), artifacts),
    audit: postgresAudit(session, workspace),
    runs: postgresRuns(session, workspace, hot),
    sessions: postgresSessions(session, workspace),
    hotSessions,
    plans: postgresPlans(session, workspace, now),
    library: postgresWorkflowLibrary(session, workspace, now),
    artifacts,
    close: session.close,
  };
}
