import { createHash, createHmac } from 'node:crypto';
import { hookKey } from '../../../../core/access/hook.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { shownAddress } from '../../../../core/secrets/without-credentials.ts';
import { type HttpAnswer, plainAddress } from '../../../remote/http/http-request.ts';
import type { NodeContext } from '../../node-kind.ts';
import { answeredNote, callSoFar, failedNote, sentNote } from '../../requests/call-notes.ts';
import type { DestinationInput } from './destination-input.ts';
import type { RowsToWrite } from './rows-to-write.ts';

/**
 * Sends rows, so many in a request, each request under a name of its own by which a receiver knows it again. That one is sent, and that
 * it was answered, is written down: a run that goes on sends what was not. Throws OUTCOME_UNKNOWN for a request that was under way
 * when the process ended, where sending it twice is not the same as sending it once.
 */
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
  let last: Answered = { status: null, answer: null };
  let written = 0;
  for (let from = 0; from < Math.max(rows.length, 1); from += batchSize) {
    const part = rows.slice(from, from + batchSize);
    const body = JSON.stringify(isSingle ? (part[0] ?? {}) : part);
    const call = `rows ${from}`;
    const { answered, isOpen } = callSoFar(context.notes, call);
    if (answered !== undefined) {
      last = answeredBefore(answered.value);
      continue;
    }
    if (isOpen && !isRepeatable) throw wasCutOff(shown);
    await context.note(sentNote(call));
    try {
      const came = await context.remote.send({
        method: destination === 'webhook' ? 'POST' : method,
        ...{ url, body, isRepeatable, timeoutMs: wanted.requestTimeoutMs, signal: context.signal },
        headers: headersOf(wanted, body, keys[from] ?? `${context.key}/0`, context),
        mostBytes: MOST_ANSWER_BYTES,
        mostRedirects: 0,
        acceptStatus: [],
      });
      last = { status: came.status, answer: answerOf(came) };
    } catch (thrown) {
      // Of what is not known to have failed it stays open.
      if (toWwiseFlowError(thrown).code !== 'OUTCOME_UNKNOWN') await context.note(failedNote(call));
      throw thrown;
    }
    await context.note(answeredNote(call, { ...last }));
    written += part.length;
  }
  return { written, url: shown, ...last };
}

interface Answered {
  readonly status: number | null;
  readonly answer: Json;
}

function answeredBefore(noted: Json): Answered {
  const { status, answer = null } = asJsonObject(noted);
  return { status: typeof status === 'number' ? status : null, answer };
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
function answerOf(answer: HttpAnswer): Json {
  if (answer.bytes.length > LONGEST_ANSWER) return null;
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
