import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { WebSocket } from 'ws';
import { z } from 'zod';

/**
 * What WwiseFlow is compared with: an MCP server of the bare SDK over stdio, with one tool that sends a WAAPI call as it is. It
 * checks nothing, remembers nothing and reads nothing back. `node pass-through.mjs ws://HOST:PORT/waapi`.
 */
const [, , url = ''] = process.argv;
let link: Promise<Call> | undefined;

const build = (): McpServer => {
  const server = new McpServer({ name: 'pass-through', version: '0.0.0' });
  const inputSchema = z.object({
    uri: z.string().describe('Function.'),
    args: z.record(z.string(), z.unknown()).default({}).describe('Arguments.'),
    options: z.record(z.string(), z.unknown()).default({}).describe('Options.'),
  });
  server.registerTool(
    'call',
    { description: 'Call a function of WAAPI.', inputSchema },
    async ({ uri, args, options }) => {
      link ??= connect(url);
      const answer = await (await link)(uri, args, options);
      return {
        content: [{ type: 'text', text: JSON.stringify(answer) }],
        structuredContent: { answer },
      };
    },
  );
  return server;
};
serveStdio(build, { transport: new StdioServerTransport(process.stdin, process.stdout) });
process.stdin.once('end', () => process.exit());

type Call = (uri: string, args: object, options: object) => Promise<unknown>;

/** The least that WAMP asks of a caller. */
function connect(address: string): Promise<Call> {
  const socket = new WebSocket(address, 'wamp.2.json', { perMessageDeflate: false });
  const waiting = new Map<unknown, { done(value: unknown): void; failed(reason: Error): void }>();
  let last = 0;
  const call: Call = (uri, args, options) =>
    new Promise((done, failed) => {
      last += 1;
      waiting.set(last, { done, failed });
      socket.send(JSON.stringify([48, last, options, uri, [], args]));
    });
  return new Promise((welcomed, refused) => {
    socket.once('error', refused);
    socket.once('open', () => socket.send(JSON.stringify([1, 'realm1', { roles: { caller: {} } }])));
    socket.on('message', (data) => {
      const message: unknown = JSON.parse(String(data));
      if (!Array.isArray(message)) return;
      if (message[0] === 2) welcomed(call);
      if (message[0] === 50) settle(waiting, message[1])?.done(message[4] ?? {});
      if (message[0] === 8) settle(waiting, message[2])?.failed(new Error(JSON.stringify(message.slice(4))));
    });
  });
}

function settle<V>(waiting: Map<unknown, V>, id: unknown): V | undefined {
  const one = waiting.get(id);
  waiting.delete(id);
  return one;
}
