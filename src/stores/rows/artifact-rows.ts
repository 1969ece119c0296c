import { asString, isJsonObject } from '../../core/json.ts';
import type { IndexedArtifact } from '../artifacts/artifact-index.ts';

/** What is known of an artifact, from its row. */
export function indexedArtifactOf(row: unknown): IndexedArtifact | undefined {
  if (!isJsonObject(row)) return undefined;
  const { expires_at_ms: expiresAtMs } = row;
  return {
    id: asString(row.id) ?? '',
    kind: asString(row.kind) ?? '',
    run: asString(row.run) ?? '',
    name: asString(row.name) ?? '',
    contentType: asString(row.content_type) ?? '',
    bytes: typeof row.bytes === 'number' ? row.bytes : 0,
    location: asString(row.location) ?? '',
    createdAtMs: typeof row.created_at_ms === 'number' ? row.created_at_ms : 0,
    expiresAtMs: typeof expiresAtMs === 'number' ? expiresAtMs : null,
  };
}
