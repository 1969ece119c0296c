import type { Query } from './statement.ts';

/** One pool of connections of this process, for all workspaces. */
export interface PostgresDatabase {
  /** Executes one statement. */
  readonly query: Query;
  /** Executes statements in one transaction: all or, when `work` rejects, none. A script is several in one text, without answers. */
  transaction<T>(
    mode: 'read only' | 'read write',
    work: (sql: Query, script: (text: string) => Promise<void>) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}
