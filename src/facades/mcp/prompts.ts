import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { fillPrompt, type PromptFile } from './prompt-file.ts';

/** Serves every prompt file as an MCP prompt. */
export function registerPrompts(server: McpServer, prompts: readonly PromptFile[]): void {
  for (const prompt of prompts) {
    const fields = prompt.arguments.map((argument) => {
      const text = z.string();
      const field = argument.required ? text : text.optional();
      return [argument.name, field.describe(argument.description)] as const;
    });
    server.registerPrompt(
      prompt.name,
      {
        title: prompt.title,
        description: prompt.description,
        argsSchema: z.object(Object.fromEntries(fields)),
      },
      (given) => ({
        description: prompt.description,
        messages: [{ role: 'user', content: { type: 'text', text: fillPrompt(prompt, given) } }],
      }),
    );
  }
}
