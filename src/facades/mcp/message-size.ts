import { deepestDocument } from '../../core/json.ts';
import { type JsonBounds, type JsonSize, jsonSize } from '../../core/json-bounds.ts';
import { atOnce, inTurns } from '../../core/turns/turns.ts';

/** Why a message is not handled, as JSON-RPC answers it. */
export interface MessageProblem {
  readonly id: string | number | null;
  readonly code: number;
  readonly message: string;
}

/** A code of JSON-RPC 2.0. */
export const invalidRequest = -32600;

/** Why a message holds more than is parsed; undefined where it does not. It is measured before anything is parsed. */
export async function excessOf(text: Buffer): Promise<MessageProblem | undefined> {
  return problemOf(await inTurns(jsonSize(text, bounds)));
}

/** The same at once, for a text that is looked through in no time. */
export function excessOfShort(text: Buffer): MessageProblem | undefined {
  return problemOf(atOnce(jsonSize(text, bounds)));
}

function problemOf({ excess, id }: JsonSize): MessageProblem | undefined {
  if (excess === null) return undefined;
  const message = `The message ${excess}: send less at once.`;
  return { id: messageIdOf(parsed(id)), code: invalidRequest, message };
}

/** Room for a workflow of ten thousand nodes. Of the depth: what surrounds the arguments of a tool in its message. */
const bounds: JsonBounds = { deepest: deepestDocument + 16, mostValues: 100_000 };

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a message can be named by; null for anything else. */
export function messageIdOf(id: unknown): string | number | null {
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
