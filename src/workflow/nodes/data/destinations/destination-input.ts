import { z } from 'zod';
import { jsonSchema } from '../../conditions/json-value.ts';
import { itemListFields } from '../item-list.ts';

/** What an output takes, whatever its destination; which member belongs to which is looked at when it is compiled. */
export const destinationFields = z.strictObject({
  destination: z
    .enum(['csv', 'json', 'parquet', 'file', 'database', 'webhook', 'api'])
    .describe(
      'csv, json, parquet: a file of that kind. file: by its extension, or any text by "content". database: a table. webhook: a signed ' +
        'delivery. api: a request.',
    ),
  ...itemListFields,
  mapping: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('One row instead of a list: its members by name, mostly references.'),
  fields: z.array(z.string().min(1)).min(1).optional().describe('Only these members of each row, in order.'),
  path: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe('Where the file goes, in an allowed directory. A missing folder is made.'),
  mode: z
    .enum(['new', 'replace', 'append'])
    .default('new')
    .describe(
      'new: a file that holds something else is left alone, and that is an error. replace: it is replaced. append (csv, tsv, jsonl): rows ' +
        'are added, each known by "keyColumn".',
    ),
  keyColumn: z
    .string()
    .min(1)
    .default('row_key')
    .describe('append: the column that says which run, node and item a row is of.'),
  delimiter: z.string().length(1).optional().describe('csv: what separates cells. Default: a comma.'),
  content: z.string().optional().describe('file: the text to write, instead of rows.'),
  database: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the database in the configuration. Default: the only one, or "default".'),
  table: z.string().min(1).optional().describe('database: the table.'),
  createTable: z
    .boolean()
    .default(false)
    .describe('database: make the table where there is none, with a column for each member.'),
  createRelation: z.boolean().default(false).describe('database: createTable, by another name.'),
  queryTimeoutMs: z
    .number()
    .min(1)
    .max(3_600_000)
    .default(30_000)
    .describe('database: time the writing may take, in milliseconds.'),
  url: z.string().min(1).max(4_000).optional().describe('webhook, api: where to send it.'),
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST').describe('api: how.'),
  headers: z.record(z.string(), z.string()).default({}).describe('webhook, api: more headers.'),
  secret: z
    .string()
    .min(1)
    .optional()
    .describe('webhook: signs deliveries as Standard Webhooks has it: "{{ secrets.NAME }}".'),
  batchSize: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('webhook, api: rows of one request. Default: all.'),
  idempotent: z
    .boolean()
    .default(false)
    .describe(
      'api: it goes by the header Idempotency-Key, so that a request whose answer was lost may be sent again.',
    ),
  requestTimeoutMs: z
    .number()
    .min(1)
    .max(600_000)
    .default(30_000)
    .describe('webhook, api: time a request may take, in milliseconds.'),
});

export type DestinationInput = z.output<typeof destinationFields>;
