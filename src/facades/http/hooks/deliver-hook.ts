import { openSecret } from '../../../core/access/hook.ts';
import { hashToken } from '../../../core/access/token.ts';
import { createKeyLock } from '../../../core/dispatch/execute/key-lock.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { type Result, success } from '../../../core/result.ts';
import type { HookStore } from '../../../core/stores/hook-store.ts';
import type { DeliveredBody } from '../../../workflow/service.ts';
import { isJsonType, parseJsonBody } from '../guards/parse-json.ts';
import type { RateLimit } from '../guards/rate-limit.ts';
import type { HttpParts } from '../http-parts.ts';
import { checkSignature } from './check-signature.ts';

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
    if (hook.sealedSecret !== null)
      checkSignature(headers, content, openSecret(hook.sealedSecret, token), atMs);
    const body = await bodyOf(content, headers.get('content-type'));
    const deliveryId = deliveryIdOf(headers);
    await forgetOld(hooks, atMs);
    const { id: hookId, workspace, workflowId } = hook;
    const claim = async (executionId: string): Promise<string> =>
      deliveryId === undefined ? executionId : hooks.claim({ hookId, deliveryId, executionId, atMs });
    const service = await openRoom(workspace).openService();
    const deliver = () => service.deliver({ workflowId, body, claim, caller: 'hook' });
    const delivered = await (deliveryId === undefined
      ? deliver()
      : inTurn(JSON.stringify([hookId, deliveryId]), deliver));
    if (!delivered.ok) return delivered;
    const { executionId, isRepeated } = delivered.data;
    return success({ executionId, workflowId, isRepeated });
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
  if (id === undefined || id.length <= longestId) return id;
  throw new WwiseFlowError('INVALID_INPUT', `The delivery is named by ${id.length} characters.`, {
    hint: `Name it by at most ${longestId}.`,
  });
}

const longestId = 256;

/** @throws WwiseFlowError INVALID_INPUT for what is declared as JSON and is none */
async function bodyOf(content: Buffer, type: string | null): Promise<DeliveredBody> {
  const text = content.toString('utf8');
  return isJsonType(type) ? { text, json: await parseJsonBody(content, type) } : { text };
}
