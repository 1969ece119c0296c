import { asJsonObject, asString, type Json } from '../../core/json.ts';
import type { AuditRecord } from '../../core/stores/audit-store.ts';

/** An audit record, from its row. */
export function auditRecordOf(row: Readonly<Record<string, Json | undefined>>): AuditRecord {
  const payload: unknown = JSON.parse(asString(row.payload) ?? '{}');
  const objects = asString(row.objects);
  const result = asString(row.result);
  return {
    atMs: numberOf(row.at_ms),
    executionId: asString(row.execution_id) ?? null,
    caller: asString(row.caller) ?? null,
    command: asString(row.command) ?? '',
    payload: asJsonObject(payload),
    ok: row.ok === 1,
    code: asString(row.code) ?? null,
    error: asString(row.error) ?? null,
    memo: asString(row.memo) ?? null,
    idemKey: asString(row.idem_key) ?? null,
    durationMs: numberOf(row.duration_ms),
    ...(objects === undefined ? {} : { objects: objects.split(' ') }),
    ...(result === undefined ? {} : { result: asJsonObject(JSON.parse(result)) }),
  };
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** The columns by which the audit is sorted, beside the time. */
export const auditOrderColumns = {
  command: 'command',
  caller: 'caller',
  code: 'code',
  durationMs: 'duration_ms',
} as const;

/** What the column of an outcome holds: 1 or 0 for `ok` and `failed`, else the code. */
export function outcomeValue(outcome: string | undefined): string | number | undefined {
  if (outcome === 'ok') return 1;
  return outcome === 'failed' ? 0 : outcome;
}
