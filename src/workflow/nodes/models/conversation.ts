import { asString, type Json, type JsonObject } from '../../../core/json.ts';
import { fillTemplate } from '../../remote/presets/fill-template.ts';
import type { PromptTemplate } from '../../remote/prompts/prompt-template.ts';
import { plainTextOf } from '../requests/plain-text.ts';

/** What a model is asked: who it is, and what was said. */
export interface Conversation {
  readonly system: string;
  readonly messages: readonly Message[];
}

export type Message = { readonly role: 'user' | 'assistant'; readonly content: string };

/** A question by a template, with its examples as turns before it, or by a prompt of the node. */
export function conversationOf(
  given: { readonly system?: string | undefined; readonly prompt?: string | undefined },
  template: PromptTemplate | undefined,
  params: JsonObject,
  schema: JsonObject | undefined,
): Conversation {
  const rules =
    schema === undefined
      ? ''
      : `\nAnswer with JSON alone, without any text around it. It must fit this JSON Schema:\n${JSON.stringify(schema)}`;
  const system = `${given.system ?? template?.system ?? ''}${rules}`.trim();
  if (template === undefined) {
    const more = Object.keys(params).length === 0 ? '' : `\n\n${JSON.stringify(params)}`;
    return { system, messages: [{ role: 'user', content: `${given.prompt ?? ''}${more}` }] };
  }
  const asked = (values: JsonObject): Message => ({ role: 'user', content: promptOf(template, values) });
  const examples = template.examples.flatMap(({ params: values, answer }): Message[] => [
    asked(values),
    { role: 'assistant', content: plainTextOf(answer) },
  ]);
  return { system, messages: [...examples, asked(params)] };
}

/** The prompt of a template. What is no text stands in it as JSON. */
function promptOf({ prompt, name, params }: PromptTemplate, values: JsonObject): string {
  const all: Record<string, Json> = {};
  for (const param of Object.keys(params)) {
    const value = values[param] ?? null;
    all[param] = value === null ? '' : plainTextOf(value);
  }
  return asString(fillTemplate(prompt, { params: all, settings: {} }, name)) ?? '';
}
