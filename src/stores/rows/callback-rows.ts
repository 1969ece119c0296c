import { asJsonArray, asString } from '../../core/json.ts';
import {
  type CallbackDelivery,
  type CallbackRecord,
  callbackEvents,
} from '../../core/stores/callback-store.ts';

type Row = Readonly<Record<string, unknown>>;

/** A callback, from its row. */
export function callbackOf(row: Row): CallbackRecord {
  const events = asJsonArray(JSON.parse(asString(row.events) ?? '[]'));
  return {
    id: asString(row.id) ?? '',
    name: asString(row.name) ?? null,
    workspace: asString(row.workspace) ?? '',
    url: asString(row.url) ?? '',
    events: callbackEvents.filter((event) => events.includes(event)),
    secretName: asString(row.secret_name) ?? '',
    createdAtMs: Number(row.created_at_ms),
  };
}

/** Something to be said, from its row. */
export function deliveryOf(row: Row): CallbackDelivery {
  const state = row.state === 'done' || row.state === 'dead' ? row.state : 'waiting';
  return {
    callbackId: asString(row.callback_id) ?? '',
    executionId: asString(row.execution_id) ?? '',
    event: callbackEvents.find((event) => event === row.event) ?? 'run.ended',
    moment: asString(row.moment) ?? '',
    state,
    attempts: Number(row.attempts),
    nextAtMs: Number(row.next_at_ms),
    createdAtMs: Number(row.created_at_ms),
    outcome: asString(row.outcome) ?? null,
  };
}
