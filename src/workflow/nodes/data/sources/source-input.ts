import { z } from 'zod';
import { jsonSchema } from '../../conditions/json-value.ts';

/** More rows than this are for a database to work on. */
export const MOST_ROWS = 100_000;

export const tableFormats = ['csv', 'tsv', 'json', 'jsonl'] as const;

export type TableFormat = (typeof tableFormats)[number];

/** What an input takes, whatever its source; which member belongs to which source is looked at when it is compiled. */
export const sourceFields = z.strictObject({
  source: z
    .enum(['static', 'upload', 'api', 'webhook', 'file', 'folder', 'database'])
    .describe(
      'static: "value". api, webhook: what the run was handed, by "schema". upload: a file that was uploaded, by the input "file". ' +
        'file, folder: by "path". database: by "query" or "table".',
    ),
  value: jsonSchema.optional().describe('static: the data itself.'),
  schema: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe(
      'api, webhook: JSON Schema of an object. Its properties are inputs of the workflow, and what is handed in must fit it.',
    ),
  path: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe('Path of the file or folder, in an allowed directory or the folder of the project.'),
  format: z.enum(tableFormats).optional().describe('How the file is written. Default: by its extension.'),
  delimiter: z.string().length(1).optional().describe('csv: what separates cells. Default: a comma.'),
  header: z.boolean().default(true).describe('csv, tsv: the first row holds the names of the columns.'),
  columns: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('csv, tsv: names for the columns, in order, where the file has none or others.'),
  types: z
    .record(z.string(), z.enum(['string', 'number', 'integer', 'boolean', 'json']))
    .optional()
    .describe('csv, tsv: what cells of a column are. Default: texts.'),
  list: z.string().min(1).max(500).optional().describe('json: path of the list inside, as "data.items".'),
  recursive: z.boolean().default(false).describe('folder: folders inside it too.'),
  extensions: z
    .array(z.string().regex(/^\.?\w+$/, 'must be an extension, as ".wav"'))
    .min(1)
    .optional()
    .describe('folder: only files with these extensions, as ".wav".'),
  audio: z
    .boolean()
    .default(true)
    .describe('folder: read channels, rate, bits and duration (seconds) of WAVE files.'),
  database: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the database in the configuration. Default: the only one, or "default".'),
  query: z
    .string()
    .min(1)
    .max(100_000)
    .optional()
    .describe('database: one SELECT, with $1, $2 for "parameters"; or the name of a table.'),
  parameters: z.array(jsonSchema).max(100).optional().describe('database: values for $1, $2 of the query.'),
  table: z.string().min(1).optional().describe('database: a table or view, instead of a query.'),
  where: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('database: values that columns of the table must have.'),
  jsonColumns: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('database: columns that hold lists or objects as JSON text, as in SQLite.'),
  orderBy: z
    .string()
    .min(1)
    .optional()
    .describe('database: a column of the table; with "-" in front from the highest down.'),
  queryTimeoutMs: z
    .number()
    .min(1)
    .max(3_600_000)
    .default(30_000)
    .describe('database: time the query may take, in milliseconds.'),
  fields: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Only these members of each row; of a table, only these columns.'),
  limit: z
    .number()
    .int()
    .min(1)
    .max(MOST_ROWS)
    .optional()
    .describe(`At most so many rows. More than ${MOST_ROWS.toLocaleString('en')} are an error.`),
  single: z
    .boolean()
    .default(false)
    .describe('It gives the one row itself, not a list. No row, or several, is then an error.'),
});

export type SourceInput = z.output<typeof sourceFields>;
