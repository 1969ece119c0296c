import { z } from 'zod';
import { pageFrom, pageInput, pageStart } from '../../src/core/answers/page.ts';
import { responseFormat, returnsFor } from '../../src/core/answers/response-format.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../src/core/json.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { explainMissing } from '../../src/wwise/objects/finding/explain-missing.ts';
import { inWaqlWords, orMainBus } from '../../src/wwise/objects/finding/waql-selection.ts';
import { refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

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
  formerInputs: { waql: 'query' },
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
    limit: pageInput.limit.default(50),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    objects: z
      .array(z.looseObject({ id: z.string(), name: z.string(), type: z.string(), path: z.string() }))
      .describe('The objects of this page, with what `return` asked for by the expression asked.'),
    total: z.int().describe('How many objects the whole query finds.'),
    cursor: z.string().nullable().describe('Give it back to get the next page; null when this is the last.'),
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { query, return: asked = [], response_format, limit } = input;
    const wanted = [...asked, ...returnsFor(response_format)];
    const text = await inWaqlWords(query, context);
    const start = pageStart('query_waql', input);
    // One object more than asked for shows whether there is another page.
    const rows = await askPage(
      text,
      `skip ${start} take ${limit + 1}`,
      [...refReturns, ...wanted],
      context,
    ).catch((thrown: unknown) => {
      throw namingReturn(toWwiseFlowError(thrown), asked);
    });
    const found = rows.slice(0, limit).map((row) => ({ ...row, ...refOf(row) }));
    const isLast = rows.length <= limit && (found.length > 0 || start === 0);
    const total = isLast ? start + found.length : (await ask(text, ['id'], context)).length;
    const { items, ...rest } = pageFrom('query_waql', input, found, total);
    return { objects: items, ...rest };
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
    return await orMainBus(waql, (text) => askRows(text, returns, context), context);
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
