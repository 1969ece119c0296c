import { gunzipSync, gzipSync } from 'node:zlib';
import { asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import type { SessionRecord } from '../../core/stores/session-store.ts';

/** The columns of a session, in the order of `sessionValues`. */
export const sessionColumns = 'session_id, state, current_task, variables, last_activity_ms, ttl_ms';

/** What stands in them. */
export function sessionValues({
  sessionId,
  state,
  currentTask,
  variables,
  lastActivityMs,
  ttlMs,
}: SessionRecord): readonly (string | number | null)[] {
  const texts = [sessionId, JSON.stringify(state), currentTask, JSON.stringify(variables)];
  return [...texts, lastActivityMs, ttlMs];
}

/** What stands in those of a step: all but the id and the state. */
export function stepValues({
  currentTask,
  variables,
  lastActivityMs,
  ttlMs,
}: SessionRecord): readonly (string | number | null)[] {
  return [currentTask, JSON.stringify(variables), lastActivityMs, ttlMs];
}

/** A session, from its row. */
export function sessionOf(row: unknown): SessionRecord | undefined {
  if (!isJsonObject(row)) return undefined;
  const { session_id, state, current_task, variables, last_activity_ms, ttl_ms } = row;
  return sessionIn({
    sessionId: asString(session_id) ?? '',
    state: parse(state),
    currentTask: asString(current_task) ?? null,
    variables: parse(variables),
    lastActivityMs: last_activity_ms ?? 0,
    ttlMs: ttl_ms ?? 0,
  });
}

/** As it is kept once it has ended. */
export function compressedSession(session: SessionRecord): Buffer {
  return gzipSync(JSON.stringify(session));
}

/** A session that was compressed; undefined where nothing was, or what is there is none. */
export function decompressedSession(content: unknown): SessionRecord | undefined {
  if (!(content instanceof Uint8Array)) return undefined;
  const value: Json = JSON.parse(gunzipSync(content).toString('utf8'));
  return sessionIn(value);
}

function sessionIn(value: Json): SessionRecord | undefined {
  if (!isJsonObject(value)) return undefined;
  const { sessionId, state, currentTask, variables, lastActivityMs, ttlMs } = value;
  if (typeof sessionId !== 'string') return undefined;
  return {
    sessionId,
    state: asJsonObject(state),
    currentTask: asString(currentTask) ?? null,
    variables: asJsonObject(variables),
    lastActivityMs: Number(lastActivityMs),
    ttlMs: Number(ttlMs),
  };
}

function parse(text: Json | undefined): Json {
  const value: Json = JSON.parse(asString(text) ?? '{}');
  return value;
}
