import type { HotTexts } from '../../core/stores/hot-texts.ts';
import type { MemoFilter, MemoStore } from '../../core/stores/memo-store.ts';
import { memoEntryOf, memoOrderColumns } from '../rows/memo-rows.ts';
import { memoEntries } from './memo-entries.ts';
import type { PostgresSession } from './session.ts';
import { columns, part, type Query } from './statement.ts';

/** The idempotency memo of one workspace in PostgreSQL; `hot` has long results where they are read faster. */
export function postgresMemo(
  { read, write }: PostgresSession,
  workspace: string,
  now: () => number,
  hot?: HotTexts,
): MemoStore {
  return {
    get: (key) => read(async (sql) => (await memoEntries(sql, workspace, [key], hot))[0]),
    getMany: (keys) => read((sql) => memoEntries(sql, workspace, keys, hot)),
    intend: (...intents) =>
      write(async (sql) => {
        for (const { key, command, before } of intents)
          await sql`insert into memo (workspace, key, command, state, before, at_ms)
            values (${workspace}, ${key}, ${command}, 'intent', ${JSON.stringify(before)}, ${now()})
            on conflict (workspace, key) do update set command = excluded.command, state = excluded.state,
              before = excluded.before, data = null, claims = null, at_ms = excluded.at_ms`;
      }),
    complete: (...results) =>
      write(async (sql) => {
        for (const { key, command, data, claims } of results)
          await sql`insert into memo (workspace, key, command, state, data, claims, at_ms)
            values (${workspace}, ${key}, ${command}, 'done', ${JSON.stringify(data)}, ${JSON.stringify(claims)}, ${now()})
            on conflict (workspace, key) do update set command = excluded.command, state = excluded.state,
              before = null, data = excluded.data, claims = excluded.claims, at_ms = excluded.at_ms`;
      }),
    // Every commit waits for the disk of the server.
    makePowerSafe: async () => {},
    forget: (key) =>
      write(async (sql) => {
        await sql`delete from memo where workspace = ${workspace} and key = ${key}`;
      }),
    forgetBefore: (atMs) =>
      write(async (sql) => {
        const { count } = await sql`delete from memo where workspace = ${workspace} and at_ms < ${atMs}`;
        return count;
      }),
    find: (filter) => read((sql) => find(sql, workspace, filter)),
  };
}

async function find(
  sql: Query,
  workspace: string,
  { key, command, text, state, fromMs, toMs, limit, offset, sortBy = 'atMs', sortOrder = 'desc' }: MemoFilter,
) {
  const lower = text?.toLowerCase() ?? '';
  const wanted = part`workspace = ${workspace}
    ${key === undefined ? part`` : part`and key >= ${key} and key < ${`${key}~`}`}
    ${command === undefined ? part`` : part`and command = ${command}`}
    ${state === undefined ? part`` : part`and state = ${state}`}
    ${text === undefined ? part`` : part`and (strpos(lower(data), ${lower}) > 0 or strpos(lower(claims), ${lower}) > 0)`}
    ${fromMs === undefined ? part`` : part`and at_ms >= ${fromMs}`}
    ${toMs === undefined ? part`` : part`and at_ms < ${toMs}`}`;
  const direction = sortOrder === 'asc' ? part`asc` : part`desc`;
  const [counted] = await sql`select count(*)::double precision as total from memo where ${wanted}`;
  const rows =
    await sql`select * from memo where ${wanted} order by ${columns(memoOrderColumns[sortBy])} ${direction}, key
    limit ${limit} offset ${offset}`;
  return { entries: rows.flatMap((row) => memoEntryOf(row) ?? []), total: Number(counted?.total ?? 0) };
}
