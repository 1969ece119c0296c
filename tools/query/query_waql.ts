import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { howManyFit } from '../../src/core/answers/fitted-page.ts';
import { responseFormat, returnsFor } from '../../src/core/answers/response-format.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { unreadableOutput } from '../../src/wwise/files/project-files.ts';
import { explainMissing } from '../../src/wwise/objects/explain-missing.ts';
import { refOf, refReturns } from '../../src/wwise/objects/object-row.ts';
import { inWaqlWords } from '../../src/wwise/objects/waql-selection.ts';

export const queryWaql = defineCommand({
  name: 'query_waql',
  title: 'Query with WAQL',
  description:
    'Find objects by type, name or property with a WAQL query: $ from type Sound where name : "foot"; $ "\\Containers" select descendants where volume < -6. For one known object use get_object.',
  toolset: 'query',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [
    {
      title: 'Find the Sounds of a container',
      input: {
        query: '$ "\\Containers\\Default Work Unit\\Steps" select descendants where type = "Sound"',
        return: ['@Volume'],
      },
    },
  ],
  input: z.strictObject({
    query: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .describe('WAQL; strings in double quotes, paths with single backslashes.'),
    return: z
      .array(z.string().trim().min(1).max(500))
      .max(50)
      .optional()
      .describe('Also: @Volume, notes, parent.name, filePath, OutputBus...'),
    response_format: responseFormat,
    limit: z.int().min(1).max(500).default(50).describe('Per page.'),
    cursor: z.string().min(1).max(200).optional().describe('Next page.'),
  }),
  output: z.object({
    objects: z
      .array(z.looseObject({ id: z.string(), name: z.string(), type: z.string(), path: z.string() }))
      .describe('The objects of this page, with what `return` asked for by the expression asked.'),
    total: z.int().describe('How many objects the whole query finds.'),
    cursor: z.string().nullable().describe('Give it back to get the next page; null when this is the last.'),
    ...unreadableOutput,
  }),
  async run({ query, return: asked = [], response_format, limit, cursor }, context) {
    const wanted = [...asked, ...returnsFor(response_format)];
    const text = await inWaqlWords(query, context);
    const start = cursor === undefined ? 0 : startOf(cursor, query);
    // One object more than asked for tells whether there is another page.
    const rows = await askPage(
      text,
      `skip ${start} take ${limit + 1}`,
      [...refReturns, ...wanted],
      context,
    ).catch((thrown: unknown) => {
      throw namingReturn(toWwiseFlowError(thrown), asked);
    });
    const page = rows.slice(0, limit).map((row) => ({ ...row, ...refOf(row) }));
    const isLast = rows.length <= limit && (page.length > 0 || start === 0);
    const total = isLast ? start + page.length : (await ask(text, ['id'], context)).length;
    const objects = page.slice(0, howManyFit(page));
    const goesOn = rows.length > limit || objects.length < page.length;
    return { objects, total, cursor: goesOn ? cursorOf(start + objects.length, query) : null };
  },
});

/** A query that does not parse is asked again as it was given: the position in the error must be one the caller can see. */
async function askPage(
  text: string,
  page: string,
  returns: readonly string[],
  context: CommandContext,
): Promise<readonly JsonObject[]> {
  try {
    return await ask(`${text} ${page}`, returns, context);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'INVALID_QUERY') await ask(text, returns, context);
    throw error;
  }
}

async function ask(
  waql: string,
  returns: readonly string[],
  context: CommandContext,
): Promise<readonly JsonObject[]> {
  try {
    const answer = await context.waapi.call(
      'ak.wwise.core.object.get',
      { waql },
      { return: [...new Set(returns)] },
    );
    return asJsonArray(answer.return).filter(isJsonObject);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    const named = [...waql.matchAll(/"(\\[^"]*|\{[^"]*\})"/g)].flatMap(([, name]) => name ?? []);
    throw error.code === 'OBJECT_NOT_FOUND' && named.length > 0
      ? await explainMissing(named, context)
      : error;
  }
}

/** Where a return expression is what is wrong, the query needs no correction. */
function namingReturn(error: WwiseFlowError, asked: readonly string[]): WwiseFlowError {
  const wrong = asked.find((expression) => expression.replace(/^@/, '') === error.details?.found);
  if (error.code !== 'INVALID_QUERY' || wrong === undefined) return error;
  const candidates = asJsonArray(error.details?.didYouMean).flatMap((near) => asString(near) ?? []);
  const meant = candidates.length === 0 ? '' : ` Did you mean "${candidates.join('" or "')}"?`;
  return new WwiseFlowError('UNKNOWN_PROPERTY', `return asks for "${wrong}", which no object has.${meant}`, {
    hint: 'Correct it in return, or find the name with describe_type.',
    details: { return: wrong, candidates },
    cause: error,
  });
}

function cursorOf(start: number, query: string): string {
  return `${start}.${fingerprint(query)}`;
}

function startOf(cursor: string, query: string): number {
  const [start = '', print = ''] = cursor.split('.');
  if (/^\d{1,9}$/.test(start) && print === fingerprint(query)) return Number(start);
  throw new WwiseFlowError('INVALID_INPUT', `The cursor "${cursor}" does not belong to this query.`, {
    hint: 'Give the cursor exactly as the page before returned it, with the same query; or leave it out to start again.',
    details: { cursor },
  });
}

function fingerprint(query: string): string {
  return createHash('sha256').update(query).digest('hex').slice(0, 12);
}
