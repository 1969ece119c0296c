import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type JsonObject,
} from '../../../src/core/json.ts';
import type { Message, Model, OfferedTool, Reply, ToolCall } from './model.ts';
import { post } from './post.ts';

/** A model that is asked as OpenAI's chat completions are: `baseUrl` ends before `/chat/completions`. */
export function openAiModel(baseUrl: string, name: string, key: string): Model {
  const headers = key === '' ? {} : { authorization: `Bearer ${key}` };
  return {
    name,
    reply: async (system, messages, tools) =>
      replyOf(
        await post(`${baseUrl}/chat/completions`, headers, {
          model: name,
          messages: [{ role: 'system', content: system }, ...messages.flatMap(messageOf)],
          tools: tools.map(toolOf),
        }),
      ),
  };
}

function toolOf({ name, description, inputSchema }: OfferedTool): JsonObject {
  return { type: 'function', function: { name, description, parameters: inputSchema } };
}

function messageOf(message: Message): JsonObject[] {
  if (message.by === 'person') return [{ role: 'user', content: message.text }];
  if (message.by === 'model') return [asJsonObject(message.raw)];
  return message.results.map(({ callId, text }) => ({ role: 'tool', tool_call_id: callId, content: text }));
}

function replyOf(answer: JsonObject): Reply {
  const message = asJsonObject(asJsonObject(asJsonArray(answer.choices)[0]).message);
  const usage = asJsonObject(answer.usage);
  return {
    raw: message,
    calls: asJsonArray(message.tool_calls).map((call) => callOf(asJsonObject(call))),
    tokensIn: Number(usage.prompt_tokens ?? 0),
    tokensOut: Number(usage.completion_tokens ?? 0),
  };
}

function callOf(call: JsonObject): ToolCall {
  const { name, arguments: written } = asJsonObject(call.function);
  return { id: asString(call.id) ?? '', name: asString(name) ?? '', args: parsed(asString(written) ?? '') };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
