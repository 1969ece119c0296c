import { asString, isJsonObject } from '../../core/json.ts';
import type { HookStore } from '../../core/stores/hook-store.ts';
import { hookRecordOf } from '../rows/hook-rows.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { patiently } from './session.ts';
import { part } from './statement.ts';

/** The webhooks of every workspace in PostgreSQL; closing them leaves the database open. */
export function postgresHooks(
  { query: sql, transaction }: PostgresDatabase,
  now: () => number = Date.now,
): HookStore {
  const wait = <T>(work: () => Promise<T>): Promise<T> => patiently(work, PATIENCE_MS);
  return {
    add: ({ id, hash, name, workspace, workflowId, executionId, node, signature, sealedSecret, ...times }) =>
      wait(async () => {
        const { createdAtMs, expiresAtMs } = times;
        await sql`insert into hook (id, hash, name, workspace, workflow_id, execution_id, node, signature, sealed_secret, created_at_ms, expires_at_ms)
          values (${id}, ${hash}, ${name}, ${workspace}, ${workflowId}, ${executionId}, ${node}, ${signature}, ${sealedSecret}, ${createdAtMs}, ${expiresAtMs})
          on conflict (id) do update set hash = excluded.hash where hook.hash = excluded.hash`;
      }),
    find: (hash) =>
      wait(async () => {
        const [row] = await sql`select * from hook where hash = ${hash}
          and (expires_at_ms is null or expires_at_ms > ${now()})`;
        if (!isJsonObject(row)) return undefined;
        return { ...hookRecordOf(row), sealedSecret: asString(row.sealed_secret) ?? null };
      }),
    list: (workspace) =>
      wait(async () => {
        const own = workspace === null ? part`` : part`where workspace = ${workspace}`;
        const rows = await sql`select * from hook ${own} order by created_at_ms, id`;
        return rows.map(hookRecordOf);
      }),
    remove: (id, workspace) =>
      wait(() =>
        transaction('read write', async (tx) => {
          const own = workspace === null ? part`` : part`and workspace = ${workspace}`;
          const { count } = await tx`delete from hook where id = ${id} ${own}`;
          if (count > 0) await tx`delete from hook_delivery where hook_id = ${id}`;
          return count > 0;
        }),
      ),
    claim: ({ hookId, deliveryId, executionId, atMs }) =>
      wait(async () => {
        const [row] = await sql`insert into hook_delivery (hook_id, delivery_id, execution_id, at_ms)
          values (${hookId}, ${deliveryId}, ${executionId}, ${atMs})
          on conflict (hook_id, delivery_id) do update set at_ms = hook_delivery.at_ms returning execution_id`;
        return String(row?.execution_id ?? executionId);
      }),
    claimed: ({ hookId, deliveryId }) =>
      wait(async () => {
        const [row] = await sql`select execution_id from hook_delivery
          where hook_id = ${hookId} and delivery_id = ${deliveryId}`;
        return asString(row?.execution_id);
      }),
    forgetBefore: (atMs) =>
      wait(async () => (await sql`delete from hook_delivery where at_ms < ${atMs}`).count),
    close: async () => undefined,
  };
}

const PATIENCE_MS = 5_000;
