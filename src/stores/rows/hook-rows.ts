import { hookSignatures } from '../../core/access/hook.ts';
import { asString } from '../../core/json.ts';
import type { HookRecord } from '../../core/stores/hook-store.ts';

/** A webhook, from its row. */
export function hookRecordOf(row: Readonly<Record<string, unknown>>): HookRecord {
  const isSigned = typeof row.sealed_secret === 'string';
  // Those made before there were others have no word for it.
  const signature = hookSignatures.find((known) => known === row.signature) ?? 'standard';
  return {
    id: asString(row.id) ?? '',
    name: asString(row.name) ?? null,
    workspace: asString(row.workspace) ?? '',
    workflowId: asString(row.workflow_id) ?? '',
    executionId: asString(row.execution_id) ?? null,
    node: asString(row.node) ?? null,
    ...{ isSigned, signature: isSigned ? signature : null },
    createdAtMs: typeof row.created_at_ms === 'number' ? row.created_at_ms : 0,
    expiresAtMs: typeof row.expires_at_ms === 'number' ? row.expires_at_ms : null,
  };
}
