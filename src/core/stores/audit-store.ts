import type { JsonObject } from '../json.ts';
import type { Ordered } from './run-store.ts';

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
  /** GUIDs of the objects the input or the result names; at most a few dozen are kept. */
  readonly objects?: readonly string[] | undefined;
  /** What it gave, long text cut; null for a failure. */
  readonly result?: JsonObject | null | undefined;
}

/** What the audit can be ordered by. */
export const auditOrders = ['atMs', 'command', 'caller', 'code', 'durationMs'] as const;

/** Which records are wanted; every condition that is given must hold. */
export interface AuditConditions {
  /** From this moment on, up to but not including that one; milliseconds since 1970. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly executionId?: string | undefined;
  readonly caller?: string | undefined;
  readonly command?: string | undefined;
  /** GUID of an object that the input or the result names. */
  readonly objectId?: string | undefined;
  /** `ok`, `failed`, or an error code. */
  readonly outcome?: string | undefined;
  /** What the memo had: `hit`, `miss`, `stale`, `off`. */
  readonly memo?: string | undefined;
}

export interface AuditFilter extends AuditConditions, Ordered<(typeof auditOrders)[number]> {
  /** At most this many, 1 to 1,000. */
  readonly limit: number;
  /** The cursor of the page before: it goes on in the usual order only. */
  readonly cursor?: string | undefined;
}

export interface AuditPage {
  /** The newest first, unless another order is asked for. */
  readonly records: readonly AuditRecord[];
  /** Leads to the next page; null on the last. */
  readonly cursor: string | null;
}

/** Where the audit lives: append only, kill-safe. */
export interface AuditStore {
  /** All of them or, on an error, none. */
  append(...records: readonly AuditRecord[]): Promise<void>;
  /** The newest records first, at most `limit`; of one run when `executionId` is given. */
  recent(limit: number, executionId?: string): Promise<readonly AuditRecord[]>;
  query(filter: AuditFilter): Promise<AuditPage>;
  /** How many there are. */
  count(conditions: AuditConditions): Promise<number>;
  /** Forgets records from before this moment; gives their number. */
  forgetBefore(atMs: number): Promise<number>;
}
