import type { TokenStore } from '../../core/stores/token-store.ts';
import { tokenRecordOf } from '../rows/token-rows.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { patiently } from './session.ts';

/** The tokens of every workspace in PostgreSQL; closing them leaves the database open. */
export function postgresTokens({ query: sql }: PostgresDatabase, now: () => number = Date.now): TokenStore {
  const wait = <T>(work: () => Promise<T>): Promise<T> => patiently(work, PATIENCE_MS);
  return {
    add: ({ id, hash, name, workspace, scope, createdAtMs, expiresAtMs }) =>
      wait(async () => {
        // The same again is a repetition: the link broke while it was being committed.
        await sql`insert into token (id, hash, name, workspace, scope, created_at_ms, expires_at_ms)
          values (${id}, ${hash}, ${name}, ${workspace}, ${scope}, ${createdAtMs}, ${expiresAtMs})
          on conflict (id) do update set hash = excluded.hash where token.hash = excluded.hash`;
      }),
    find: (hash) =>
      wait(async () => {
        const [row] = await sql`select * from token where hash = ${hash}
          and (expires_at_ms is null or expires_at_ms > ${now()})`;
        return tokenRecordOf(row);
      }),
    list: () =>
      wait(async () => {
        const rows = await sql`select * from token order by created_at_ms, id`;
        return rows.flatMap((row) => tokenRecordOf(row) ?? []);
      }),
    remove: (id) => wait(async () => (await sql`delete from token where id = ${id}`).count === 1),
    close: async () => undefined,
  };
}

/** Somebody waits for the answer to a request. */
const PATIENCE_MS = 5_000;
