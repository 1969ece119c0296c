import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { didYouMean } from '../../../core/text/nearest.ts';
import { icons } from '../icons.ts';
import { listParams, refuseCursor } from '../list-request.ts';
import { fillPrompt, type PromptFile } from './prompt-file.ts';
import { toolsNotListed } from './tools-not-listed.ts';

const getParams = z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.string()).optional() });

/** Serves prompt files as MCP prompts, in their order. They are read by the first request about them. */
export function offerPrompts(
  { server }: McpServer,
  readPrompts: () => readonly PromptFile[],
  offered: { readonly toolNames: readonly string[] },
): void {
  server.setRequestHandler('prompts/list', { params: listParams }, async (params) => {
    refuseCursor(params);
    return {
      prompts: readPrompts().map(({ name, title, description, arguments: declared }) => ({
        ...{ name, title, description, icons },
        arguments: declared.map(({ complete: _, ...argument }) => argument),
      })),
    };
  });
  server.setRequestHandler('prompts/get', { params: getParams }, async ({ name, arguments: given = {} }) => {
    const prompt = promptNamed(name, readPrompts());
    checkArguments(prompt, given);
    const text = `${fillPrompt(prompt, given)}${toolsNotListed(prompt.body, offered.toolNames)}`;
    return {
      description: prompt.description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
    };
  });
}

/** @throws ProtocolError -32602 with the nearest names for one that is not there */
export function promptNamed(name: string, prompts: readonly PromptFile[]): PromptFile {
  const prompt = prompts.find((one) => one.name === name);
  if (prompt !== undefined) return prompt;
  const known = prompts.map((one) => one.name);
  throw refused(`There is no prompt "${name.slice(0, 100)}".${didYouMean(name, known)}`);
}

function checkArguments({ name, arguments: declared }: PromptFile, given: Readonly<Record<string, string>>) {
  const known = declared.map((argument) => argument.name);
  const unknown = Object.keys(given).find((argument) => !known.includes(argument));
  if (unknown !== undefined)
    throw refused(
      `The prompt ${name} has no argument "${unknown}".${didYouMean(unknown, known)} It takes: ${known.join(', ')}.`,
    );
  const missing = declared.find(
    (argument) => argument.required && (given[argument.name] ?? '').trim() === '',
  );
  if (missing !== undefined)
    throw refused(`The prompt ${name} needs the argument ${missing.name}: ${missing.description}`);
}

function refused(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
