import { asJsonObject, asString, isJsonObject } from '../../core/json.ts';
import type { HookStore } from '../../core/stores/hook-store.ts';
import { hookRecordOf } from '../rows/hook-rows.ts';
import { openConnections } from './connections.ts';

/** Opens the webhooks of a state directory (null: in memory). Throws as `openDatabase` does. */
export function openSqliteHooks(stateDir: string | null, now: () => number = Date.now): HookStore {
  const { database, read, write, close } = openConnections(stateDir, 'powerSafe');
  const insert = database.prepare(
    `INSERT INTO hook (id, hash, name, workspace, workflow_id, execution_id, node, signature, sealed_secret, created_at_ms, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byHash = database.prepare(
    'SELECT * FROM hook WHERE hash = ? AND (expires_at_ms IS NULL OR expires_at_ms > ?)',
  );
  const all = database.prepare("SELECT * FROM hook WHERE ? IN (workspace, '') ORDER BY created_at_ms, id");
  const remove = database.prepare("DELETE FROM hook WHERE id = ? AND ? IN (workspace, '')");
  const forgetOf = database.prepare('DELETE FROM hook_delivery WHERE hook_id = ?');
  const claim = database.prepare(
    'INSERT OR IGNORE INTO hook_delivery (hook_id, delivery_id, execution_id, at_ms) VALUES (?, ?, ?, ?)',
  );
  const claimed = database.prepare(
    'SELECT execution_id FROM hook_delivery WHERE hook_id = ? AND delivery_id = ?',
  );
  const forget = database.prepare('DELETE FROM hook_delivery WHERE at_ms < ?');
  return {
    add: ({ id, hash, name, workspace, workflowId, executionId, node, signature, sealedSecret, ...times }) =>
      write('powerSafe', () => {
        const { createdAtMs, expiresAtMs } = times;
        const does = [workflowId, executionId, node, signature];
        insert.run(id, hash, name, workspace, ...does, sealedSecret, createdAtMs, expiresAtMs);
      }),
    find: (hash) =>
      read(() => {
        const row = byHash.get(hash, now());
        return isJsonObject(row)
          ? { ...hookRecordOf(row), sealedSecret: asString(row.sealed_secret) ?? null }
          : undefined;
      }),
    list: (workspace) =>
      read(() =>
        all
          .all(workspace ?? '')
          .filter(isJsonObject)
          .map(hookRecordOf),
      ),
    remove: (id, workspace) =>
      write('powerSafe', () => {
        if (remove.run(id, workspace ?? '').changes === 0) return false;
        forgetOf.run(id);
        return true;
      }),
    claim: ({ hookId, deliveryId, executionId, atMs }) =>
      write('powerSafe', () => {
        claim.run(hookId, deliveryId, executionId, atMs);
        return asString(asJsonObject(claimed.get(hookId, deliveryId)).execution_id) ?? executionId;
      }),
    claimed: ({ hookId, deliveryId }) =>
      read(() => asString(asJsonObject(claimed.get(hookId, deliveryId)).execution_id)),
    forgetBefore: (atMs) => write('powerSafe', () => forget.run(atMs).changes),
    close: async () => close(),
  };
}
