import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { responseFormat, returnsFor } from '../../src/core/answers/response-format.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { type ObjectRef, refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { knownTypes, objectTypes, typeNamed } from '../../src/wwise/objects/types/type-members.ts';
import { unknownType } from '../../src/wwise/objects/types/unknown-type.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const search = defineCommand({
  name: 'search',
  title: 'Search',
  description:
    'Find objects by words in name or notes, best matches first. For conditions on properties use query_waql.',
  toolset: 'query',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Find what is about steps', input: { words: 'step' } }],
  input: z.strictObject({
    words: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^"\\\r\n]*$/, 'must not contain double quotes, backslashes or line breaks')
      .describe('(Beginnings of) words; all must occur.'),
    in: z.enum(['name', 'notes', 'both']).default('name').describe('Where.'),
    types: z
      .array(z.string().regex(/^[A-Za-z0-9]+$/, 'must be a WAAPI type name'))
      .max(20)
      .optional()
      .describe('E.g. ["Sound"].'),
    under: objectDesignator('Only below this.').optional(),
    response_format: responseFormat,
    limit: pageInput.limit.default(50),
    cursor: pageInput.cursor,
  }),
  output: z.object({ objects: z.array(z.looseObject(leanRef.shape)), ...pageOutput, ...unreadableOutput }),
  async run(input, context) {
    const { words, in: where, types, under, response_format } = input;
    const returns = [...refReturns, ...returnsFor(response_format)];
    const rows = await candidates(words, where, types, under, returns, context);
    if (rows.length === 0 && types !== undefined) await refuseUnknownTypes(types, context);
    const found = rows
      .map((row) => ({ ...row, ...refOf(row) }))
      .filter(({ path }) => path !== '')
      .sort((a, b) => scoreOf(b, words) - scoreOf(a, words) || (a.path < b.path ? -1 : 1));
    const { items, ...rest } = page('search', input, found, (object) => ({ ...object }));
    return { objects: items, ...rest };
  },
});

/** Wwise's own word search: every word must begin a word of the text. */
async function candidates(
  words: string,
  where: string,
  types: readonly string[] | undefined,
  under: string | undefined,
  returns: readonly string[],
  context: CommandContext,
): Promise<readonly JsonObject[]> {
  const fields = where === 'both' ? ['name', 'notes'] : [where];
  const text = fields.map((field) => `${field} : "${words}"`).join(' or ');
  const typed = types === undefined ? '' : ` where ${types.map((type) => `type = "${type}"`).join(' or ')}`;
  const source = under === undefined ? '' : `"${(await findObject(under, context)).id}" select descendants `;
  return askRows(`$ ${source}where ${text}${typed}`, returns, context);
}

/** WAQL finds nothing of a type that does not exist, without a word. */
async function refuseUnknownTypes(types: readonly string[], { waapi }: CommandContext): Promise<void> {
  const known = await knownTypes(waapi);
  const wrong = types.find((type) => typeNamed(type, known) === undefined);
  if (wrong !== undefined && known.length > 0) throw unknownType(wrong, objectTypes(known));
}

/** More, the closer the name comes to what was asked. */
function scoreOf({ name }: ObjectRef, words: string): number {
  const [own, wanted] = [name.toLowerCase(), words.toLowerCase()];
  if (own === wanted) return 3;
  if (own.startsWith(wanted)) return 2;
  return own.includes(wanted) ? 1 : 0;
}
