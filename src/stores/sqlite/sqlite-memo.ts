import type Database from 'libsql';
import { asJsonArray, asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import type { MemoEntry, MemoStore } from '../../core/stores/memo-store.ts';

/** The idempotency memo in SQLite. Open its database with `durable: true`; `close` closes that database. */
export function sqliteMemo(database: Database.Database, now: () => number = Date.now): MemoStore {
  const select = database.prepare('SELECT * FROM memo WHERE key = ?');
  const selectMany = database.prepare('SELECT * FROM memo WHERE key IN (SELECT value FROM json_each(?))');
  const intend = database.prepare(
    `INSERT OR REPLACE INTO memo (key, command, state, before, data, claims, at_ms) VALUES (?, ?, 'intent', ?, NULL, NULL, ?)`,
  );
  const complete = database.prepare(
    `INSERT OR REPLACE INTO memo (key, command, state, before, data, claims, at_ms) VALUES (?, ?, 'done', NULL, ?, ?, ?)`,
  );
  const forget = database.prepare('DELETE FROM memo WHERE key = ?');
  return {
    get: (key) => entryOf(select.get(key)),
    getMany: (keys) => selectMany.all(JSON.stringify(keys)).flatMap((row) => entryOf(row) ?? []),
    intend: (key, command, before) => {
      intend.run(key, command, JSON.stringify(before), now());
    },
    complete: (key, command, data, claims) => {
      complete.run(key, command, JSON.stringify(data), JSON.stringify(claims), now());
    },
    intendMany: (intents) => {
      database.transaction(() => {
        for (const { key, command, before } of intents)
          intend.run(key, command, JSON.stringify(before), now());
      })();
    },
    completeMany: (results) => {
      database.transaction(() => {
        for (const { key, command, data, claims } of results) {
          complete.run(key, command, JSON.stringify(data), JSON.stringify(claims), now());
        }
      })();
    },
    forget: (key) => {
      forget.run(key);
    },
    forgetBefore: (atMs) => database.prepare('DELETE FROM memo WHERE at_ms < ?').run(atMs).changes,
    find: ({ command, text, state, limit, offset }) => {
      const conditions: string[] = [];
      const values: string[] = [];
      const where = (condition: string, ...given: string[]): void => {
        conditions.push(condition);
        values.push(...given);
      };
      if (command !== undefined) where('command = ?', command);
      if (state !== undefined) where('state = ?', state);
      if (text !== undefined)
        where('(instr(lower(data), ?) OR instr(lower(claims), ?))', text.toLowerCase(), text.toLowerCase());
      const from = `FROM memo WHERE ${conditions.length === 0 ? 'true' : conditions.join(' AND ')}`;
      const rows = database
        .prepare(`SELECT * ${from} ORDER BY at_ms DESC, key LIMIT ? OFFSET ?`)
        .all(...values, limit, offset);
      const { total } = asJsonObject(database.prepare(`SELECT count(*) AS total ${from}`).get(...values));
      return {
        entries: rows.flatMap((row) => entryOf(row) ?? []),
        total: typeof total === 'number' ? total : 0,
      };
    },
    close: () => {
      database.close();
    },
  };
}

function entryOf(row: unknown): MemoEntry | undefined {
  if (!isJsonObject(row)) return undefined;
  const { key, command, state, at_ms: atMs } = row;
  if (typeof key !== 'string' || typeof command !== 'string' || typeof atMs !== 'number') return undefined;
  if (state === 'intent') return { state, key, command, before: parse(row.before), atMs };
  const claims = asJsonArray(parse(row.claims)).filter(isJsonObject);
  return { state: 'done', key, command, data: asJsonObject(parse(row.data)), claims, atMs };
}

function parse(text: Json | undefined): Json {
  const value: Json = JSON.parse(asString(text) ?? 'null');
  return value;
}
