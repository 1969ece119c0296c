import { createHash, createHmac } from 'node:crypto';
import { hookKey } from '../../../../core/access/hook.ts';
import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { shownAddress } from '../../../../core/secrets/without-credentials.ts';
import { type HttpAnswer, plainAddress } from '../../../remote/http/http-request.ts';
import type { NodeContext } from '../../node-kind.ts';
import type { DestinationInput } from './destination-input.ts';
import type { RowsToWrite } from './rows-to-write.ts';

/** Sends rows, so many in a request, each request under a name of its own by which a receiver knows it again. */
export async function sendRows(
  wanted: DestinationInput,
  { rows, keys, isSingle }: RowsToWrite,
  context: NodeContext,
): Promise<JsonObject> {
  const { destination, url: given = '', method, batchSize = Math.max(rows.length, 1), idempotent } = wanted;
  const url = addressOf(given);
  const shown = plainAddress(url);
  if (context.isPreview) return { written: 0, url: shown };
  const isRepeatable = destination === 'webhook' || method === 'PUT' || idempotent;
  if (context.wasCutOff && !isRepeatable) throw wasCutOff(shown);
  let last: HttpAnswer | undefined;
  for (let from = 0; from < Math.max(rows.length, 1); from += batchSize) {
    const part = rows.slice(from, from + batchSize);
    const body = JSON.stringify(isSingle ? (part[0] ?? {}) : part);
    last = await context.remote.send({
      method: destination === 'webhook' ? 'POST' : method,
      ...{ url, body, isRepeatable, timeoutMs: wanted.requestTimeoutMs, signal: context.signal },
      headers: headersOf(wanted, body, keys[from] ?? `${context.key}/0`, context),
      mostBytes: MOST_ANSWER_BYTES,
      mostRedirects: 0,
      acceptStatus: [],
    });
  }
  return { written: rows.length, url: shown, status: last?.status ?? null, answer: answerOf(last) };
}

const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

function addressOf(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new WwiseFlowError('INVALID_INPUT', `"${shownAddress(given)}" is no http or https address.`, {
    hint: 'Write it out, as https://example.com/hook.',
    details: { field: 'url' },
  });
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
function answerOf(answer: HttpAnswer | undefined): Json {
  if (answer === undefined || answer.bytes.length > LONGEST_ANSWER) return null;
  const text = answer.bytes.toString('utf8');
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

const LONGEST_ANSWER = 100_000;

function wasCutOff(shown: string): WwiseFlowError {
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
