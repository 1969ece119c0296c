import type { JsonObject } from '../json.ts';

/**
 * Something a call changed, in the words of the back-end that watched it: journals keep it, and it is handed back to have it
 * rolled back.
 */
export type ChangeRecord = JsonObject;

/** Records as a journal holds them; undefined for anything else. */
export function asChangeRecords(value: unknown): readonly ChangeRecord[] | undefined {
  return Array.isArray(value) && value.every(isRecord) ? value : undefined;
}

function isRecord(value: unknown): value is ChangeRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
