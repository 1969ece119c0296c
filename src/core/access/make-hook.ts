import { randomBytes } from 'node:crypto';
import type { HookRecord, HookStore } from '../stores/hook-store.ts';
import { newHookSecret, newHookToken, sealSecret } from './hook.ts';
import { hashToken } from './token.ts';

export interface WantedHook {
  readonly workspace: string;
  readonly workflowId: string;
  readonly name?: string | undefined;
  /** Null: it does not expire. */
  readonly days: number | null;
  /** Deliveries must be signed with a secret of its own. */
  readonly signed: boolean;
}

/** A new webhook, with what is shown of it once. */
export interface MadeHook {
  readonly record: HookRecord;
  readonly token: string;
  /** Null where deliveries are not signed. */
  readonly secret: string | null;
}

/** Makes a webhook that starts a workflow. Whether there is such a workflow shows when something is delivered. */
export async function makeHook(
  hooks: HookStore,
  { workspace, workflowId, name = undefined, days, signed }: WantedHook,
): Promise<MadeHook> {
  const token = newHookToken();
  const secret = signed ? newHookSecret() : null;
  const createdAtMs = Date.now();
  const record: HookRecord = {
    ...{ id: randomBytes(4).toString('hex'), name: name ?? null, workspace, workflowId },
    ...{ isSigned: signed, createdAtMs },
    expiresAtMs: days === null ? null : createdAtMs + days * dayMs,
  };
  const sealedSecret = secret === null ? null : sealSecret(secret, token);
  await hooks.add({ ...record, hash: hashToken(token), sealedSecret });
  return { record, token, secret };
}

const dayMs = 86_400_000;
