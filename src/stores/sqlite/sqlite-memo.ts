import type Database from 'libsql';
import { asJsonObject } from '../../core/json.ts';
import type { MemoFilter, MemoStore } from '../../core/stores/memo-store.ts';
import { memoEntryOf, memoOrderColumns } from '../rows/memo-rows.ts';
import type { Connections } from './connections.ts';

/** The idempotency memo of one workspace in SQLite. */
export function sqliteMemo(
  { database, read, write, sync, syncSoon }: Connections,
  workspace: string,
  now: () => number,
): MemoStore {
  const select = database.prepare('SELECT * FROM memo WHERE workspace = ? AND key = ?');
  const selectMany = database.prepare(
    'SELECT * FROM memo WHERE workspace = ? AND key IN (SELECT value FROM json_each(?))',
  );
  const intend = database.prepare(
    `INSERT OR REPLACE INTO memo (workspace, key, command, state, before, data, claims, at_ms)
     VALUES (?, ?, ?, 'intent', ?, NULL, NULL, ?)`,
  );
  const complete = database.prepare(
    `INSERT OR REPLACE INTO memo (workspace, key, command, state, before, data, claims, at_ms)
     VALUES (?, ?, ?, 'done', NULL, ?, ?, ?)`,
  );
  const forget = database.prepare('DELETE FROM memo WHERE workspace = ? AND key = ?');
  const forgetBefore = database.prepare('DELETE FROM memo WHERE workspace = ? AND at_ms < ?');
  return {
    get: (key) => read(() => memoEntryOf(select.get(workspace, key))),
    getMany: (keys) =>
      read(() => selectMany.all(workspace, JSON.stringify(keys)).flatMap((row) => memoEntryOf(row) ?? [])),
    intend: (...intents) =>
      write(
        'killSafe',
        () => {
          for (const { key, command, before } of intents)
            intend.run(workspace, key, command, JSON.stringify(before), now());
        },
        intents.length === 1,
      ),
    complete: async (...results) => {
      const isKillSafe = results.every(({ durability }) => durability === 'killSafe');
      const work = (): void => {
        for (const { key, command, data, claims } of results)
          complete.run(...[workspace, key, command, JSON.stringify(data), JSON.stringify(claims), now()]);
      };
      await write(isKillSafe ? 'killSafe' : 'powerSafe', work, results.length === 1);
      // Somebody may save the project in the window of Wwise.
      if (isKillSafe) syncSoon();
    },
    makePowerSafe: sync,
    forget: (key) =>
      write('killSafe', () => {
        forget.run(workspace, key);
      }),
    forgetBefore: (atMs) => write('killSafe', () => forgetBefore.run(workspace, atMs).changes),
    find: (filter) => read(() => find(database, workspace, filter)),
  };
}

function find(
  database: Database.Database,
  workspace: string,
  { key, command, text, state, fromMs, toMs, limit, offset, sortBy = 'atMs', sortOrder = 'desc' }: MemoFilter,
) {
  const conditions = ['workspace = ?'];
  const values: (string | number)[] = [workspace];
  const where = (condition: string, ...given: (string | number)[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  // A key is hexadecimal digits: nothing in it is more than every next digit.
  if (key !== undefined) where('(key >= ? AND key < ?)', key, `${key}~`);
  if (command !== undefined) where('command = ?', command);
  if (state !== undefined) where('state = ?', state);
  if (text !== undefined)
    where('(instr(lower(data), ?) OR instr(lower(claims), ?))', text.toLowerCase(), text.toLowerCase());
  if (fromMs !== undefined) where('at_ms >= ?', fromMs);
  if (toMs !== undefined) where('at_ms < ?', toMs);
  const from = `FROM memo WHERE ${conditions.join(' AND ')}`;
  const rows = database
    .prepare(`SELECT * ${from} ORDER BY ${memoOrderColumns[sortBy]} ${sortOrder}, key LIMIT ? OFFSET ?`)
    .all(...values, limit, offset);
  const { total } = asJsonObject(database.prepare(`SELECT count(*) AS total ${from}`).get(...values));
  return {
    entries: rows.flatMap((row) => memoEntryOf(row) ?? []),
    total: typeof total === 'number' ? total : 0,
  };
}
