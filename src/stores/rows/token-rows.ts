import { accessScopes } from '../../core/access/token.ts';
import { asString, isJsonObject } from '../../core/json.ts';
import type { TokenRecord } from '../../core/stores/token-store.ts';

/** A token, from its row; undefined for one whose scope this version does not know. */
export function tokenRecordOf(row: unknown): TokenRecord | undefined {
  if (!isJsonObject(row)) return undefined;
  const scope = accessScopes.find((known) => known === row.scope);
  // What this version does not know permits nothing.
  if (scope === undefined) return undefined;
  return {
    id: asString(row.id) ?? '',
    name: asString(row.name) ?? null,
    workspace: asString(row.workspace) ?? '',
    scope,
    createdAtMs: typeof row.created_at_ms === 'number' ? row.created_at_ms : 0,
    expiresAtMs: typeof row.expires_at_ms === 'number' ? row.expires_at_ms : null,
  };
}
