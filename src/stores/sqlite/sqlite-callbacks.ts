import { isJsonObject } from '../../core/json.ts';
import type { CallbackStore } from '../../core/stores/callback-store.ts';
import { callbackOf, deliveryOf } from '../rows/callback-rows.ts';
import { openConnections } from './connections.ts';

/** Opens the callbacks of a state directory (null: in memory). Throws as `openDatabase` does. */
export function openSqliteCallbacks(stateDir: string | null): CallbackStore {
  const { database, read, write, close } = openConnections(stateDir, 'powerSafe');
  const prepare = (text: string) => database.prepare(text);
  const insert = prepare(
    `INSERT INTO callback (id, name, workspace, url, events, secret_name, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const all = prepare("SELECT * FROM callback WHERE ? IN (workspace, '') ORDER BY created_at_ms, id");
  const remove = prepare("DELETE FROM callback WHERE id = ? AND ? IN (workspace, '')");
  const forgetOf = prepare('DELETE FROM callback_delivery WHERE callback_id = ?');
  const into = `INSERT OR IGNORE INTO callback_delivery
    (callback_id, execution_id, event, moment, state, attempts, next_at_ms, created_at_ms)`;
  const ended = prepare(
    `${into} SELECT c.id, r.execution_id, 'run.ended', CAST(r.ended_at_ms AS TEXT), 'waiting', 0, ?, ?
     FROM callback c JOIN run r ON r.workspace = c.workspace AND r.ended_at_ms >= max(c.created_at_ms, ?)
     WHERE c.workspace = ? AND instr(c.events, '"run.ended"')`,
  );
  const waits = prepare(
    `${into} SELECT c.id, r.execution_id, 'run.waiting',
       coalesce((SELECT max(json_extract(value, '$.sinceMs')) FROM json_each(r.waiting)), 0), 'waiting', 0, ?, ?
     FROM callback c JOIN run r ON r.workspace = c.workspace AND r.state = 'suspended' AND r.waiting IS NOT NULL
     WHERE c.workspace = ? AND instr(c.events, '"run.waiting"')`,
  );
  const raised = prepare(
    `${into} SELECT id, '', ?, ?, 'waiting', 0, ?, ? FROM callback WHERE workspace = ? AND instr(events, ?)`,
  );
  const due = prepare(
    `SELECT * FROM callback_delivery WHERE state = 'waiting' AND next_at_ms <= ? ORDER BY next_at_ms LIMIT ?`,
  );
  const of = 'callback_id = ? AND execution_id = ? AND event = ? AND moment = ?';
  const taken = prepare(`UPDATE callback_delivery SET next_at_ms = ?, attempts = attempts + 1 WHERE ${of}`);
  const settle = prepare(`UPDATE callback_delivery SET state = ?, next_at_ms = ?, outcome = ? WHERE ${of}`);
  const newest = prepare(
    'SELECT * FROM callback_delivery WHERE callback_id = ? ORDER BY created_at_ms DESC, execution_id DESC LIMIT ?',
  );
  const again = prepare(
    "UPDATE callback_delivery SET state = 'waiting', attempts = 0, next_at_ms = ? WHERE callback_id = ? AND state = 'dead'",
  );
  const forget = prepare('DELETE FROM callback_delivery WHERE created_at_ms < ?');
  return {
    add: ({ id, name, workspace, url, events, secretName, createdAtMs }) =>
      write('powerSafe', () => {
        insert.run(id, name, workspace, url, JSON.stringify(events), secretName, createdAtMs);
      }),
    list: (workspace) =>
      read(() =>
        all
          .all(workspace ?? '')
          .filter(isJsonObject)
          .map(callbackOf),
      ),
    remove: (id, workspace) =>
      write('powerSafe', () => {
        if (remove.run(id, workspace ?? '').changes === 0) return false;
        forgetOf.run(id);
        return true;
      }),
    gather: (workspace, endedSinceMs, nowMs) =>
      write('powerSafe', () => {
        ended.run(nowMs, nowMs, endedSinceMs, workspace);
        waits.run(nowMs, nowMs, workspace);
      }),
    raise: (workspace, event, moment, nowMs) =>
      write('powerSafe', () => {
        raised.run(event, moment, nowMs, nowMs, workspace, `"${event}"`);
      }),
    take: (limit, nowMs, forMs) =>
      write('powerSafe', () => {
        const rows = due.all(nowMs, limit).filter(isJsonObject).map(deliveryOf);
        return rows.map((row) => {
          const { callbackId, executionId, event, moment, attempts } = row;
          taken.run(nowMs + forMs, callbackId, executionId, event, moment);
          return { ...row, attempts: attempts + 1 };
        });
      }),
    settle: ({ callbackId, executionId, event, moment }, { state, nextAtMs, outcome }) =>
      write('powerSafe', () => {
        settle.run(state, nextAtMs, outcome, callbackId, executionId, event, moment);
      }),
    deliveries: (callbackId, limit) =>
      read(() => newest.all(callbackId, limit).filter(isJsonObject).map(deliveryOf)),
    retry: (callbackId, nowMs) => write('powerSafe', () => again.run(nowMs, callbackId).changes),
    forgetBefore: (createdAtMs) => write('powerSafe', () => forget.run(createdAtMs).changes),
    close: async () => close(),
  };
}
