import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { jsonSchema } from '../../nodes/conditions/json-value.ts';

/** What a model is asked, as a file `NAME@VERSION.json`. */
export const promptTemplateSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string(),
  description: z.string(),
  params: z.record(z.string(), z.string()).describe('What each parameter is.'),
  system: z.string(),
  prompt: z.string().describe('`{{ CEL }}` over `input.params`.'),
  examples: z
    .array(z.strictObject({ params: z.record(z.string(), jsonSchema), answer: jsonSchema }))
    .default([])
    .describe('What was asked and answered well.'),
  answerSchema: z.record(z.string(), jsonSchema).optional().describe('JSON Schema of the answer.'),
});

export interface PromptTemplate extends z.output<typeof promptTemplateSchema> {
  /** With its version: `name@2`. */
  readonly name: string;
}

export interface PromptTemplates {
  readonly names: readonly string[];
  /** By name, the newest version; or by `name@version`. Throws PRESET_NOT_FOUND and FILE_UNREADABLE. */
  find(name: string): PromptTemplate;
}

/** The prompt templates of folders; of the same name and version those of a later folder hold. */
export function readPromptTemplates(folders: readonly string[]): PromptTemplates {
  const files = new Map<string, string>();
  const newest = new Map<string, number>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder)) {
      const [, name = '', version = ''] = /^([\w.-]+)@(\d+)\.json$/.exec(file) ?? [];
      if (name === '') continue;
      files.set(`${name}@${version}`, join(folder, file));
      newest.set(name, Math.max(newest.get(name) ?? 0, Number(version)));
    }
  }
  const names = [...newest.keys()].sort();
  return {
    names,
    find: (given) => {
      const name = given.includes('@') ? given : `${given}@${newest.get(given) ?? ''}`;
      const path = files.get(name);
      if (path !== undefined) return { ...parsedTemplate(path), name };
      const known = given.includes('@') ? [...files.keys()] : names;
      throw new WwiseFlowError(
        'PRESET_NOT_FOUND',
        `There is no prompt template "${given}".${didYouMean(given, known)}`,
        {
          hint: `Choose one of: ${names.join(', ') || 'none is there'}; or write the "prompt" yourself.`,
          details: { promptTemplate: given, candidates: nearest(given, known) },
        },
      );
    },
  };
}

export const noPromptTemplates: PromptTemplates = readPromptTemplates([]);

function parsedTemplate(path: string): z.output<typeof promptTemplateSchema> {
  let why: string;
  try {
    const parsed = promptTemplateSchema.safeParse(
      JSON.parse(readRegularFile(path, 1_000_000).toString('utf8')),
    );
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    why = `/${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`;
  } catch (thrown) {
    why = thrown instanceof Error ? thrown.message : String(thrown);
  }
  throw new WwiseFlowError('FILE_UNREADABLE', `"${path}" is no prompt template: ${why}.`, {
    hint: 'Compare it with those in presets/prompts.',
    details: { path },
  });
}
