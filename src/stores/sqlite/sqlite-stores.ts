import { join } from 'node:path';
import type { Durability } from '../../core/stores/durability.ts';
import { DEFAULT_WORKSPACE, type Stores } from '../../core/stores/stores.ts';
import type { ContentStore } from '../artifacts/content-store.ts';
import { diskContents } from '../artifacts/disk-contents.ts';
import { indexedArtifacts } from '../artifacts/indexed-artifacts.ts';
import { memoryContents } from '../artifacts/memory-contents.ts';
import { memoWithArtifacts } from '../memo-with-artifacts.ts';
import { memoryHotSessions } from '../memory-hot-sessions.ts';
import { openConnections } from './connections.ts';
import { sqliteArtifactIndex } from './sqlite-artifact-index.ts';
import { sqliteAudit } from './sqlite-audit.ts';
import { sqliteMemo } from './sqlite-memo.ts';
import { sqlitePlans } from './sqlite-plans.ts';
import { sqliteRuns } from './sqlite-runs.ts';
import { sqliteSessions } from './sqlite-sessions.ts';
import { sqliteWorkflowLibrary } from './sqlite-workflow-library.ts';

export interface SqliteOptions {
  readonly workspace?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Where the contents of artifacts lie. Default: in the state directory. */
  readonly contents?: ContentStore | undefined;
  /** `killSafe`: nothing waits for the disk, and a power cut may take confirmed answers. Default: `powerSafe`. */
  readonly mostDurable?: Durability | undefined;
}

/**
 * Opens every store of a state directory (null: in memory) for one workspace; the contents of artifacts are files in it. The only way to open them, so that what is
 * measured is what is used. Throws as `openDatabase` does.
 */
export function openSqliteStores(
  stateDir: string | null,
  {
    workspace = DEFAULT_WORKSPACE,
    now = Date.now,
    mostDurable = 'powerSafe',
    contents: given,
  }: SqliteOptions = {},
): Stores {
  const connections = openConnections(stateDir, mostDurable);
  const here = () =>
    stateDir === null ? memoryContents() : diskContents(join(stateDir, ARTIFACT_FOLDER), workspace);
  const contents = given ?? here();
  const artifacts = indexedArtifacts(sqliteArtifactIndex(connections, workspace), contents, workspace, now);
  return {
    workspace,
    memo: memoWithArtifacts(sqliteMemo(connections, workspace, now), artifacts),
    audit: sqliteAudit(connections, workspace),
    runs: sqliteRuns(connections, workspace),
    sessions: sqliteSessions(connections, workspace),
    hotSessions: memoryHotSessions(now),
    plans: sqlitePlans(connections, workspace, now),
    library: sqliteWorkflowLibrary(connections, workspace, now),
    artifacts,
    close: connections.close,
  };
}

/** The folder of the contents of artifacts inside the state directory. */
const ARTIFACT_FOLDER = 'artifacts';
