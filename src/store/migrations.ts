/**
 * The tables, in the order they came to be. SQLite's user_version counts how many of these a file has seen:
 * append only, never change one that was released.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE memo (
     key TEXT PRIMARY KEY,
     command TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('intent', 'done')),
     before TEXT,
     data TEXT,
     claims TEXT,
     at_ms INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at_ms INTEGER NOT NULL,
     execution_id TEXT,
     caller TEXT,
     command TEXT NOT NULL,
     payload TEXT NOT NULL,
     ok INTEGER NOT NULL,
     code TEXT,
     error TEXT,
     memo TEXT,
     idem_key TEXT,
     duration_ms REAL NOT NULL
   );
   CREATE INDEX audit_by_execution ON audit (execution_id) WHERE execution_id IS NOT NULL`,
];
