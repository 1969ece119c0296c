import type { RawData } from 'ws';
import type { Json } from '../../core/json.ts';

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

/** The JSON array of a text frame, or undefined when it is none. */
export function parseMessage(data: RawData): readonly Json[] | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    return Array.isArray(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Any whole number up to 2^53 inclusive: the Python client draws them at random. */
export function requestId(id: Json | undefined): number | undefined {
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= 2 ** 53 ? id : undefined;
}
