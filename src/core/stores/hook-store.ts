import type { HookSignature } from '../access/hook.ts';

/** A webhook as it is known: its token by the hash alone. */
export interface HookRecord {
  /** Names it to people; no secret. */
  readonly id: string;
  readonly name: string | null;
  /** Whose workflow it starts, and whose the runs are. */
  readonly workspace: string;
  readonly workflowId: string;
  /** The run that a delivery answers; null: it starts one. */
  readonly executionId: string | null;
  /** Of that run, the node that asks; null: the one that does. */
  readonly node: string | null;
  /** Every delivery must be signed. */
  readonly isSigned: boolean;
  /** In which form; null: they are not. */
  readonly signature: HookSignature | null;
  readonly createdAtMs: number;
  /** From when on it starts nothing, in milliseconds since 1970; null: it does not expire. */
  readonly expiresAtMs: number | null;
}

/** What a list of webhooks can be ordered by. */
export const hookOrders = ['createdAtMs', 'workflowId', 'name', 'expiresAtMs'] as const;

/** The webhooks of every workspace: whose one is is known before its workspace is. Power-safe. */
export interface HookStore {
  /** `sealedSecret`: null where deliveries are not signed. */
  add(hook: HookRecord & { readonly hash: string; readonly sealedSecret: string | null }): Promise<void>;
  /** The webhook whose token has this hash, unless it has expired. */
  find(hash: string): Promise<(HookRecord & { readonly sealedSecret: string | null }) | undefined>;
  /** Expired ones too, the oldest first; of one workspace, or of all (null). */
  list(workspace: string | null): Promise<readonly HookRecord[]>;
  /** Removes it and what is remembered of its deliveries. False when that workspace, or any (null), has none of this id. */
  remove(id: string, workspace: string | null): Promise<boolean>;
  /** Keeps which run a delivery starts, unless it is kept already; gives the one that is kept. */
  claim(delivery: HookDelivery): Promise<string>;
  /** Which run is kept for a delivery; undefined: none. */
  claimed(delivery: Pick<HookDelivery, 'hookId' | 'deliveryId'>): Promise<string | undefined>;
  /** Forgets deliveries that were claimed before this moment. */
  forgetBefore(atMs: number): Promise<number>;
  close(): Promise<void>;
}

export interface HookDelivery {
  readonly hookId: string;
  /** As its sender names it: the same for every attempt to deliver the same thing. */
  readonly deliveryId: string;
  readonly executionId: string;
  readonly atMs: number;
}
