import { z } from 'zod';
import { authSchema } from '../../remote/http/authorise.ts';
import { conditionsSchema } from '../conditions/condition.ts';
import { jsonSchema } from '../conditions/json-value.ts';
import { itemExpression } from '../data/item-expression.ts';
import { itemListFields } from '../data/item-list.ts';

/** The largest answer that stays in the journal, in bytes; more wants to be said. */
export const MOST_BYTES = 10_000_000;

const record = z.record(z.string(), jsonSchema);

/** What a request is made of. */
export const requestFields = {
  preset: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe(
      'A service as a file of presets/ or of your own folder: its address, credentials, limits and prices.',
    ),
  operation: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('Which operation of the preset. Default: its usual one.'),
  url: z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .describe('The whole address, http or https. With a preset: another base address for it.'),
  endpoint: z
    .string()
    .max(20_000)
    .optional()
    .describe('Below the base address of the preset: one of its operations, or any other path.'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
  mapping: record
    .optional()
    .describe(
      'Values by name: the parameters of the operation; without one members of the query (GET, HEAD, DELETE) or of the JSON body.',
    ),
  settings: record.optional().describe('Settings of the preset, as its model.'),
  query: record.optional().describe('More members of the query; a list repeats its name.'),
  headers: z.record(z.string(), z.string().max(20_000)).optional().describe('More headers.'),
  body: jsonSchema.optional().describe('The body as JSON, or a text as it is.'),
  form: record.optional().describe('The body as a form instead.'),
  file: z.string().max(4_000).optional().describe('A file that is the body instead.'),
  auth: authSchema.optional().describe('How it shows who asks. Default: as the preset says.'),
} as const;

/** How its answer is treated. */
export const answerFields = {
  fieldMapping: z
    .record(z.string(), z.string().max(500))
    .optional()
    .describe('What it gives, by name: paths in the answer, as "contact.phones[0].number".'),
  acceptStatus: z
    .array(z.number().int().min(100).max(599))
    .max(50)
    .optional()
    .describe('Statuses beside 2xx that are an answer and no failure.'),
  saveAs: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe(
      'A file that the answer is written to, in an allowed directory; it then gives "file" and "bytes".',
    ),
  overwrite: z.boolean().default(false).describe('With "saveAs": an existing file is replaced.'),
  mostBytes: z
    .number()
    .int()
    .min(1)
    .max(2_000_000_000)
    .optional()
    .describe(
      `The largest answer, in bytes. Default: ${MOST_BYTES.toLocaleString('en')}; of a file 500,000,000.`,
    ),
  mostRedirects: z.number().int().min(0).max(20).default(5).describe('How often it may be sent on.'),
  cacheMs: z
    .number()
    .int()
    .min(0)
    .max(366 * 86_400_000)
    .optional()
    .describe(
      'An answer to the same request that is no older is taken instead, in milliseconds. Default: none is.',
    ),
  onUnknown: z
    .enum(['ask', 'retry', 'fail'])
    .default('ask')
    .describe(
      'When nobody knows whether a request took effect, and the preset has no way to find out. ask: the run is suspended until ' +
        'somebody says. retry: it is sent again. fail: OUTCOME_UNKNOWN.',
    ),
} as const;

/** One request for each item of a list, or for each batch of them. */
export const itemFields = {
  ...itemListFields,
  itemMapping: z
    .record(z.string(), itemExpression)
    .optional()
    .describe(
      'Parameters of each item, as CEL over `item` and `index` without braces: { "email": "item.email" }.',
    ),
  fields: z
    .array(z.string().max(200))
    .min(1)
    .max(100)
    .optional()
    .describe('Members of each item whose texts, put together, are its parameter "text".'),
  condition: conditionsSchema
    .optional()
    .describe(
      'Items for which this does not hold stay as they are, and nobody is asked. A field is a path in the item.',
    ),
  batchMode: z
    .boolean()
    .optional()
    .describe(
      'true: several items in one request, as many as "batchSize" says. false: a request for each item.',
    ),
  batchSize: z.number().int().min(1).max(10_000).optional().describe('Items of one request.'),
  outputField: z
    .string()
    .max(200)
    .optional()
    .describe('The member of an item that is set to what it is given.'),
  concurrency: z.number().int().min(1).max(100).default(4).describe('Requests under way at once.'),
  onItemError: z
    .enum(['stop', 'continue'])
    .default('stop')
    .describe('continue: an item that fails stays as it is and is listed in "failed".'),
} as const;

export const httpInput = z.strictObject({ ...requestFields, ...answerFields, ...itemFields });

export type HttpInput = z.output<typeof httpInput>;
export type RequestInput = Pick<HttpInput, keyof typeof requestFields>;

/** Whether it asks for each item of a list. */
export function isForItems(input: Partial<HttpInput>): boolean {
  const { items, list, itemMapping, fields, condition, batchMode, batchSize, outputField } = input;
  return [items, list, itemMapping, fields, condition, batchMode, batchSize, outputField].some(
    (member) => member !== undefined,
  );
}
