import type Database from 'libsql';
import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { NodeRecord, RunHead, RunRecord, RunStore } from '../../core/stores/run-store.ts';

/**
 * The journal of runs in SQLite. `durable` must have been opened with `durable: true`; `relaxed` may be another connection
 * to the same file that need not wait for the disk (default: the same one). `close` closes both.
 */
export function sqliteRuns(durable: Database.Database, relaxed: Database.Database = durable): RunStore {
  const begin = durable.prepare(
    `INSERT INTO run (execution_id, workflow_id, name, plan_hash, plan, input, caller, owner, state, started_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)`,
  );
  const reopen = durable.prepare(
    `UPDATE run SET state = 'running', owner = ?, plan = ?, plan_hash = ?, input = ?, ended_at_ms = NULL, code = NULL, error = NULL,
     result = NULL WHERE execution_id = ?`,
  );
  const end = durable.prepare(
    'UPDATE run SET state = ?, ended_at_ms = ?, code = ?, error = ?, result = ? WHERE execution_id = ?',
  );
  const appendDurable = appender(durable);
  const appendRelaxed = relaxed === durable ? appendDurable : appender(relaxed);
  const select = durable.prepare('SELECT * FROM run WHERE execution_id = ?');
  const selectHead = durable.prepare(`SELECT ${headColumns} FROM run WHERE execution_id = ?`);
  const journal = durable.prepare('SELECT * FROM run_journal WHERE execution_id = ? ORDER BY id');
  return {
    begin: ({ executionId, workflowId, name, planHash, plan, input, caller, owner, startedAtMs }) => {
      const texts = [planHash, JSON.stringify(plan), JSON.stringify(input)];
      begin.run(executionId, workflowId, name, ...texts, caller, owner, startedAtMs);
    },
    reopen: (executionId, owner, plan, planHash, input) => {
      reopen.run(owner, JSON.stringify(plan), planHash, JSON.stringify(input), executionId);
    },
    append: (executionId, transitions, isDurable) => {
      (isDurable ? appendDurable : appendRelaxed)(executionId, transitions);
    },
    end: (executionId, state, endedAtMs, result) => {
      const { code, error } = result;
      end.run(
        state,
        endedAtMs,
        asString(code) ?? null,
        asString(error) ?? null,
        JSON.stringify(result),
        executionId,
      );
    },
    get: (executionId) => recordOf(select.get(executionId)),
    head: (executionId) => headOf(selectHead.get(executionId)),
    transitions: (executionId) => journal.all(executionId).filter(isJsonObject).map(transitionOf),
    list: ({ limit, before, workflowId, states }) => {
      const wanted = [
        ...(before === undefined ? [] : [{ sql: 'execution_id < ?', values: [before] }]),
        ...(workflowId === undefined ? [] : [{ sql: 'workflow_id = ?', values: [workflowId] }]),
        ...(states === undefined
          ? []
          : [{ sql: `state IN (${states.map(() => '?').join(', ')})`, values: states }]),
      ];
      const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(({ sql }) => sql).join(' AND ')}`;
      const rows = durable
        .prepare(`SELECT ${headColumns} FROM run ${where} ORDER BY execution_id DESC LIMIT ?`)
        .all(...wanted.flatMap(({ values }) => values), limit);
      return rows.flatMap((row) => headOf(row) ?? []);
    },
    forgetEndedBefore: (atMs) => forgetEndedBefore(durable, atMs),
    close: () => {
      durable.close();
      if (relaxed !== durable) relaxed.close();
    },
  };
}

const headColumns =
  'execution_id, workflow_id, name, plan_hash, caller, owner, state, started_at_ms, ended_at_ms, code, error';

function appender(database: Database.Database) {
  const insert = database.prepare(
    'INSERT INTO run_journal (execution_id, node, state, at_ms, detail) VALUES (?, ?, ?, ?, ?)',
  );
  const one = (executionId: string, { node, state, atMs, detail }: NodeRecord): void => {
    insert.run(executionId, node, state, atMs, detail === null ? null : JSON.stringify(detail));
  };
  const insertAll = database.prepare(
    `INSERT INTO run_journal (execution_id, node, state, at_ms, detail)
     SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) ORDER BY key`,
  );
  // One statement is a transaction of its own, and one call into the database costs more than the rows it writes.
  return (executionId: string, transitions: readonly NodeRecord[]): void => {
    const [only] = transitions;
    if (transitions.length === 1 && only !== undefined) one(executionId, only);
    else if (transitions.length > 1) insertAll.run(executionId, JSON.stringify(transitions.map(rowOf)));
  };
}

function rowOf({ node, state, atMs, detail }: NodeRecord): Json {
  return [node, state, atMs, detail === null ? null : JSON.stringify(detail)];
}

function forgetEndedBefore(database: Database.Database, atMs: number): readonly string[] {
  const ids = database
    .prepare('SELECT execution_id FROM run WHERE ended_at_ms < ?')
    .all(atMs)
    .flatMap((row) => asString(asJsonObject(row).execution_id) ?? []);
  database
    .transaction(() => {
      const forgetJournal = database.prepare('DELETE FROM run_journal WHERE execution_id = ?');
      const forgetRun = database.prepare('DELETE FROM run WHERE execution_id = ?');
      for (const id of ids) {
        forgetJournal.run(id);
        forgetRun.run(id);
      }
    })
    .immediate();
  return ids;
}

function headOf(row: unknown): RunHead | undefined {
  if (!isJsonObject(row)) return undefined;
  return {
    executionId: asString(row.execution_id) ?? '',
    workflowId: asString(row.workflow_id) ?? '',
    name: asString(row.name) ?? null,
    planHash: asString(row.plan_hash) ?? '',
    caller: asString(row.caller) ?? null,
    owner: asString(row.owner) ?? '',
    state: asString(row.state) ?? '',
    startedAtMs: numberOf(row.started_at_ms) ?? 0,
    endedAtMs: numberOf(row.ended_at_ms),
    code: asString(row.code) ?? null,
    error: asString(row.error) ?? null,
  };
}

function recordOf(row: unknown): RunRecord | undefined {
  const head = headOf(row);
  if (head === undefined || !isJsonObject(row)) return undefined;
  const { code: _code, error: _error, ...known } = head;
  const result = parse(row.result);
  return {
    ...known,
    plan: asJsonObject(parse(row.plan)),
    input: parse(row.input),
    result: isJsonObject(result) ? result : null,
  };
}

function transitionOf(row: JsonObject): NodeRecord {
  const detail = parse(row.detail);
  return {
    node: asString(row.node) ?? '',
    state: asString(row.state) ?? '',
    atMs: numberOf(row.at_ms) ?? 0,
    detail: isJsonObject(detail) ? detail : null,
  };
}

function parse(text: Json | undefined): Json {
  const value: Json = JSON.parse(asString(text) ?? 'null');
  return value;
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
