import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type JsonObject,
} from '../../../src/core/json.ts';
import type { Message, Model, Reply } from './model.ts';
import { post } from './post.ts';

const maxTokens = 8192;

/** A model that is asked as Anthropic's messages are: `baseUrl` ends before `/messages`. */
export function anthropicModel(baseUrl: string, name: string, key: string): Model {
  return {
    name,
    reply: async (system, messages, tools) =>
      replyOf(
        await post(
          `${baseUrl}/messages`,
          { 'anthropic-version': '2023-06-01', ...(key === '' ? {} : { 'x-api-key': key }) },
          {
            model: name,
            max_tokens: maxTokens,
            system,
            messages: inTurns(messages),
            tools: tools.map(({ name: tool, description, inputSchema }) => ({
              name: tool,
              description,
              input_schema: inputSchema,
            })),
          },
        ),
      ),
  };
}

/** The results of calls and what the person says after them are one message. */
function inTurns(messages: readonly Message[]): JsonObject[] {
  const turns: { role: 'user' | 'assistant'; content: JsonObject[] }[] = [];
  for (const message of messages) {
    const role = message.by === 'model' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocksOf(message));
    else turns.push({ role, content: blocksOf(message) });
  }
  return turns;
}

function blocksOf(message: Message): JsonObject[] {
  if (message.by === 'person') return [{ type: 'text', text: message.text }];
  if (message.by === 'model') return asJsonArray(message.raw).map(asJsonObject);
  return message.results.map(({ callId, text, isError }) => ({
    type: 'tool_result',
    tool_use_id: callId,
    content: text,
    is_error: isError,
  }));
}

function replyOf(answer: JsonObject): Reply {
  const content = asJsonArray(answer.content).map(asJsonObject);
  const usage = asJsonObject(answer.usage);
  return {
    raw: content,
    calls: content
      .filter(({ type }) => type === 'tool_use')
      .map(({ id, name, input }) => ({
        id: asString(id) ?? '',
        name: asString(name) ?? '',
        args: isJsonObject(input) ? input : undefined,
      })),
    // What came from a cache was read as well.
    tokensIn: [usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens]
      .map((tokens) => Number(tokens ?? 0))
      .reduce((sum, tokens) => sum + tokens, 0),
    tokensOut: Number(usage.output_tokens ?? 0),
  };
}
