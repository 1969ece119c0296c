import type { RawData } from 'ws';
import { deepestDocument, type Json } from '../../core/json.ts';
import { type JsonBounds, jsonSize } from '../../core/json-bounds.ts';
import { parseJsonSteps } from '../../core/parse-json-steps.ts';
import { inTurns } from '../../core/turns/turns.ts';

/** Messages of the WAMP basic profile a dealer and broker meets. */
export const wamp = {
  HELLO: 1,
  WELCOME: 2,
  ABORT: 3,
  GOODBYE: 6,
  ERROR: 8,
  PUBLISH: 16,
  SUBSCRIBE: 32,
  SUBSCRIBED: 33,
  UNSUBSCRIBE: 34,
  UNSUBSCRIBED: 35,
  EVENT: 36,
  CALL: 48,
  CANCEL: 49,
  RESULT: 50,
  REGISTER: 64,
  UNREGISTER: 66,
} as const;

/** Session, subscription and publication ids stay below this: the C# client parses them as 32-bit integers. */
export const largestInt32 = 2 ** 31 - 1;

/** A text frame: its array; what is refused of it, since it holds too much; or undefined when it is neither. */
export async function readMessage(
  data: RawData,
): Promise<
  readonly Json[] | { readonly type: number; readonly request: number; readonly excess: string } | undefined
> {
  const bytes = bytesOf(data);
  const { excess } = await inTurns(jsonSize(bytes, messageBounds));
  if (excess !== null) {
    const [, type, request] = headOfRequest.exec(bytes.toString('latin1', 0, longestHead)) ?? [];
    const id = requestId(Number(request));
    return id === undefined ? undefined : { type: Number(type), request: id, excess };
  }
  try {
    const message = await inTurns(parseJsonSteps(bytes.toString('utf8')));
    return Array.isArray(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Room for an import of twenty thousand files in one message. Of the depth: what surrounds the arguments of a call. */
export const messageBounds: JsonBounds = { deepest: deepestDocument + 16, mostValues: 200_000 };

/** `[48,7,`: the kind of message and its request. */
const headOfRequest = /^\s*\[\s*(\d{1,2})\s*,\s*(\d{1,16})\s*,/;
const longestHead = 200;

/** In bytes. */
export function sizeOf(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength;
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** Any whole number up to 2^53 inclusive: the Python client draws them at random. */
export function requestId(id: Json | undefined): number | undefined {
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= 2 ** 53 ? id : undefined;
}
