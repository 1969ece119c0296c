import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../src/core/json.ts';

/** One piece of a conversation, as either wire format has it. */
export type Said =
  | { readonly by: 'person'; readonly text: string }
  | { readonly by: 'model'; readonly tool: string }
  | { readonly by: 'tool'; readonly text: string };

/** What a request to a model holds. */
export interface Heard {
  readonly system: string;
  readonly tools: readonly string[];
  readonly said: readonly Said[];
}

/** Of a request in OpenAI's format. */
export function heardAsChat(body: JsonObject): Heard {
  const messages = asJsonArray(body.messages).map(asJsonObject);
  return {
    system: asString(messages.find(({ role }) => role === 'system')?.content) ?? '',
    tools: asJsonArray(body.tools).map((tool) => nameOf(asJsonObject(tool).function)),
    said: messages.flatMap(({ role, content, tool_calls: calls }): Said[] => {
      const text = asString(content) ?? '';
      if (role === 'user') return [{ by: 'person', text }];
      if (role === 'tool') return [{ by: 'tool', text }];
      return asJsonArray(calls).map((call) => ({ by: 'model', tool: nameOf(asJsonObject(call).function) }));
    }),
  };
}

/** Of a request in Anthropic's format. Throws where two messages of one role follow each other. */
export function heardAsMessages(body: JsonObject): Heard {
  const messages = asJsonArray(body.messages).map(asJsonObject);
  if (messages.some(({ role }, at) => at > 0 && role === messages[at - 1]?.role))
    throw new Error('Roles must alternate.');
  return {
    system: asString(body.system) ?? '',
    tools: asJsonArray(body.tools).map(nameOf),
    said: messages
      .flatMap(({ content }) => asJsonArray(content).map(asJsonObject))
      .flatMap(({ type, text, content, name }): Said[] => {
        if (type === 'text') return [{ by: 'person', text: asString(text) ?? '' }];
        if (type === 'tool_use') return [{ by: 'model', tool: asString(name) ?? '' }];
        return [{ by: 'tool', text: asString(content) ?? '' }];
      }),
  };
}

function nameOf(value: unknown): string {
  return asString(asJsonObject(value).name) ?? '';
}
