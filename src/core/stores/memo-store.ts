import type { Json, JsonObject } from '../json.ts';

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
}

export interface MemoFilter {
  readonly command?: string | undefined;
  /** GUID or other text that the result or its claims contain. */
  readonly text?: string | undefined;
  readonly state?: 'intent' | 'done' | undefined;
  readonly limit: number;
  readonly offset: number;
}

/**
 * Where the idempotency memo lives. Writes are durable when they return: an intent that was not on disk before
 * the effect would be worth nothing.
 */
export interface MemoStore {
  get(key: string): MemoEntry | undefined;
  /** Those of the keys that hold something, at once. */
  getMany?(keys: readonly string[]): readonly MemoEntry[];
  /** Journals that the effect is about to happen. Replaces what the key held. */
  intend(key: string, command: string, before: Json): void;
  /** Records the result and what it claims. */
  complete(key: string, command: string, data: JsonObject, claims: readonly JsonObject[]): void;
  /** Many intents in one transaction. */
  intendMany?(intents: readonly MemoIntent[]): void;
  /** Many results in one transaction. */
  completeMany?(results: readonly MemoResult[]): void;
  /** Forgets the key: the effect is known not to have happened. */
  forget(key: string): void;
  /** Forgets what was recorded before this moment; gives the number of keys. */
  forgetBefore?(atMs: number): number;
  /** Entries that fit, the newest first. */
  find?(filter: MemoFilter): { readonly entries: readonly MemoEntry[]; readonly total: number };
  close(): void;
}
