import type { AccessScope } from '../access/token.ts';

/** A token as it is known: not by itself, but by its hash. */
export interface TokenRecord {
  /** Names it to people; no secret. */
  readonly id: string;
  readonly name: string | null;
  /** The one workspace it opens. */
  readonly workspace: string;
  readonly scope: AccessScope;
  readonly createdAtMs: number;
  /** From when on it opens nothing, in milliseconds since 1970; null: it does not expire. */
  readonly expiresAtMs: number | null;
}

/** The tokens of every workspace: who has one is known before his workspace is. Power-safe. */
export interface TokenStore {
  add(token: TokenRecord & { readonly hash: string }): Promise<void>;
  /** The token of this hash, unless it has expired. */
  find(hash: string): Promise<TokenRecord | undefined>;
  /** All of them, expired ones too, the oldest first. */
  list(): Promise<readonly TokenRecord[]>;
  /** False when there is none of this id. */
  remove(id: string): Promise<boolean>;
  close(): Promise<void>;
}
