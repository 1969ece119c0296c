import { openSecret } from '../../../core/access/hook.ts';
import { hashToken } from '../../../core/access/token.ts';
import { createKeyLock } from '../../../core/dispatch/execute/key-lock.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString } from '../../../core/json.ts';
import { type Result, success } from '../../../core/result.ts';
import type { HookStore } from '../../../core/stores/hook-store.ts';
import type { RateLimit } from '../guards/rate-limit.ts';
import type { HttpParts } from '../http-parts.ts';
import { checkSignature } from './check-signature.ts';
import { deliverAnswer } from './deliver-answer.ts';
import { deliveredBody } from './delivered-body.ts';
import { signatureForms } from './signature-forms.ts';

/** What a delivery comes with. */
export interface ReceivedDelivery {
  /** As it stands in the address. */
  readonly token: string;
  readonly headers: Headers;
  /** Reads the body, in bounds. */
  read(): Promise<Buffer>;
}

/** Takes deliveries: gives undefined where no webhook has that token. May throw WwiseFlowError. */
export type DeliverHook = (request: ReceivedDelivery) => Promise<Result | undefined>;

/** `rate`: of each webhook. */
export function createHookDelivery(
  { openHooks, openRoom }: Pick<HttpParts, 'openHooks' | 'openRoom'>,
  rate: RateLimit,
): DeliverHook {
  const inTurn = createKeyLock();
  let forgotAtMs = 0;
  const forgetOld = async (hooks: HookStore, nowMs: number): Promise<void> => {
    if (nowMs - forgotAtMs < hourMs) return;
    forgotAtMs = nowMs;
    await hooks.forgetBefore(nowMs - rememberedMs);
  };

  return async ({ token, headers, read }) => {
    const hooks = await openHooks();
    const hook = await hooks.find(hashToken(token));
    if (hook === undefined) return undefined;
    rate.take(hook.id);
    const content = await read();
    const atMs = Date.now();
    const { id: hookId, workspace, workflowId, signature } = hook;
    if (hook.sealedSecret !== null && signature !== null)
      checkSignature(headers, content, { signature, secret: openSecret(hook.sealedSecret, token) }, atMs);
    const body = await deliveredBody(content, headers.get('content-type'));
    if (signature === 'slack' && asJsonObject(body.json).type === 'url_verification')
      return success({ challenge: asString(asJsonObject(body.json).challenge) ?? '' });
    const deliveryId =
      signature === null
        ? deliveryIdOf(headers)
        : checkedId(signatureForms[signature].nameOf(headers, content, body.json));
    await forgetOld(hooks, atMs);
    const claim = async (executionId: string): Promise<string> =>
      deliveryId === undefined ? executionId : hooks.claim({ hookId, deliveryId, executionId, atMs });
    const service = await openRoom(workspace).openService();
    const answers = hook.executionId;
    const deliver = async (): Promise<Result> => {
      if (answers !== null) {
        const isKnown = async () =>
          deliveryId !== undefined && (await hooks.claimed({ hookId, deliveryId })) !== undefined;
        return deliverAnswer(hook, answers, { service, body, isKnown, keep: () => claim(answers) });
      }
      const delivered = await service.deliver({ workflowId, body, claim, caller: 'hook' });
      if (!delivered.ok) return delivered;
      const { executionId, isRepeated } = delivered.data;
      return success({ executionId, workflowId, isRepeated });
    };
    return deliveryId === undefined ? deliver() : inTurn(JSON.stringify([hookId, deliveryId]), deliver);
  };
}

const hourMs = 3_600_000;
/** Senders try again for days, not for weeks. */
const rememberedMs = 7 * 24 * hourMs;

/** What senders name a delivery by. */
const deliveryHeaders = [
  'webhook-id',
  'idempotency-key',
  'x-github-delivery',
  'x-gitlab-event-uuid',
] as const;

/** @throws WwiseFlowError INVALID_INPUT for a name that is too long to be remembered: the delivery could be repeated */
function deliveryIdOf(headers: Headers): string | undefined {
  const names = deliveryHeaders.map((header) => headers.get(header));
  const id = names.find((name): name is string => name !== null && name !== '');
  return id === undefined ? undefined : checkedId(id);
}

function checkedId(id: string): string {
  if (id.length <= longestId) return id;
  throw new WwiseFlowError('INVALID_INPUT', `The delivery is named by ${id.length} characters.`, {
    hint: `Name it by at most ${longestId}.`,
  });
}

const longestId = 256;
