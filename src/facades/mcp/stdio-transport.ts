import type { Readable, Writable } from 'node:stream';
import { type JSONRPCMessage, serializeMessage, type Transport } from '@modelcontextprotocol/server';
import { readMessages } from './message-lines.ts';

/**
 * The transport of MCP over a pair of streams. It does what the one of the protocol library does, but parses and checks a line
 * once, and answers what is no message. It closes itself when the input ends or the output breaks.
 */
export function stdioTransport({
  input,
  output,
}: {
  readonly input: Readable;
  readonly output: Writable;
}): Transport {
  const write = writerTo(output);
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    input.pause();
    transport.onclose?.();
  };
  const fail = (error: Error): void => {
    if (isClosed) return;
    transport.onerror?.(error);
    void close();
  };
  const transport: Transport = {
    start: async () => {
      output.on('error', fail);
      readMessages(input, output, {
        onMessage: (message) => {
          if (!isClosed) transport.onmessage?.(message);
        },
        onEnd: (error) => {
          if (error === undefined) void close();
          else fail(error);
        },
      });
    },
    send: (message) => (isClosed ? Promise.reject(new Error('The client is gone.')) : write(message)),
    close,
  };
  return transport;
}

/** Writes messages; each resolves when the stream takes more. */
function writerTo(output: Writable): (message: JSONRPCMessage) => Promise<void> {
  let draining: Promise<void> | undefined;
  const drained = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        draining = undefined;
        output.off('drain', settle);
        output.off('error', settle);
        if (error === undefined) resolve();
        else reject(error);
      };
      output.once('drain', settle);
      output.once('error', settle);
    });
  return (message) => {
    if (output.write(serializeMessage(message))) return taken;
    draining ??= drained();
    return draining;
  };
}

const taken = Promise.resolve();
