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
  `CREATE TABLE run (
     execution_id TEXT PRIMARY KEY,
     workflow_id TEXT NOT NULL,
     name TEXT,
     plan_hash TEXT NOT NULL,
     plan TEXT NOT NULL,
     input TEXT NOT NULL,
     caller TEXT,
     owner TEXT NOT NULL,
     state TEXT NOT NULL,
     started_at_ms REAL NOT NULL,
     ended_at_ms REAL,
     code TEXT,
     error TEXT,
     result TEXT
   ) WITHOUT ROWID;
   CREATE TABLE run_journal (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     execution_id TEXT NOT NULL,
     node TEXT NOT NULL,
     state TEXT NOT NULL,
     at_ms REAL NOT NULL,
     detail TEXT
   );
   CREATE INDEX run_journal_by_run ON run_journal (execution_id, id);
   CREATE INDEX audit_by_time ON audit (at_ms);
   ALTER TABLE audit ADD COLUMN objects TEXT;
   ALTER TABLE audit ADD COLUMN result TEXT`,
  `CREATE TABLE workflow (
     workflow_id TEXT NOT NULL,
     version INTEGER NOT NULL,
     name TEXT,
     description TEXT,
     document TEXT NOT NULL,
     saved_at_ms REAL NOT NULL,
     PRIMARY KEY (workflow_id, version)
   ) WITHOUT ROWID;
   CREATE TABLE workflow_version (workflow_id TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID`,
  `ALTER TABLE memo RENAME TO memo_before_workspaces;
   CREATE TABLE memo (
     workspace TEXT NOT NULL,
     key TEXT NOT NULL,
     command TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('intent', 'done')),
     before TEXT,
     data TEXT,
     claims TEXT,
     at_ms INTEGER NOT NULL,
     PRIMARY KEY (workspace, key)
   ) WITHOUT ROWID;
   INSERT INTO memo SELECT 'default', key, command, state, before, data, claims, at_ms FROM memo_before_workspaces;
   DROP TABLE memo_before_workspaces;
   ALTER TABLE workflow RENAME TO workflow_before_workspaces;
   CREATE TABLE workflow (
     workspace TEXT NOT NULL,
     workflow_id TEXT NOT NULL,
     version INTEGER NOT NULL,
     name TEXT,
     description TEXT,
     document TEXT NOT NULL,
     saved_at_ms REAL NOT NULL,
     PRIMARY KEY (workspace, workflow_id, version)
   ) WITHOUT ROWID;
   INSERT INTO workflow
     SELECT 'default', workflow_id, version, name, description, document, saved_at_ms FROM workflow_before_workspaces;
   DROP TABLE workflow_before_workspaces;
   ALTER TABLE workflow_version RENAME TO workflow_version_before_workspaces;
   CREATE TABLE workflow_version (
     workspace TEXT NOT NULL,
     workflow_id TEXT NOT NULL,
     next INTEGER NOT NULL,
     PRIMARY KEY (workspace, workflow_id)
   ) WITHOUT ROWID;
   INSERT INTO workflow_version SELECT 'default', workflow_id, next FROM workflow_version_before_workspaces;
   DROP TABLE workflow_version_before_workspaces;
   ALTER TABLE audit ADD COLUMN workspace TEXT NOT NULL DEFAULT 'default';
   ALTER TABLE run ADD COLUMN workspace TEXT NOT NULL DEFAULT 'default';
   ALTER TABLE run_journal ADD COLUMN workspace TEXT NOT NULL DEFAULT 'default'`,
  `ALTER TABLE run ADD COLUMN journal_version INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE run ADD COLUMN wake_at_ms REAL;
   CREATE INDEX run_suspended ON run (workspace, wake_at_ms) WHERE state = 'suspended'`,
  // Transitions that were appended together, as JSON [node, state, at_ms, detail] each; the row then has no node of its own.
  'ALTER TABLE run_journal ADD COLUMN batch TEXT',
  `CREATE TABLE artifact (
     workspace TEXT NOT NULL,
     id TEXT NOT NULL,
     kind TEXT NOT NULL,
     run TEXT NOT NULL,
     name TEXT NOT NULL,
     content_type TEXT NOT NULL,
     bytes INTEGER NOT NULL,
     location TEXT NOT NULL,
     created_at_ms REAL NOT NULL,
     expires_at_ms REAL,
     PRIMARY KEY (workspace, id)
   ) WITHOUT ROWID;
   CREATE INDEX artifact_by_run ON artifact (workspace, run);
   CREATE INDEX artifact_by_location ON artifact (workspace, location);
   CREATE INDEX artifact_by_expiry ON artifact (workspace, expires_at_ms) WHERE expires_at_ms IS NOT NULL`,
  `CREATE TABLE token (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     name TEXT,
     workspace TEXT NOT NULL,
     scope TEXT NOT NULL,
     created_at_ms REAL NOT NULL,
     expires_at_ms REAL
   ) WITHOUT ROWID`,
  `CREATE TABLE hook (
     id TEXT PRIMARY KEY,
     hash TEXT NOT NULL UNIQUE,
     name TEXT,
     workspace TEXT NOT NULL,
     workflow_id TEXT NOT NULL,
     sealed_secret TEXT,
     created_at_ms REAL NOT NULL,
     expires_at_ms REAL
   ) WITHOUT ROWID;
   CREATE TABLE hook_delivery (
     hook_id TEXT NOT NULL,
     delivery_id TEXT NOT NULL,
     execution_id TEXT NOT NULL,
     at_ms REAL NOT NULL,
     PRIMARY KEY (hook_id, delivery_id)
   ) WITHOUT ROWID;
   CREATE INDEX hook_delivery_by_time ON hook_delivery (at_ms)`,
  `ALTER TABLE run ADD COLUMN waiting TEXT;
   CREATE TABLE run_answer (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     workspace TEXT NOT NULL,
     execution_id TEXT NOT NULL,
     question TEXT NOT NULL,
     node TEXT NOT NULL,
     value TEXT NOT NULL,
     is_declined INTEGER NOT NULL,
     caller TEXT,
     at_ms REAL NOT NULL,
     UNIQUE (workspace, execution_id, question)
   )`,
  `CREATE TABLE session (
     workspace TEXT NOT NULL,
     session_id TEXT NOT NULL,
     state TEXT NOT NULL,
     current_task TEXT,
     variables TEXT NOT NULL,
     last_activity_ms REAL NOT NULL,
     ttl_ms REAL NOT NULL,
     PRIMARY KEY (workspace, session_id)
   ) WITHOUT ROWID;
   CREATE TABLE session_archive (
     workspace TEXT NOT NULL,
     session_id TEXT NOT NULL,
     ended_at_ms REAL NOT NULL,
     content BLOB NOT NULL,
     PRIMARY KEY (workspace, session_id)
   ) WITHOUT ROWID;
   CREATE INDEX session_archive_by_end ON session_archive (workspace, ended_at_ms);
   CREATE TABLE compiled_plan (
     workspace TEXT NOT NULL,
     key TEXT NOT NULL,
     plan TEXT NOT NULL,
     compiled_at_ms REAL NOT NULL,
     PRIMARY KEY (workspace, key)
   ) WITHOUT ROWID;
   CREATE INDEX compiled_plan_by_time ON compiled_plan (workspace, compiled_at_ms)`,
  `ALTER TABLE hook ADD COLUMN signature TEXT;
   ALTER TABLE hook ADD COLUMN execution_id TEXT;
   ALTER TABLE hook ADD COLUMN node TEXT`,
  `CREATE TABLE schedule (
     id TEXT PRIMARY KEY,
     name TEXT,
     workspace TEXT NOT NULL,
     workflow_id TEXT NOT NULL,
     cron TEXT NOT NULL,
     time_zone TEXT NOT NULL,
     input TEXT NOT NULL,
     created_at_ms REAL NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE schedule_tick (
     schedule_id TEXT NOT NULL,
     due_at_ms REAL NOT NULL,
     execution_id TEXT,
     at_ms REAL NOT NULL,
     code TEXT,
     error TEXT,
     PRIMARY KEY (schedule_id, due_at_ms)
   ) WITHOUT ROWID;
   CREATE INDEX schedule_tick_by_time ON schedule_tick (due_at_ms)`,
  `CREATE TABLE callback (
     id TEXT PRIMARY KEY,
     name TEXT,
     workspace TEXT NOT NULL,
     url TEXT NOT NULL,
     events TEXT NOT NULL,
     secret_name TEXT NOT NULL,
     created_at_ms REAL NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE callback_delivery (
     callback_id TEXT NOT NULL,
     execution_id TEXT NOT NULL,
     event TEXT NOT NULL,
     moment TEXT NOT NULL,
     state TEXT NOT NULL,
     attempts INTEGER NOT NULL,
     next_at_ms REAL NOT NULL,
     created_at_ms REAL NOT NULL,
     outcome TEXT,
     PRIMARY KEY (callback_id, execution_id, event, moment)
   ) WITHOUT ROWID;
   CREATE INDEX callback_delivery_due ON callback_delivery (next_at_ms) WHERE state = 'waiting';
   CREATE INDEX callback_delivery_by_time ON callback_delivery (created_at_ms)`,
  `CREATE TABLE job (
     id TEXT PRIMARY KEY,
     workspace TEXT NOT NULL,
     queue TEXT NOT NULL,
     priority INTEGER NOT NULL,
     most_attempts INTEGER NOT NULL,
     timeout_ms REAL NOT NULL,
     how TEXT NOT NULL,
     state TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     takeovers INTEGER NOT NULL DEFAULT 0,
     run_at REAL NOT NULL,
     submitted_at REAL NOT NULL,
     started_at REAL,
     ended_at REAL,
     lane TEXT,
     epoch INTEGER,
     worker TEXT,
     is_cancelled INTEGER NOT NULL DEFAULT 0,
     code TEXT,
     error TEXT
   ) WITHOUT ROWID;
   CREATE INDEX job_to_do ON job (queue, priority, run_at) WHERE state IN ('waiting', 'suspended', 'active');
   CREATE INDEX job_by_workspace ON job (workspace, submitted_at);
   CREATE INDEX job_by_end ON job (ended_at) WHERE ended_at IS NOT NULL`,
];
