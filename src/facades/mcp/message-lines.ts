import type { Readable, Writable } from 'node:stream';
import {
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  parseJSONRPCMessage,
} from '@modelcontextprotocol/server';
import { isJsonObject } from '../../core/json.ts';
import { createBacklog } from '../../core/turns/backlog.ts';
import { isTurnLong, nextTurn } from '../../core/turns/turns.ts';
import { excessOf, excessOfShort, invalidRequest, type MessageProblem, messageIdOf } from './message-size.ts';

/** Who gets what comes in. */
export interface MessageReader {
  onMessage(message: JSONRPCMessage): void;
  /** Once, behind every message: the input has ended, or cannot be read any more. */
  onEnd(error?: Error): void;
}

/**
 * Reads the lines of `input` as messages, each parsed once. What is no message is answered on `output`, so that no client
 * waits for an answer that never comes. A line is put together once, when its end is there: a long one costs what it is long,
 * and between the lines, however many there are, others get their turn.
 */
export function readMessages(input: Readable, output: Writable, reader: MessageReader): void {
  const splitter = lineSplitter(longestLineBytes);
  let hasEnded = false;
  const finish = (error?: Error): void => {
    if (hasEnded) return;
    hasEnded = true;
    reader.onEnd(error);
  };
  const take = createBacklog(input, longestLineBytes, (thrown) =>
    finish(thrown instanceof Error ? thrown : new Error(String(thrown))),
  );

  const refuse = ({ id, code, message }: MessageProblem): void => {
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`);
  };

  const give = (read: ReadLine): void => {
    if (hasEnded) return;
    if ('message' in read) reader.onMessage(read.message);
    else if (read.problem !== null) refuse(read.problem);
  };

  const pass = async (line: Buffer | null): Promise<void> => {
    if (line === null) refuse(tooLong);
    else {
      const excess = line.length <= shortLineBytes ? excessOfShort(line) : await excessOf(line);
      give(excess === undefined ? readLine(line) : { problem: excess });
    }
    if (isTurnLong()) await nextTurn();
  };

  const end = (): void => take(0, () => finish());
  input.on('data', (chunk: Buffer | string) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    take(bytes.length, async () => {
      for (const line of splitter(bytes)) await pass(line);
    });
  });
  input.on('error', finish);
  for (const event of ['end', 'close']) input.on(event, end);
  if (input.readableEnded || input.destroyed) end();
}

/** Room for a text of this size; how much else a message may hold is a matter of its values. */
const longestLineBytes = 64 * 1024 * 1024;
/** To look through one of these takes no time that others would notice. */
const shortLineBytes = 65_536;

/** The codes of JSON-RPC 2.0. */
const parseError = -32700;

const tooLong: MessageProblem = {
  id: null,
  code: invalidRequest,
  message: `The message is longer than ${longestLineBytes} bytes: send less at once.`,
};

/** `problem` is null for an empty line. */
type ReadLine = { readonly message: JSONRPCMessage } | { readonly problem: MessageProblem | null };

function readLine(line: Buffer): ReadLine {
  const text = line.toString('utf8').trim();
  if (text === '') return { problem: null };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return {
      problem: { id: null, code: parseError, message: `The line is not JSON: ${reason.slice(0, 300)}` },
    };
  }
  if (Array.isArray(value)) {
    const message = 'Batches are not served: send each message on a line of its own.';
    return { problem: { id: null, code: invalidRequest, message } };
  }
  if (isPlain(value)) return { message: value };
  try {
    return { message: parseJSONRPCMessage(value) };
  } catch {
    return {
      problem: {
        id: isJsonObject(value) ? messageIdOf(value.id) : null,
        code: invalidRequest,
        message: 'The line is not a JSON-RPC 2.0 request, notification or response.',
      },
    };
  }
}

/** A request or notification that has nothing the schemas of the protocol would look into: they would pass it as it is. */
function isPlain(value: unknown): value is JSONRPCRequest | JSONRPCNotification {
  if (!isJsonObject(value)) return false;
  const { jsonrpc, id, method, params } = value;
  if (jsonrpc !== '2.0' || typeof method !== 'string') return false;
  if (id !== undefined && typeof id !== 'string' && !Number.isSafeInteger(id)) return false;
  if (params !== undefined && (!isJsonObject(params) || params._meta !== undefined)) return false;
  for (const name in value) if (!membersOfPlain.has(name)) return false;
  return true;
}

const membersOfPlain: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params']);

/** Splits chunks into lines without their ends; null for a line longer than `longest`, of which nothing is kept. */
function lineSplitter(longest: number): (chunk: Buffer) => Generator<Buffer | null> {
  let pieces: Buffer[] = [];
  let length = 0;
  return function* split(chunk) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      const [only, ...others] = pieces;
      const line = length > longest ? null : (others.length === 0 && only) || Buffer.concat(pieces);
      pieces = [];
      length = 0;
      yield line;
    }
    keep(chunk.subarray(from));
  };

  function keep(piece: Buffer): void {
    length += piece.length;
    if (length > longest) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  }
}
