import Connection from 'libsql/promise';

/** A connection to a file of SQLite that leaves the thread to others while it looks for the first row. */
export interface SqliteConnection {
  /** All rows. What takes time must be done before the first one: see `materialised`. */
  rows(text: string, parameters: readonly SqliteValue[]): Promise<readonly object[]>;
  /** Executes a statement without rows. Blocks as long as it takes. */
  run(text: string, parameters: readonly SqliteValue[]): Promise<void>;
  /** Ends what is under way with SQLITE_INTERRUPT. */
  interrupt(): void;
  close(): void;
}

export type SqliteValue = string | number | null;

export function openSqlite(path: string, timeoutMs: number): SqliteConnection {
  const connection = new Connection(path, { timeout: timeoutMs });
  const prepared = async (text: string): Promise<Statement> => connection.prepare(text);
  return {
    rows: async (text, parameters) => [...(await (await prepared(text)).iterate([...parameters]))],
    run: async (text, parameters) => {
      (await prepared(text)).run([...parameters]);
    },
    interrupt: () => connection.interrupt(),
    close: () => connection.close(),
  };
}

/** The query, computed whole before its first row is there. */
export function materialised(query: string, most: number): string {
  return `WITH "wwiseflow query" AS MATERIALIZED (SELECT * FROM (${query}\n) LIMIT ${most}) SELECT * FROM "wwiseflow query"`;
}

/** What of a prepared statement is used: the package types it as anything. */
interface Statement {
  iterate(parameters: readonly SqliteValue[]): Promise<Iterable<object>>;
  run(parameters: readonly SqliteValue[]): unknown;
}
