import { z } from 'zod';
import { itemExpression } from '../item-expression.ts';
import { jsonataText } from '../jsonata/jsonata-text.ts';
import { formatNames } from './format-value.ts';

const path = z.string().min(1).max(500).describe('Path in the item: "name", "contact.emails[0]".');
const paths = z.array(path).min(1).max(100);

/** One change of all items, by its type. */
export const operationSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('map'),
      transformation: itemExpression.optional().describe('What each item becomes.'),
      fields: z
        .record(z.string().min(1).max(200), itemExpression)
        .optional()
        .describe('Instead: the members of the new item, each by its expression.'),
    })
    .refine(({ transformation, fields }) => (transformation === undefined) !== (fields === undefined), {
      path: ['transformation'],
      message: 'must be given, or "fields" instead of it',
    })
    .describe('Each item becomes the value of an expression, or an object of such values.'),
  z
    .strictObject({ type: z.literal('calculate'), field: path, transformation: itemExpression })
    .describe('A field becomes the value of an expression.'),
  z.strictObject({ type: z.literal('rename'), field: path, to: path }).describe('A field gets another name.'),
  z
    .strictObject({
      type: z.literal('format'),
      field: path,
      as: z.enum(formatNames),
      digits: z.int().min(0).max(12).optional(),
    })
    .describe('A field is written in another way; "digits" rounds numbers.'),
  z
    .strictObject({ type: z.enum(['normalise', 'normalize']), fields: paths.optional() })
    .describe(
      'Texts lose blanks at their ends and doubled ones within, and what is empty becomes null. Default: all fields.',
    ),
  z.strictObject({ type: z.literal('pick'), fields: paths }).describe('Only these fields stay.'),
  z.strictObject({ type: z.literal('remove'), fields: paths }).describe('These fields go.'),
  z
    .strictObject({ type: z.literal('dedupe'), by: paths.optional(), ignoreCase: z.boolean().default(false) })
    .describe('Of items that are the same in these fields (default: in all) the first stays.'),
  z
    .strictObject({ type: z.literal('sort'), by: path, descending: z.boolean().default(false) })
    .describe('In the order of a field; what has none comes last.'),
  z
    .strictObject({ type: z.literal('limit'), count: z.int().min(0), from: z.int().min(0).default(0) })
    .describe('So many items stay.'),
  z
    .strictObject({
      type: z.literal('jsonata'),
      expression: jsonataText.describe('JSONata; `$` is the list of all items, or the one object.'),
      timeoutMs: z.int().min(1).max(60_000).default(1_000).describe('How long it may take, in milliseconds.'),
    })
    .describe(
      'The items become the value of a JSONata expression over all of them: a list as it is, another value as the only item, nothing as an empty list.',
    ),
]);

export type TransformOperation = z.output<typeof operationSchema>;
