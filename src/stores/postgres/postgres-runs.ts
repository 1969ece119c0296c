import { asString } from '../../core/json.ts';
import type { HotTexts } from '../../core/stores/hot-texts.ts';
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
  transitionRow,
  transitionsSinceOf,
} from '../rows/run-rows.ts';
import { postgresRunAnswers } from './postgres-run-answers.ts';
import { journalOf, runOf } from './run-journal-rows.ts';
import type { PostgresSession } from './session.ts';
import { columns, part, type Query, SqlPart } from './statement.ts';
import { storedText } from './stored-text.ts';

const begun = new SqlPart([hasBegunSql], []);
const headColumns = part`${columns(...runHeadColumns.split(', '))}, ${begun} as has_begun`;

/** The journal of runs of one workspace in PostgreSQL; `hot` has runs under way where they are read faster. */
export function postgresRuns(session: PostgresSession, workspace: string, hot?: HotTexts): RunStore {
  const { read, write } = session;
  return {
    begin: ({
      executionId,
      workflowId,
      name,
      planHash,
      plan,
      input,
      caller,
      owner,
      startedAtMs,
      journalVersion,
    }) =>
      write(async (sql) => {
        await sql`insert into run (workspace, execution_id, workflow_id, name, plan_hash, plan, input, caller, owner, state,
            started_at_ms, journal_version)
          values (${workspace}, ${executionId}, ${workflowId}, ${storedText(name)}, ${planHash}, ${JSON.stringify(plan)},
            ${JSON.stringify(input)}, ${caller}, ${owner}, 'running', ${startedAtMs}, ${journalVersion})`;
      }),
    reopen: (executionId, { owner, plan, planHash, input, journalVersion }) =>
      write(async (sql) => {
        await sql`update run set state = 'running', owner = ${owner}, plan = ${JSON.stringify(plan)}, plan_hash = ${planHash},
            input = ${JSON.stringify(input)}, journal_version = ${journalVersion}, ended_at_ms = null, code = null,
            error = null, wake_at_ms = null, waiting = null, result = null
          where workspace = ${workspace} and execution_id = ${executionId}`;
      }),
    append: (executionId, transitions) => write((sql) => append(sql, workspace, executionId, transitions)),
    ...postgresRunAnswers(session, workspace),
    suspend: (executionId, { wakeAtMs, waiting }, result) =>
      write(async (sql) => {
        const questions = waiting === null ? null : JSON.stringify(waiting);
        await sql`update run set state = 'suspended', wake_at_ms = ${wakeAtMs}, waiting = ${questions},
            result = ${JSON.stringify(result)}
          where workspace = ${workspace} and execution_id = ${executionId}`;
      }),
    claim: (executionId, owner) =>
      write(async (sql) => {
        const { count } =
          await sql`update run set state = 'running', owner = ${owner}, wake_at_ms = null, waiting = null
          where workspace = ${workspace} and execution_id = ${executionId} and state = 'suspended'`;
        return count === 1;
      }),
    suspended: (limit) =>
      read(async (sql) => {
        const rows =
          await sql`select ${headColumns} from run where workspace = ${workspace} and state = 'suspended'
          order by wake_at_ms nulls last limit ${limit ?? null}`;
        return rows.flatMap((row) => runHeadOf(row) ?? []);
      }),
    end: (executionId, state, endedAtMs, result) =>
      write(async (sql) => {
        const [code, error] = [asString(result.code) ?? null, asString(result.error) ?? null];
        await sql`update run set state = ${state}, ended_at_ms = ${endedAtMs}, code = ${code}, error = ${storedText(error)},
            result = ${JSON.stringify(result)}, wake_at_ms = null, waiting = null
          where workspace = ${workspace} and execution_id = ${executionId}`;
      }),
    get: (executionId) => read((sql) => runOf(sql, workspace, executionId, hot)),
    head: (executionId) =>
      read(async (sql) => {
        const [row] = await sql`select ${headColumns} from run
          where workspace = ${workspace} and execution_id = ${executionId}`;
        return runHeadOf(row);
      }),
    transitions: (executionId) => read((sql) => journalOf(sql, workspace, executionId, hot)),
    transitionsSince: (executionId, position) =>
      read(async (sql) => {
        const rows =
          await sql`select id::double precision as id, node, state, at_ms, detail, batch from run_journal
          where workspace = ${workspace} and execution_id = ${executionId} and id > ${position} order by id`;
        return transitionsSinceOf(rows, position);
      }),
    list: (filter) => read((sql) => list(sql, workspace, filter)),
    count: (conditions) =>
      read(async (sql) => {
        const [row] = await sql`select count(*)::double precision as total from run
          where ${wanted(workspace, conditions)}`;
        return Number(row?.total ?? 0);
      }),
    forgetEndedBefore: (atMs) => write((sql) => forgetEndedBefore(sql, workspace, atMs)),
  };
}

/** Transitions that come together share a row: a row costs more than what is in it. */
async function append(
  sql: Query,
  workspace: string,
  executionId: string,
  transitions: readonly NodeRecord[],
): Promise<void> {
  const [first] = transitions;
  if (first === undefined) return;
  if (transitions.length > 1) {
    const batch = JSON.stringify(transitions.map(transitionRow));
    await sql`insert into run_journal (workspace, execution_id, node, state, at_ms, batch)
      values (${workspace}, ${executionId}, '', 'batch', ${first.atMs}, ${batch})`;
    return;
  }
  const detail = first.detail === null ? null : JSON.stringify(first.detail);
  await sql`insert into run_journal (workspace, execution_id, node, state, at_ms, detail)
    values (${workspace}, ${executionId}, ${first.node}, ${first.state}, ${first.atMs}, ${detail})`;
}

async function list(
  sql: Query,
  workspace: string,
  { limit, before, skip = 0, sortBy = 'startedAtMs', sortOrder = 'desc', ...conditions }: RunHeadFilter,
): Promise<readonly RunHead[]> {
  const direction = sortOrder === 'asc' ? part`asc nulls first` : part`desc nulls last`;
  // An executionId begins with the time.
  const order = sortBy === 'startedAtMs' ? part`` : part`${columns(runOrderColumns[sortBy])} ${direction},`;
  const older = before === undefined ? part`` : part`and execution_id < ${before}`;
  const rows = await sql`select ${headColumns} from run where ${wanted(workspace, conditions)} ${older}
    order by ${order} execution_id ${direction} limit ${limit} offset ${skip}`;
  return rows.flatMap((row) => runHeadOf(row) ?? []);
}

function wanted(
  workspace: string,
  { workflowId, states, isWaiting, caller, code, text, hasBegun, fromMs, toMs }: RunConditions,
): SqlPart {
  return part`workspace = ${workspace}
    ${workflowId === undefined ? part`` : part`and workflow_id = ${workflowId}`}
    ${isWaiting === true ? part`and waiting is not null` : part``}
    ${caller === undefined ? part`` : part`and caller = ${caller}`}
    ${code === undefined ? part`` : part`and code = ${code}`}
    ${text === undefined ? part`` : part`and strpos(lower(coalesce(name, '') || ' ' || workflow_id), lower(${text})) > 0`}
    ${hasBegun === undefined ? part`` : hasBegun ? part`and ${begun}` : part`and not ${begun}`}
    ${fromMs === undefined ? part`` : part`and started_at_ms >= ${fromMs}`}
    ${toMs === undefined ? part`` : part`and started_at_ms < ${toMs}`}
    ${states === undefined ? part`` : part`and state = any (${[...states]})`}`;
}

async function forgetEndedBefore(sql: Query, workspace: string, atMs: number): Promise<readonly string[]> {
  const rows =
    await sql`delete from run where workspace = ${workspace} and ended_at_ms < ${atMs} returning execution_id`;
  const ids = rows.map(({ execution_id: id }) => String(id)).sort();
  await sql`delete from run_answer where workspace = ${workspace} and execution_id = any (${ids})`;
  await sql`delete from run_journal where workspace = ${workspace} and execution_id = any (${ids})`;
  await sql`delete from session where workspace = ${workspace} and session_id = any (${ids})`;
  // Nobody repeats a write after a day.
  await sql`delete from write_mark where at < now() - interval '1 day'`;
  return ids;
}
