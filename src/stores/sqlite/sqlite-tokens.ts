import type { TokenStore } from '../../core/stores/token-store.ts';
import { tokenRecordOf } from '../rows/token-rows.ts';
import { openConnections } from './connections.ts';

/** Opens the tokens of a state directory (null: in memory). Throws as `openDatabase` does. */
export function openSqliteTokens(stateDir: string | null, now: () => number = Date.now): TokenStore {
  const { database, read, write, close } = openConnections(stateDir, 'powerSafe');
  const insert = database.prepare(
    `INSERT INTO token (id, hash, name, workspace, scope, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const byHash = database.prepare(
    'SELECT * FROM token WHERE hash = ? AND (expires_at_ms IS NULL OR expires_at_ms > ?)',
  );
  const all = database.prepare('SELECT * FROM token ORDER BY created_at_ms, id');
  const remove = database.prepare('DELETE FROM token WHERE id = ?');
  return {
    add: ({ id, hash, name, workspace, scope, createdAtMs, expiresAtMs }) =>
      write('powerSafe', () => {
        insert.run(id, hash, name, workspace, scope, createdAtMs, expiresAtMs);
      }),
    find: (hash) => read(() => tokenRecordOf(byHash.get(hash, now()))),
    list: () => read(() => all.all().flatMap((row) => tokenRecordOf(row) ?? [])),
    remove: (id) => write('powerSafe', () => remove.run(id).changes === 1),
    close: async () => close(),
  };
}
