import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HookSignature, signingKey } from '../../../core/access/hook.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { type SignedDelivery, signatureForms } from './signature-forms.ts';

/** So far the time of a signed delivery may be from now. */
const toleranceMs = 5 * 60_000;
/** While a sender changes its key it may sign with several. */
const mostSignatures = 8;

/** How a webhook has its deliveries signed, and with what. */
export interface Signing {
  readonly signature: HookSignature;
  readonly secret: string;
}

/**
 * Checks the signature of a delivery: HMAC SHA-256 of what its form signs.
 * @throws WwiseFlowError NOT_AUTHENTICATED when a header is missing, a signed time is not near `nowMs`, or no signature fits
 */
export function checkSignature(
  headers: Headers,
  content: Buffer,
  { signature, secret }: Signing,
  nowMs: number,
): void {
  const { read, encoding, hint } = signatureForms[signature];
  const refused = (message: string): WwiseFlowError =>
    new WwiseFlowError('NOT_AUTHENTICATED', message, { hint });
  const signed = read(headers);
  if (signed === undefined) throw refused('This webhook takes signed deliveries only.');
  checkTime(signed, nowMs, refused);
  const key = signingKey(secret, signature);
  if (key === undefined) throw refused('The secret of this webhook cannot be used.');
  const right = createHmac('sha256', key).update(signed.before).update(content).digest();
  const isRight = (digest: string): boolean => {
    const given = Buffer.from(digest, encoding);
    return given.length === right.length && timingSafeEqual(given, right);
  };
  if (!signed.digests.slice(0, mostSignatures).some(isRight))
    throw refused('The signature of the delivery does not fit.');
}

function checkTime(
  { timestamp }: SignedDelivery,
  nowMs: number,
  refused: (message: string) => WwiseFlowError,
): void {
  if (timestamp === null) return;
  const atMs = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
  if (!(Math.abs(nowMs - atMs) <= toleranceMs))
    throw refused(`The delivery is of the time "${timestamp.slice(0, 40)}", which is not now.`);
}
