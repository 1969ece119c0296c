import { randomBytes } from 'node:crypto';
import { WwiseFlowError } from '../errors.ts';
import type { HookRecord, HookStore } from '../stores/hook-store.ts';
import { type HookSignature, newHookSecret, newHookToken, sealSecret, signingKey } from './hook.ts';
import { hashToken } from './token.ts';

export interface WantedHook {
  readonly workspace: string;
  readonly workflowId: string;
  readonly name?: string | undefined;
  /** Null: it does not expire. */
  readonly days: number | null;
  /** How its deliveries must be signed; null: they need not be. */
  readonly signature: HookSignature | null;
  /** What signs them, where the service that delivers made it. Left out: a new one. */
  readonly secret?: string | undefined;
  /** The run that it answers, instead of starting one. */
  readonly executionId?: string | undefined;
  /** Of that run, the node that asks; left out: the one that does. */
  readonly node?: string | undefined;
}

/** A new webhook, with what is shown of it once. */
export interface MadeHook {
  readonly record: HookRecord;
  readonly token: string;
  /** Null where deliveries are not signed, or who asked for it has it. */
  readonly secret: string | null;
}

/**
 * Makes a webhook that starts a workflow, or answers a run. Whether there is such a one is for the caller to know. Throws
 * INVALID_INPUT for a secret that cannot sign.
 */
export async function makeHook(
  hooks: HookStore,
  { workspace, workflowId, name, days, signature, secret: given, executionId, node }: WantedHook,
): Promise<MadeHook> {
  const token = newHookToken();
  const secret = signature === null ? null : (given ?? newHookSecret());
  if (signature === null ? given !== undefined : signingKey(secret ?? '', signature) === undefined)
    throw uselessSecret(signature);
  const createdAtMs = Date.now();
  const record: HookRecord = {
    ...{ id: randomBytes(4).toString('hex'), name: name ?? null, workspace, workflowId },
    ...{ executionId: executionId ?? null, node: node ?? null },
    ...{ isSigned: signature !== null, signature, createdAtMs },
    expiresAtMs: days === null ? null : createdAtMs + days * dayMs,
  };
  const sealedSecret = secret === null ? null : sealSecret(secret, token);
  await hooks.add({ ...record, hash: hashToken(token), sealedSecret });
  return { record, token, secret: given === undefined ? secret : null };
}

function uselessSecret(signature: HookSignature | null): WwiseFlowError {
  const [message, hint] =
    signature === null
      ? ['A secret signs nothing where deliveries need no signature.', 'Say which form the signature has.']
      : [
          `This secret cannot sign in the form "${signature}".`,
          'Standard Webhooks wants "whsec_" and base64.',
        ];
  return new WwiseFlowError('INVALID_INPUT', message, { hint, details: { signature } });
}

const dayMs = 86_400_000;
