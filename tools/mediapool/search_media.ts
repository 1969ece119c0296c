import { z } from 'zod';
import { refusedCursor } from '../../src/core/answers/cursor.ts';
import { pageFrom, pageInput, pageOutput, pageStart } from '../../src/core/answers/page.ts';
import { asJsonArray, isJsonObject } from '../../src/core/json.ts';
import { jsonRecord } from '../../src/core/json-record.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const searchMedia = defineCommand({
  name: 'search_media',
  title: 'Search media',
  description:
    'Search the Media Pool for audio files by words, fields, description or likeness, before import. Needs a running Wwise 2025.1.',
  toolset: 'mediapool',
  effect: 'read',
  readsOnly: 'the media pool',
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
    limit: pageInput.limit.default(50),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    files: z.array(z.record(z.string(), z.json())).describe('Fields by name.'),
    total: z.int().describe('At most 10,000.'),
    cursor: pageOutput.cursor,
  }),
  async run(input, context) {
    const { limit, return: fields, searchText, filters, databases } = input;
    const ask = async (maxResults: number, returns: readonly string[] | undefined) => {
      const answer = await explaining('search the Media Pool', () =>
        context.waapi.call(
          'ak.wwise.core.mediaPool.get',
          {
            ...(searchText === undefined ? {} : { searchText }),
            ...(filters === undefined ? {} : { filters }),
            ...(databases === undefined ? {} : { databases }),
            maxResults,
          },
          returns === undefined ? {} : { return: [...returns] },
        ),
      );
      return asJsonArray(answer.return).filter(isJsonObject).slice(0, maxResults);
    };
    const start = pageStart('search_media', input);
    // Wwise cannot skip: what comes before the page is asked for too, and one more to know whether it goes on.
    const wanted = Math.min(start + limit + 1, mostFound);
    const rows = await ask(wanted, fields);
    const found = rows.slice(start, start + limit).map((row) => jsonRecord.parse(row));
    if (start > 0 && found.length === 0) throw refusedCursor(input.cursor ?? '');
    const total = rows.length < wanted ? rows.length : (await ask(mostFound, ['FileId'])).length;
    const { items, ...rest } = pageFrom('search_media', input, found, total);
    return { files: items, ...rest };
  },
});

/** A pool holds whole libraries: what comes after this many files is not looked for. */
const mostFound = 10_000;
