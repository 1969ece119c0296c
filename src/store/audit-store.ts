import type { JsonObject } from '../base/json.ts';

/** What one dispatch did, for whoever asks later who changed what. */
export interface AuditRecord {
  readonly atMs: number;
  /** The workflow run it belonged to, or null for a direct call. */
  readonly executionId: string | null;
  /** `mcp`, `cli`, `rest`, `workflow`, or null. */
  readonly caller: string | null;
  readonly command: string;
  /** The input as it came, secrets redacted and long text cut. */
  readonly payload: JsonObject;
  readonly ok: boolean;
  readonly code: string | null;
  readonly error: string | null;
  /** `hit`, `miss`, `stale`, `off`; null for a failure. */
  readonly memo: string | null;
  readonly idemKey: string | null;
  readonly durationMs: number;
}

/** Where the audit lives: append only. */
export interface AuditStore {
  append(record: AuditRecord): void;
  /** The newest records first, at most `limit`; of one run when `executionId` is given. */
  recent(limit: number, executionId?: string): readonly AuditRecord[];
  close(): void;
}
