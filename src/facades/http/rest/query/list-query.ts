import { z } from 'zod';
import { parseInput } from '../../../../core/dispatch/input/parse-input.ts';
import { asJsonObject, type JsonObject } from '../../../../core/json.ts';
import type { Ordered } from '../../../../core/stores/run-store.ts';
import type { RestRoute } from '../rest-route.ts';
import { queryValues } from './query-values.ts';

/** How a list over REST is asked for: a page by take and skip, or by the cursor of the page before; ordered by one column. */
export function listQuery<Column extends string, Filters extends z.ZodRawShape>(
  name: string,
  columns: readonly [Column, ...Column[]],
  filters: Filters,
) {
  const cursor = z.string().max(300).optional().describe('As the page before named it; instead of skip.');
  return queryOf(name, z.strictObject({ ...filters, ...pageFields, cursor, ...orderFields(columns) }));
}

/** The same for a list that has no cursor. */
export function skipQuery<Column extends string, Filters extends z.ZodRawShape>(
  name: string,
  columns: readonly [Column, ...Column[]],
  filters: Filters,
) {
  return queryOf(name, z.strictObject({ ...filters, ...pageFields, ...orderFields(columns) }));
}

/** The query of a route that lists nothing. */
export function plainQuery<Fields extends z.ZodRawShape>(name: string, fields: Fields) {
  return queryOf(name, z.strictObject(fields));
}

const pageFields = {
  take: z.int().min(1).max(100).default(20).describe('Rows on a page.'),
  skip: z.int().min(0).max(1_000_000).optional().describe('Rows to leave out before the first.'),
};

function orderFields<Column extends string>(columns: readonly [Column, ...Column[]]) {
  return {
    sortBy: z.enum(columns).optional().describe('Default: the usual order.'),
    sortOrder: z.enum(['asc', 'desc']).optional(),
  };
}

function queryOf<Input extends z.ZodObject>(name: string, input: Input) {
  const schema = asJsonObject(JSON.parse(JSON.stringify(z.toJSONSchema(input, { io: 'input' }))));
  const properties = asJsonObject(schema.properties);
  return {
    fields: fieldsOf(properties),
    /** @throws WwiseFlowError INVALID_INPUT that names every parameter that is wrong. */
    parse: (query: URLSearchParams): z.output<Input> =>
      input.parse(parseInput({ name, input }, queryValues(query, properties))),
  };
}

/** The members of an object's schema as parameters of a query, none of them required. */
export function fieldsOf(properties: JsonObject): RestRoute['query'] {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, { schema: asJsonObject(schema) }]),
  );
}

/** What of a parsed query orders and pages. */
export type PageAsked<Column extends string> = Ordered<Column> & {
  readonly take: number;
  readonly cursor?: string | undefined;
};

/** A moment in a filter. */
export const momentField = z
  .string()
  .refine(
    (text) => !Number.isNaN(Date.parse(text)),
    'must be a date or a date with time, as 2026-05-31T14:00:00Z',
  );

/** The same in milliseconds since 1970. */
export function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
