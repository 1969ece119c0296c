import { asString } from '../../core/json.ts';
import type { HookRecord } from '../../core/stores/hook-store.ts';

/** A webhook, from its row. */
export function hookRecordOf(row: Readonly<Record<string, unknown>>): HookRecord {
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
