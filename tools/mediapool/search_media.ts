import { z } from 'zod';
import { asJsonArray, isJsonObject } from '../../src/base/json.ts';
import { pageOutput } from '../../src/bus/answers/page.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { explaining } from '../../src/bus/objects/set-objects.ts';

export const searchMedia = defineCommand({
  name: 'search_media',
  title: 'Search media',
  description:
    'Search the Media Pool for audio files by words, fields, description or likeness, before import. Needs a running Wwise 2025.1.',
  toolset: 'mediapool',
  effect: 'read',
  examples: [{ title: 'Find footsteps on concrete', input: { searchText: 'Concrete', limit: 5 } }],
  waapiCalls: 1,
  input: z.strictObject({
    searchText: z.string().trim().max(500).optional().describe('Words in name or metadata.'),
    filters: z
      .array(
        z.strictObject({
          type: z.enum(['field', 'audioDescription', 'audioSimilarity']).describe('Kind of filter.'),
          field: z.string().min(1).optional().describe('With field: Filename, WAV/Duration, WAV/Channels...'),
          operator: z
            .string()
            .min(1)
            .optional()
            .describe('With field: equals, contains, greaterThan, matchesRegex...'),
          value: z.union([z.string(), z.number()]).describe('Value, description or file.'),
          weight: z.number().min(0).max(1).optional().describe('Weight, 0 to 1.'),
        }),
      )
      .max(20)
      .optional()
      .describe('All must fit.'),
    databases: z
      .array(z.string().min(1).max(2_000))
      .max(50)
      .optional()
      .describe('E.g. \\Databases\\Project Originals.'),
    return: z
      .array(z.string().min(1).max(200))
      .max(30)
      .optional()
      .describe('Fields to give. Default: Path, FileId, Db.'),
    limit: z.int().min(1).max(500).default(50).describe('At most.'),
  }),
  output: z.object({
    files: z.array(z.record(z.string(), z.json())).describe('Fields by name.'),
    total: pageOutput.total,
    truncated: z.boolean().describe('There may be more; narrow the search.'),
  }),
  async run({ limit, return: fields, searchText, filters, databases }, context) {
    const answer = await explaining('search the Media Pool', () =>
      context.waapi.call(
        'ak.wwise.core.mediaPool.get',
        {
          ...(searchText === undefined ? {} : { searchText }),
          ...(filters === undefined ? {} : { filters }),
          ...(databases === undefined ? {} : { databases }),
          maxResults: limit,
        },
        fields === undefined ? {} : { return: fields },
      ),
    );
    const rows = asJsonArray(answer.return).filter(isJsonObject).slice(0, limit);
    const files = rows.map((row) => z.record(z.string(), z.json()).parse(row));
    return { files, total: files.length, truncated: files.length >= limit };
  },
});
