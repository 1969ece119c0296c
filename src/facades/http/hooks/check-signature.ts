import { createHmac, timingSafeEqual } from 'node:crypto';
import { hookKey } from '../../../core/access/hook.ts';
import { WwiseFlowError } from '../../../core/errors.ts';

/** So far the time of a signed delivery may be from now. */
const toleranceMs = 5 * 60_000;
/** While a sender changes its key it may sign with several. */
const mostSignatures = 8;

/**
 * Checks the signature of a delivery as Standard Webhooks has it: HMAC SHA-256 of `id.timestamp.body` in `webhook-signature`.
 * @throws WwiseFlowError NOT_AUTHENTICATED when a header is missing, the time is not near `nowMs`, or no signature fits
 */
export function checkSignature(headers: Headers, content: Buffer, secret: string, nowMs: number): void {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headers.get(name),
  );
  if (!id || !timestamp || !signatures) throw refused('This webhook takes signed deliveries only.');
  const atMs = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
  if (!(Math.abs(nowMs - atMs) <= toleranceMs))
    throw refused(`The delivery is of the time "${timestamp.slice(0, 40)}", which is not now.`);
  const key = hookKey(secret);
  if (key === undefined) throw refused('The secret of this webhook cannot be used.');
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(content).digest();
  const isRight = (signature: string): boolean => {
    const [version, digest = ''] = signature.split(',');
    const given = Buffer.from(digest, 'base64');
    return version === 'v1' && given.length === right.length && timingSafeEqual(given, right);
  };
  if (!signatures.split(' ').slice(0, mostSignatures).some(isRight))
    throw refused('The signature of the delivery does not fit.');
}

function refused(message: string): WwiseFlowError {
  return new WwiseFlowError('NOT_AUTHENTICATED', message, {
    hint: 'Send webhook-id, webhook-timestamp (seconds) and webhook-signature: "v1," and the HMAC SHA-256 of ID.TIMESTAMP.BODY in base64.',
  });
}
