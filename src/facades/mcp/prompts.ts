import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { fillPrompt, type PromptFile } from './prompt-file.ts';

/** Serves every prompt file as an MCP prompt. */
export function registerPrompts(server: McpServer, prompts: readonly PromptFile[]): void {
  for (const prompt of prompts) {
    server.registerPrompt(
      prompt.name,
      {
        title: prompt.title,
        description: prompt.description,
        argsSchema: argsSchemaOf(prompt),
      },
      (given) => ({
        description: prompt.description,
        messages: [{ role: 'user', content: { type: 'text', text: fillPrompt(prompt, given) } }],
      }),
    );
  }
}

function argsSchemaOf(prompt: PromptFile): ArgsSchema {
  const known = schemas.get(prompt);
  if (known !== undefined) return known;
  const fields = prompt.arguments.map((argument) => {
    const text = z.string();
    const field = argument.required ? text : text.optional();
    return [argument.name, field.describe(argument.description)] as const;
  });
  const schema = z.object(Object.fromEntries(fields));
  schemas.set(prompt, schema);
  return schema;
}

/** Made once, for all servers that offer the prompt. */
const schemas = new WeakMap<PromptFile, ArgsSchema>();

type ArgsSchema = z.ZodObject<Readonly<Record<string, z.ZodString | z.ZodOptional<z.ZodString>>>>;
