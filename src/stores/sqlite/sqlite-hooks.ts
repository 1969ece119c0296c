import { asJsonObject, asString, isJsonObject } from '../../core/json.ts';
import type { HookRecord, HookStore } from '../../core/stores/hook-store.ts';
import { openConnections } from './connections.ts';

/** Opens the webhooks of a state directory (null: in memory). Throws as `openDatabase` does. */
export function openSqliteHooks(stateDir: string | null, now: () => number = Date.now): HookStore {
  const { powerSafe, read, write, close } = openConnections(stateDir, 'powerSafe');
  const insert = powerSafe.prepare(
    `INSERT INTO hook (id, hash, name, workspace, workflow_id, sealed_secret, created_at_ms, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byHash = powerSafe.prepare(
    'SELECT * FROM hook WHERE hash = ? AND (expires_at_ms IS NULL OR expires_at_ms > ?)',
  );
  const all = powerSafe.prepare("SELECT * FROM hook WHERE ? IN (workspace, '') ORDER BY created_at_ms, id");
  const remove = powerSafe.prepare("DELETE FROM hook WHERE id = ? AND ? IN (workspace, '')");
  const forgetOf = powerSafe.prepare('DELETE FROM hook_delivery WHERE hook_id = ?');
  const claim = powerSafe.prepare(
    'INSERT OR IGNORE INTO hook_delivery (hook_id, delivery_id, execution_id, at_ms) VALUES (?, ?, ?, ?)',
  );
  const claimed = powerSafe.prepare(
    'SELECT execution_id FROM hook_delivery WHERE hook_id = ? AND delivery_id = ?',
  );
  const forget = powerSafe.prepare('DELETE FROM hook_delivery WHERE at_ms < ?');
  return {
    add: ({ id, hash, name, workspace, workflowId, sealedSecret, createdAtMs, expiresAtMs }) =>
      write('powerSafe', () => {
        insert.run(id, hash, name, workspace, workflowId, sealedSecret, createdAtMs, expiresAtMs);
      }),
    find: (hash) =>
      read(() => {
        const row = byHash.get(hash, now());
        return isJsonObject(row)
          ? { ...recordOf(row), sealedSecret: asString(row.sealed_secret) ?? null }
          : undefined;
      }),
    list: (workspace) =>
      read(() =>
        all
          .all(workspace ?? '')
          .filter(isJsonObject)
          .map(recordOf),
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
    forgetBefore: (atMs) => write('powerSafe', () => forget.run(atMs).changes),
    close: async () => close(),
  };
}

function recordOf(row: Readonly<Record<string, unknown>>): HookRecord {
  return {
    id: asString(row.id) ?? '',
    name: asString(row.name) ?? null,
    workspace: asString(row.workspace) ?? '',
    workflowId: asString(row.workflow_id) ?? '',
    isSigned: typeof row.sealed_secret === 'string',
    createdAtMs: typeof row.created_at_ms === 'number' ? row.created_at_ms : 0,
    expiresAtMs: typeof row.expires_at_ms === 'number' ? row.expires_at_ms : null,
  };
}
