import { createHash, createHmac } from 'node:crypto';
import { hookKey } from '../../../../core/access/hook.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import type { OutsideAnswer } from '../../../../core/outside/outside.ts';
import { shownAddress } from '../../../../core/secrets/without-credentials.ts';
import type { NodeContext } from '../../node-kind.ts';
import type { DestinationInput } from './destination-input.ts';
import type { RowsToWrite } from './rows-to-write.ts';

/** Sends rows, so many in a request, each request under a name of its own by which a receiver knows it again. */
export async function sendRows(
  wanted: DestinationInput,
  { rows, keys, isSingle }: RowsToWrite,
  context: NodeContext,
): Promise<JsonObject> {
  const { destination, url = '', method, batchSize = Math.max(rows.length, 1), idempotent } = wanted;
  if (context.isPreview) return { written: 0, url: shownAddress(url) };
  const isRepeatable = destination === 'webhook' || method === 'PUT' || idempotent;
  if (context.wasCutOff && !isRepeatable) throw wasCutOff(url);
  let last: OutsideAnswer | undefined;
  for (let from = 0; from < Math.max(rows.length, 1); from += batchSize) {
    const part = rows.slice(from, from + batchSize);
    const body = JSON.stringify(isSingle ? (part[0] ?? {}) : part);
    const headers = headersOf(wanted, body, keys[from] ?? `${context.key}/0`, context);
    last = await context.outside.send(
      {
        method: destination === 'webhook' ? 'POST' : method,
        ...{ url, headers, body, isRepeatable, timeoutMs: wanted.requestTimeoutMs },
      },
      context.signal,
    );
    if (last.status < 200 || last.status > 299) throw refusedBy(url, last, isRepeatable, from);
  }
  return {
    written: rows.length,
    url: shownAddress(url),
    status: last?.status ?? null,
    answer: answerOf(last),
  };
}

function headersOf(
  { destination, headers, secret }: DestinationInput,
  body: string,
  key: string,
  { now }: NodeContext,
): Readonly<Record<string, string>> {
  const id = `msg_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
  const all = { 'content-type': 'application/json', ...headers };
  if (destination === 'api') return { ...all, 'idempotency-key': id };
  const timestamp = String(Math.floor(now() / 1_000));
  const named = { ...all, 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === undefined) return named;
  const signing = hookKey(secret);
  if (signing === undefined) throw badSecret();
  const signature = createHmac('sha256', signing).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...named, 'webhook-signature': `v1,${signature}` };
}

/** As JSON where it is some, else as text; a long one is for a node that asks for it. */
function answerOf(answer: OutsideAnswer | undefined): Json {
  const text = answer?.text ?? '';
  if (text.length > LONGEST_ANSWER) return null;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

const LONGEST_ANSWER = 100_000;

/** Statuses that pass by themselves, and that say nothing was done. */
const tooBusy: ReadonlySet<number> = new Set([429, 503]);

function refusedBy(
  url: string,
  { status, text }: OutsideAnswer,
  isRepeatable: boolean,
  sent: number,
): WwiseFlowError {
  const shown = shownAddress(url);
  const mayPass = tooBusy.has(status) || (status >= 500 && isRepeatable) || status === 408;
  const before = sent === 0 ? '' : ` ${sent} rows had been sent before.`;
  return new WwiseFlowError(
    mayPass ? 'REQUEST_FAILED' : 'REQUEST_REFUSED',
    `${shown} answered ${status}.${before}`,
    {
      hint: mayPass
        ? 'It may pass by itself: "retry" of the node tries again.'
        : 'Correct what the answer in details complains of.',
      details: { url: shown, status, answer: text.slice(0, 2_000), sentBefore: sent },
    },
  );
}

function wasCutOff(url: string): WwiseFlowError {
  const shown = shownAddress(url);
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `The process ended while a request to ${shown} was under way: whether it was done is not known.`,
    {
      hint: 'Look there. Say "idempotent": true where it goes by the header Idempotency-Key; or resume with force and this node to send it again.',
      details: { url: shown },
    },
  );
}

function badSecret(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'The "secret" of the webhook cannot be used as a key.', {
    hint: 'Give one that begins with "whsec_" and goes on in base64, as the receiver has it.',
    details: { field: 'secret' },
  });
}
