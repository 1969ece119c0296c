import { asJsonArray, asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import type { MemoEntry } from '../../core/stores/memo-store.ts';

/** What the memo holds, from its row. */
export function memoEntryOf(row: unknown): MemoEntry | undefined {
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

/** The columns by which the memo is sorted. */
export const memoOrderColumns = { atMs: 'at_ms', command: 'command', key: 'key' } as const;
