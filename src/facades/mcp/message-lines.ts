import { PassThrough, type Readable, type Writable } from 'node:stream';
import { parseJSONRPCMessage } from '@modelcontextprotocol/server';
import { isJsonObject } from '../../core/json.ts';
import { createBacklog } from '../../core/turns/backlog.ts';
import { isTurnLong, nextTurn } from '../../core/turns/turns.ts';
import { excessOf, invalidRequest, type MessageProblem, messageIdOf } from './message-size.ts';

/**
 * The lines of `input` that are messages, each as one chunk. What is no message is answered on `output`, so that no client
 * waits for an answer that never comes. A line is put together once, when its end is there: a long one costs what it is long,
 * and between the lines, however many there are, others get their turn.
 */
export function messageLines(input: Readable, output: Writable): Readable {
  const messages = new PassThrough();
  const splitter = lineSplitter(longestLineBytes);
  const take = createBacklog(input, longestLineBytes, () => messages.destroy());

  const refuse = ({ id, code, message }: MessageProblem): void => {
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`);
  };

  const pass = async (line: Buffer | null): Promise<void> => {
    const problem = line === null ? tooLong : await problemOf(line);
    if (problem === undefined && line !== null) messages.write(Buffer.concat([line, newline]));
    else if (problem !== undefined && problem !== null) refuse(problem);
    if (isTurnLong()) await nextTurn();
  };

  const end = (): void => take(0, () => void messages.end());
  input.on('data', (chunk: Buffer | string) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    take(bytes.length, async () => {
      for (const line of splitter(bytes)) await pass(line);
    });
  });
  input.on('error', (error) => messages.destroy(error));
  for (const event of ['end', 'close']) input.on(event, end);
  if (input.readableEnded || input.destroyed) end();
  return messages;
}

/** Room for a text of this size; how much else a message may hold is a matter of its values. */
const longestLineBytes = 64 * 1024 * 1024;
const newline = Buffer.from('\n');

/** The codes of JSON-RPC 2.0. */
const parseError = -32700;

const tooLong: MessageProblem = {
  id: null,
  code: invalidRequest,
  message: `The message is longer than ${longestLineBytes} bytes: send less at once.`,
};

/** Undefined for a message, null for an empty line. */
async function problemOf(line: Buffer): Promise<MessageProblem | undefined | null> {
  const excess = await excessOf(line);
  if (excess !== undefined) return excess;
  const text = line.toString('utf8').trim();
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { id: null, code: parseError, message: `The line is not JSON: ${reason.slice(0, 300)}` };
  }
  if (Array.isArray(value)) {
    const message = 'Batches are not served: send each message on a line of its own.';
    return { id: null, code: invalidRequest, message };
  }
  try {
    parseJSONRPCMessage(value);
    return undefined;
  } catch {
    return {
      id: isJsonObject(value) ? messageIdOf(value.id) : null,
      code: invalidRequest,
      message: 'The line is not a JSON-RPC 2.0 request, notification or response.',
    };
  }
}

/** Splits chunks into lines without their ends; null for a line longer than `longest`, of which nothing is kept. */
function lineSplitter(longest: number): (chunk: Buffer) => Generator<Buffer | null> {
  let pieces: Buffer[] = [];
  let length = 0;
  return function* split(chunk) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      const line = length > longest ? null : Buffer.concat(pieces);
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
