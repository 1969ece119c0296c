import type { Json, JsonObject } from '../json.ts';
import type { Durability } from './durability.ts';
import type { Ordered } from './run-store.ts';

/** A memo entry: `intent` was written before the effect, `done` after it. */
export type MemoEntry =
  | {
      readonly state: 'intent';
      readonly key: string;
      readonly command: string;
      readonly before: Json;
      readonly atMs: number;
    }
  | {
      readonly state: 'done';
      readonly key: string;
      readonly command: string;
      readonly data: JsonObject;
      readonly claims: readonly JsonObject[];
      readonly atMs: number;
    };

export interface MemoIntent {
  readonly key: string;
  readonly command: string;
  readonly before: Json;
}

export interface MemoResult {
  readonly key: string;
  readonly command: string;
  readonly data: JsonObject;
  readonly claims: readonly JsonObject[];
  /** `killSafe` where a power cut takes what it speaks of as well, until `makePowerSafe`. Default: `powerSafe`. */
  readonly durability?: Durability | undefined;
}

/** What the memo can be ordered by. */
export const memoOrders = ['atMs', 'command', 'key'] as const;

export interface MemoFilter extends Pick<Ordered<(typeof memoOrders)[number]>, 'sortBy' | 'sortOrder'> {
  /** The key, or how it begins. */
  readonly key?: string | undefined;
  readonly command?: string | undefined;
  /** GUID or other text that the result or its claims contain. */
  readonly text?: string | undefined;
  readonly state?: 'intent' | 'done' | undefined;
  /** Recorded from this moment on, up to but not including that one; milliseconds since 1970. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

/**
 * Where the idempotency memo lives. Results are power-safe: they are answers that were confirmed. Those of edits that are not
 * saved need not be so before the project is: a power cut that takes them takes the edits with them. So it is with intents, which
 * stand in the journal before the effect begins.
 */
export interface MemoStore {
  get(key: string): Promise<MemoEntry | undefined>;
  /** Those of the keys that hold something, at once. */
  getMany(keys: readonly string[]): Promise<readonly MemoEntry[]>;
  /** Journals that effects are about to happen, all or none. Each replaces what its key held. */
  intend(...intents: readonly MemoIntent[]): Promise<void>;
  /** Records results and what they claim, all or none. */
  complete(...results: readonly MemoResult[]): Promise<void>;
  /** Resolves once every result so far survives a power cut: to be awaited before the project is saved. */
  makePowerSafe(): Promise<void>;
  /** Forgets the key: the effect is known not to have happened. */
  forget(key: string): Promise<void>;
  /** Forgets what was recorded before this moment; gives the number of keys. */
  forgetBefore(atMs: number): Promise<number>;
  /** Entries that fit, the newest first unless another order is asked for. */
  find(filter: MemoFilter): Promise<{ readonly entries: readonly MemoEntry[]; readonly total: number }>;
}

/** What the artifacts of results that are too large for a row belong to, instead of a run. */
export const MEMO_ARTIFACTS = { kind: 'result', run: 'memo' } as const;
