import { createServer, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { withLast } from '../../../bench/agent/run-task.ts';
import { type AgentTask, type Turn, turnsOf } from '../../../bench/agent/task.ts';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { type Heard, heardAsChat, heardAsMessages } from './said.ts';

/** What a scripted model says at the end of a turn. */
export type ReportOf = (turn: Turn) => JsonObject;

export interface ScriptedModel {
  /** Up to its version, as the runner wants it. */
  readonly url: string;
  close(): Promise<void>;
}

const key = 'a-key-of-the-test';

/**
 * A model endpoint that knows the tasks by what the person says, and answers in the format it is asked in: the next of the scripted
 * calls, then the report. It has nothing but what comes over the wire. `busy`: so many requests are first turned away.
 */
export async function startScriptedModel(
  tasks: readonly AgentTask[],
  { report = honest, busy = 0 }: { readonly report?: ReportOf; readonly busy?: number } = {},
): Promise<ScriptedModel> {
  let turnedAway = 0;
  const answer = async (request: IncomingMessage): Promise<readonly [number, JsonObject]> => {
    const body = asJsonObject(JSON.parse(await textOf(request)));
    const isChat = request.url === '/v1/chat/completions';
    if (!isChat && request.url !== '/v1/messages') return [404, { error: 'No such path.' }];
    const given = isChat ? request.headers.authorization : request.headers['x-api-key'];
    if (given !== (isChat ? `Bearer ${key}` : key)) return [401, { error: 'No such key.' }];
    if (turnedAway++ < busy) return [429, { error: 'Busy.' }];
    const heard = isChat ? heardAsChat(body) : heardAsMessages(body);
    const next = nextCall(heard, tasks, report);
    if (!heard.tools.includes(next.name)) return [400, { error: `${next.name} is not offered.` }];
    const usage = [JSON.stringify(body).length, JSON.stringify(next).length].map((bytes) =>
      Math.ceil(bytes / 4),
    );
    return [200, isChat ? asChat(next, usage) : asMessage(next, usage)];
  };
  const server = createServer((request, response) => {
    answer(request)
      .catch((thrown: unknown): [number, JsonObject] => [400, { error: String(thrown) }])
      .then(([status, body]) =>
        response
          .writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' })
          .end(JSON.stringify(body)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export const scriptedKey: string = key;

/** The report that is true of the scripted calls. */
export function honest({ outcome, answer }: Turn): JsonObject {
  return { outcome, text: 'Done as scripted.', answer: [...(answer ?? [])] };
}

interface Next {
  readonly name: string;
  readonly args: JsonObject;
}

function nextCall({ system, said }: Heard, tasks: readonly AgentTask[], report: ReportOf): Next {
  const asked = said.flatMap((one) => (one.by === 'person' ? [one.text] : []));
  const task = tasks.find(({ wish }) => wish === asked[0]);
  const turn = task && turnsOf(task)[asked.length - 1];
  if (turn === undefined || turn.says !== asked.at(-1)) throw new Error(`No task says ${asked.join(' / ')}`);
  const since = said.slice(said.findLastIndex(({ by }) => by === 'person') + 1);
  const step = turn.steps[since.filter(({ by }) => by === 'model').length];
  if (step === undefined) return { name: 'report', args: report(turn) };
  const audio = /audio files that the person speaks of lie in (\S+) and below/.exec(system)?.[1] ?? '';
  const last = said.findLast((one) => one.by === 'tool' && one.text.startsWith('{'));
  const args = withLast(JSON.stringify(step.args), last?.by === 'tool' ? last.text : undefined);
  return { name: step.tool, args: asJsonObject(JSON.parse(args.replaceAll('"/audio', `"${audio}`))) };
}

function asChat({ name, args }: Next, [tokensIn = 0, tokensOut = 0]: readonly number[]): JsonObject {
  const call = { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } };
  return {
    choices: [
      { finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls: [call] } },
    ],
    usage: { prompt_tokens: tokensIn, completion_tokens: tokensOut },
  };
}

function asMessage({ name, args }: Next, [tokensIn = 0, tokensOut = 0]: readonly number[]): JsonObject {
  return {
    role: 'assistant',
    stop_reason: 'tool_use',
    content: [{ type: 'tool_use', id: 'toolu_1', name, input: args }],
    usage: { input_tokens: tokensIn, output_tokens: tokensOut },
  };
}
