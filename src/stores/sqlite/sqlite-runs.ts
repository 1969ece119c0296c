import type Database from 'libsql';
import { asJsonObject, asString, isJsonObject } from '../../core/json.ts';
import type {
  NodeRecord,
  RunConditions,
  RunHead,
  RunHeadFilter,
  RunStore,
} from '../../core/stores/run-store.ts';
import {
  hasBegunSql,
  runHeadColumns,
  runHeadOf,
  runOrderColumns,
  runRecordOf,
  transitionRow,
  transitionsOf,
  transitionsSinceOf,
} from '../rows/run-rows.ts';
import type { Connections } from './connections.ts';
import { sqliteRunAnswers } from './sqlite-run-answers.ts';

const headColumns = `${runHeadColumns}, ${hasBegunSql} AS has_begun`;

/** The journal of runs of one workspace in SQLite. */
export function sqliteRuns(connections: Connections, workspace: string): RunStore {
  const { database, read, write } = connections;
  const begin = database.prepare(
    `INSERT INTO run (workspace, execution_id, workflow_id, name, plan_hash, plan, input, caller, owner, state, started_at_ms,
     journal_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)`,
  );
  const reopen = database.prepare(
    `UPDATE run SET state = 'running', owner = ?, input = ?, journal_version = ?, ended_at_ms = NULL, code = NULL, error = NULL,
     wake_at_ms = NULL, waiting = NULL, result = NULL WHERE workspace = ? AND execution_id = ?`,
  );
  const planHashOf = database.prepare('SELECT plan_hash FROM run WHERE workspace = ? AND execution_id = ?');
  const replan = database.prepare(
    'UPDATE run SET plan = ?, plan_hash = ? WHERE workspace = ? AND execution_id = ?',
  );
  const end = database.prepare(
    `UPDATE run SET state = ?, ended_at_ms = ?, code = ?, error = ?, result = ?, wake_at_ms = NULL, waiting = NULL
     WHERE workspace = ? AND execution_id = ?`,
  );
  const suspend = database.prepare(
    `UPDATE run SET state = 'suspended', wake_at_ms = ?, waiting = ?, result = ? WHERE workspace = ? AND execution_id = ?`,
  );
  const answers = sqliteRunAnswers(connections, workspace);
  const claim = database.prepare(
    `UPDATE run SET state = 'running', owner = ?, wake_at_ms = NULL, waiting = NULL
     WHERE workspace = ? AND execution_id = ? AND state = 'suspended'`,
  );
  const selectSuspended = database.prepare(
    // Of thousands that wait only those that are wanted are read: which they are the index says.
    `SELECT ${headColumns} FROM run WHERE workspace = ? AND execution_id IN (SELECT execution_id FROM run
     WHERE workspace = ? AND state = 'suspended' ORDER BY wake_at_ms IS NULL, wake_at_ms LIMIT ?)
     ORDER BY wake_at_ms IS NULL, wake_at_ms`,
  );
  const appendRows = appender(database, workspace);
  const select = database.prepare('SELECT * FROM run WHERE workspace = ? AND execution_id = ?');
  const selectHead = database.prepare(
    `SELECT ${headColumns} FROM run WHERE workspace = ? AND execution_id = ?`,
  );
  const journal = database.prepare(
    'SELECT * FROM run_journal WHERE workspace = ? AND execution_id = ? ORDER BY id',
  );
  const journalSince = database.prepare(
    'SELECT * FROM run_journal WHERE workspace = ? AND execution_id = ? AND id > ? ORDER BY id',
  );
  return {
    begin: (run) =>
      write('killSafe', () => {
        const { executionId, workflowId, name, caller, owner, startedAtMs, journalVersion } = run;
        const texts = [run.planHash, JSON.stringify(run.plan), JSON.stringify(run.input)];
        const times = [startedAtMs, journalVersion];
        begin.run(workspace, executionId, workflowId, name, ...texts, caller, owner, ...times);
      }),
    reopen: (executionId, { owner, plan, planHash, input, journalVersion }) =>
      write('killSafe', () => {
        reopen.run(owner, JSON.stringify(input), journalVersion, workspace, executionId);
        // A run that goes on as it was need not have its plan written again.
        if (asJsonObject(planHashOf.get(workspace, executionId)).plan_hash !== planHash)
          replan.run(JSON.stringify(plan), planHash, workspace, executionId);
      }),
    append: (executionId, transitions, durability) =>
      write(durability, () => appendRows(executionId, transitions)),
    suspend: (executionId, { wakeAtMs, waiting }, result) =>
      write('powerSafe', () => {
        const questions = waiting === null ? null : JSON.stringify(waiting);
        suspend.run(wakeAtMs, questions, JSON.stringify(result), workspace, executionId);
      }),
    ...answers,
    claim: (executionId, owner) =>
      write('killSafe', () => claim.run(owner, workspace, executionId).changes === 1),
    suspended: (limit = -1) =>
      read(() => selectSuspended.all(workspace, workspace, limit).flatMap((row) => runHeadOf(row) ?? [])),
    end: (executionId, state, endedAtMs, result) =>
      write('powerSafe', () => {
        const [code, error] = [asString(result.code) ?? null, asString(result.error) ?? null];
        end.run(state, endedAtMs, code, error, JSON.stringify(result), workspace, executionId);
      }),
    get: (executionId) => read(() => runRecordOf(select.get(workspace, executionId))),
    head: (executionId) => read(() => runHeadOf(selectHead.get(workspace, executionId))),
    transitions: (executionId) =>
      read(() => journal.all(workspace, executionId).filter(isJsonObject).flatMap(transitionsOf)),
    transitionsSince: (executionId, position) =>
      read(() => transitionsSinceOf(journalSince.all(workspace, executionId, position), position)),
    list: (filter) => read(() => list(database, workspace, filter)),
    count: (conditions) => read(() => count(database, workspace, conditions)),
    forgetEndedBefore: (atMs) => write('killSafe', () => forgetEndedBefore(database, workspace, atMs)),
  };
}

function list(
  database: Database.Database,
  workspace: string,
  { limit, before, skip = 0, sortBy = 'startedAtMs', sortOrder = 'desc', ...conditions }: RunHeadFilter,
): readonly RunHead[] {
  const { where, values } = wanted(workspace, conditions, before);
  const direction = sortOrder === 'asc' ? 'ASC' : 'DESC';
  // An executionId begins with the time.
  const order = sortBy === 'startedAtMs' ? '' : `${runOrderColumns[sortBy]} ${direction}, `;
  return database
    .prepare(
      `SELECT ${headColumns} FROM run WHERE ${where} ORDER BY ${order}execution_id ${direction} LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, skip)
    .flatMap((row) => runHeadOf(row) ?? []);
}

function count(database: Database.Database, workspace: string, conditions: RunConditions): number {
  const { where, values } = wanted(workspace, conditions);
  const row = database.prepare(`SELECT count(*) AS total FROM run WHERE ${where}`).get(...values);
  const { total } = asJsonObject(row);
  return typeof total === 'number' ? total : 0;
}

function wanted(
  workspace: string,
  { workflowId, states, isWaiting, caller, code, text, hasBegun, fromMs, toMs }: RunConditions,
  before?: string,
): { readonly where: string; readonly values: readonly (string | number)[] } {
  const given: readonly (readonly [sql: string, value: string | number | undefined])[] = [
    ['workspace = ?', workspace],
    ['execution_id < ?', before],
    ['workflow_id = ?', workflowId],
    ['caller = ?', caller],
    ['code = ?', code],
    ["instr(lower(coalesce(name, '') || ' ' || workflow_id), lower(?)) > 0", text],
    ['started_at_ms >= ?', fromMs],
    ['started_at_ms < ?', toMs],
  ];
  const held = given.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, values: [value] }]));
  const inStates =
    states === undefined ? [] : [{ sql: `state IN (${states.map(() => '?').join(', ')})`, values: states }];
  const all: readonly { readonly sql: string; readonly values: readonly (string | number)[] }[] = [
    ...held,
    ...inStates,
    ...(isWaiting === true ? [{ sql: 'waiting IS NOT NULL', values: [] }] : []),
    ...(hasBegun === undefined ? [] : [{ sql: hasBegun ? hasBegunSql : `NOT ${hasBegunSql}`, values: [] }]),
  ];
  return { where: all.map(({ sql }) => sql).join(' AND '), values: all.flatMap(({ values }) => values) };
}

function appender(database: Database.Database, workspace: string) {
  const insert = database.prepare(
    'INSERT INTO run_journal (workspace, execution_id, node, state, at_ms, detail) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertBatch = database.prepare(
    `INSERT INTO run_journal (workspace, execution_id, node, state, at_ms, batch) VALUES (?, ?, '', 'batch', ?, ?)`,
  );
  // A row costs more than what is in it.
  return (executionId: string, transitions: readonly NodeRecord[]): void => {
    const [first] = transitions;
    if (first === undefined) return;
    const { node, state, atMs, detail } = first;
    if (transitions.length > 1)
      insertBatch.run(workspace, executionId, atMs, JSON.stringify(transitions.map(transitionRow)));
    else
      insert.run(workspace, executionId, node, state, atMs, detail === null ? null : JSON.stringify(detail));
  };
}

function forgetEndedBefore(database: Database.Database, workspace: string, atMs: number): readonly string[] {
  const ids = database
    .prepare('SELECT execution_id FROM run WHERE workspace = ? AND ended_at_ms < ?')
    .all(workspace, atMs)
    .flatMap((row) => asString(asJsonObject(row).execution_id) ?? []);
  const forgetJournal = database.prepare('DELETE FROM run_journal WHERE workspace = ? AND execution_id = ?');
  const forgetAnswers = database.prepare('DELETE FROM run_answer WHERE workspace = ? AND execution_id = ?');
  const forgetSession = database.prepare('DELETE FROM session WHERE workspace = ? AND session_id = ?');
  const forgetRun = database.prepare('DELETE FROM run WHERE workspace = ? AND execution_id = ?');
  for (const id of ids) {
    forgetJournal.run(workspace, id);
    forgetAnswers.run(workspace, id);
    forgetSession.run(workspace, id);
    forgetRun.run(workspace, id);
  }
  return ids;
}
