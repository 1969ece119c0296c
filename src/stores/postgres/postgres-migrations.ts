/**
 * The tables, in the order they came to be. The database keeps the checksum of each: append only, never change one that was
 * released. Columns are called as in SQLite, so that rows are read alike; JSON is text, which keeps it to the letter.
 */
export const postgresMigrations: readonly string[] = [
  `create table memo (
     workspace text collate "C" not null,
     key text collate "C" not null,
     command text collate "C" not null,
     state text not null check (state in ('intent', 'done')),
     before text,
     data text,
     claims text,
     at_ms double precision not null,
     primary key (workspace, key)
   );
   create index memo_by_time on memo (workspace, at_ms);
   create table audit (
     workspace text collate "C" not null,
     id bigint generated always as identity,
     at_ms double precision not null,
     execution_id text collate "C",
     caller text collate "C",
     command text collate "C" not null,
     payload text not null,
     ok integer not null,
     code text collate "C",
     error text,
     memo text,
     idem_key text,
     duration_ms double precision not null,
     objects text,
     result text,
     primary key (workspace, id)
   );
   create index audit_by_run on audit (workspace, execution_id, id) where execution_id is not null;
   create index audit_by_time on audit (workspace, at_ms);
   create table run (
     workspace text collate "C" not null,
     execution_id text collate "C" not null,
     workflow_id text collate "C" not null,
     name text collate "C",
     plan_hash text not null,
     plan text not null,
     input text not null,
     caller text collate "C",
     owner text not null,
     state text collate "C" not null,
     started_at_ms double precision not null,
     ended_at_ms double precision,
     wake_at_ms double precision,
     code text collate "C",
     error text,
     result text,
     journal_version integer not null,
     primary key (workspace, execution_id)
   );
   create index run_suspended on run (workspace, wake_at_ms) where state = 'suspended';
   create index run_by_end on run (workspace, ended_at_ms) where ended_at_ms is not null;
   create table run_journal (
     workspace text collate "C" not null,
     execution_id text collate "C" not null,
     id bigint generated always as identity,
     node text not null,
     state text not null,
     at_ms double precision not null,
     detail text,
     batch text,
     primary key (workspace, execution_id, id)
   );
   create table workflow (
     workspace text collate "C" not null,
     workflow_id text collate "C" not null,
     version integer not null,
     name text collate "C",
     description text,
     document text not null,
     saved_at_ms double precision not null,
     primary key (workspace, workflow_id, version)
   );
   create table workflow_version (
     workspace text collate "C" not null,
     workflow_id text collate "C" not null,
     next integer not null,
     primary key (workspace, workflow_id)
   );
   create table artifact (
     workspace text collate "C" not null,
     id text collate "C" not null,
     kind text not null,
     run text collate "C" not null,
     name text not null,
     content_type text not null,
     bytes double precision not null,
     location text collate "C" not null,
     created_at_ms double precision not null,
     expires_at_ms double precision,
     primary key (workspace, id)
   );
   create index artifact_by_run on artifact (workspace, run);
   create index artifact_by_location on artifact (workspace, location);
   create index artifact_by_expiry on artifact (workspace, expires_at_ms) where expires_at_ms is not null;
   ${['memo', 'audit', 'run', 'run_journal', 'workflow', 'workflow_version', 'artifact'].map(ofItsWorkspace).join('\n')}
   create table token (
     id text collate "C" primary key,
     hash text not null unique,
     name text,
     workspace text not null,
     scope text not null,
     created_at_ms double precision not null,
     expires_at_ms double precision
   );
   create table hook (
     id text collate "C" primary key,
     hash text not null unique,
     name text,
     workspace text not null,
     workflow_id text not null,
     sealed_secret text,
     created_at_ms double precision not null,
     expires_at_ms double precision
   );
   create table hook_delivery (
     hook_id text not null,
     delivery_id text not null,
     execution_id text not null,
     at_ms double precision not null,
     primary key (hook_id, delivery_id)
   );
   create index hook_delivery_by_time on hook_delivery (at_ms);
   create table lane (
     id text primary key,
     epoch integer not null,
     owner text not null,
     host text,
     until timestamptz not null
   );
   create table write_mark (id uuid primary key, at timestamptz not null default now());
   create index write_mark_by_time on write_mark (at);`,
  `alter table run add column waiting text;
   create table run_answer (
     workspace text collate "C" not null,
     id bigint generated always as identity,
     execution_id text collate "C" not null,
     question text collate "C" not null,
     node text not null,
     value text not null,
     is_declined integer not null,
     caller text collate "C",
     at_ms double precision not null,
     primary key (workspace, execution_id, question)
   );
   ${ofItsWorkspace('run_answer')}`,
  `create table job (
     id text collate "C" primary key,
     workspace text collate "C" not null,
     queue text collate "C" not null,
     priority integer not null,
     most_attempts integer not null,
     timeout_ms double precision not null,
     how text not null,
     state text not null,
     attempts integer not null default 0,
     takeovers integer not null default 0,
     run_at timestamptz not null default clock_timestamp(),
     submitted_at timestamptz not null default clock_timestamp(),
     started_at timestamptz,
     ended_at timestamptz,
     lane text,
     epoch integer,
     worker text,
     is_cancelled boolean not null default false,
     code text,
     error text
   );
   create index job_to_do on job (queue, priority, run_at) where state in ('waiting', 'suspended', 'active');
   create index job_by_workspace on job (workspace, submitted_at);
   create index job_by_end on job (ended_at) where ended_at is not null;`,
  `create table session (
     workspace text collate "C" not null,
     session_id text collate "C" not null,
     state text not null,
     current_task text collate "C",
     variables text not null,
     last_activity_ms double precision not null,
     ttl_ms double precision not null,
     primary key (workspace, session_id)
   );
   create table session_archive (
     workspace text collate "C" not null,
     session_id text collate "C" not null,
     ended_at_ms double precision not null,
     content bytea not null,
     primary key (workspace, session_id)
   );
   create index session_archive_by_end on session_archive (workspace, ended_at_ms);
   create table compiled_plan (
     workspace text collate "C" not null,
     key text collate "C" not null,
     plan text not null,
     compiled_at_ms double precision not null,
     primary key (workspace, key)
   );
   create index compiled_plan_by_time on compiled_plan (workspace, compiled_at_ms);
   ${ofItsWorkspace('session')}
   ${ofItsWorkspace('session_archive')}
   ${ofItsWorkspace('compiled_plan')}`,
  `alter table hook add column signature text;
   alter table hook add column execution_id text;
   alter table hook add column node text;`,
  `create table schedule (
     id text collate "C" primary key,
     name text,
     workspace text collate "C" not null,
     workflow_id text not null,
     cron text not null,
     time_zone text not null,
     input text not null,
     created_at_ms double precision not null
   );
   create table schedule_tick (
     schedule_id text collate "C" not null,
     due_at_ms double precision not null,
     execution_id text,
     at_ms double precision not null,
     code text,
     error text,
     primary key (schedule_id, due_at_ms)
   );
   create index schedule_tick_by_time on schedule_tick (due_at_ms);`,
  `create table callback (
     id text collate "C" primary key,
     name text,
     workspace text collate "C" not null,
     url text not null,
     events text not null,
     secret_name text not null,
     created_at_ms double precision not null
   );
   create table callback_delivery (
     callback_id text collate "C" not null,
     execution_id text collate "C" not null,
     event text not null,
     moment text not null,
     state text not null,
     attempts integer not null,
     next_at_ms double precision not null,
     created_at_ms double precision not null,
     outcome text,
     primary key (callback_id, execution_id, event, moment)
   );
   create index callback_delivery_due on callback_delivery (next_at_ms) where state = 'waiting';
   create index callback_delivery_by_time on callback_delivery (created_at_ms);`,
];

/** Rows of a table are seen and written in their workspace only, also by the owner of the table. */
function ofItsWorkspace(table: string): string {
  return `alter table ${table} enable row level security;
   alter table ${table} force row level security;
   create policy own_workspace on ${table} using (workspace = current_setting('wwiseflow.workspace', true))
     with check (workspace = current_setting('wwiseflow.workspace', true));`;
}
