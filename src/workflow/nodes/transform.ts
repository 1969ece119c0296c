import { z } from 'zod';
import { asJsonArray, isJsonObject, type Json } from '../../core/json.ts';
import { inTurns } from '../../core/turns/turns.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { itemListFields, itemListOf } from './data/item-list.ts';
import { type EvaluationBounds, evaluateJsonata } from './data/jsonata/evaluate-jsonata.ts';
import { applyOperation } from './data/operations/apply-operation.ts';
import { operationSchema, type TransformOperation } from './data/operations/operation.ts';
import { pauseOf } from './data/pause-of.ts';
import { done, type OwnKind } from './node-kind.ts';

const input = z.strictObject({
  ...itemListFields,
  single: z
    .boolean()
    .default(false)
    .describe('What flows in is one object and is worked on itself, whatever lists it has.'),
  operations: z.array(operationSchema).min(1).max(100).describe('What is done, one after the other.'),
});

/** Changes the items of a list. */
export const transform: OwnKind = Object.freeze({
  type: 'transform',
  aliases: [],
  title: 'Transform',
  description:
    'Change the items of a list, or one object: map, rename, calculate, format, normalise, pick, remove, sort, limit and dedupe, ' +
    'one after the other; `jsonata` reshapes all of it under a time limit. It gives what flowed in with the new list in it, or "items" where the list was handed in.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.looseObject({
    items: z
      .array(jsonSchema)
      .optional()
      .describe('The new list, where the list was handed in or called so.'),
    count: z.number().optional().describe('Its length; left out for a single object.'),
  }),
  ports: ['error'],
  replay: 'reuse',
  isPure: true,
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Names and levels from a table',
      workflow: {
        inputs: {
          rows: {
            type: 'array',
            default: [{ file: 'Door Open.wav', lufs: '-18' }, { file: 'Door Open.wav' }],
          },
        },
        nodes: [
          {
            id: 'sounds',
            type: 'transform',
            data: {
              items: '$input:rows',
              operations: [
                { type: 'dedupe', by: ['file'] },
                { type: 'calculate', field: 'name', transformation: 'replace(item.file, ".wav", "")' },
                { type: 'format', field: 'name', as: 'snake' },
                { type: 'format', field: 'lufs', as: 'number' },
                { type: 'remove', fields: ['file'] },
              ],
            },
          },
          { id: 'end', type: 'say', data: { text: 'First: {{ nodes.sounds.items[0].name }}' } },
        ],
      },
    },
    {
      title: 'Takes by surface, in JSONata',
      workflow: {
        inputs: {
          takes: {
            type: 'array',
            default: [
              { surface: 'grass', file: 'a.wav' },
              { surface: 'stone', file: 'b.wav' },
              { surface: 'grass', file: 'c.wav' },
            ],
          },
        },
        nodes: [
          {
            id: 'surfaces',
            type: 'transform',
            data: {
              items: '$input:takes',
              operations: [
                {
                  type: 'jsonata',
                  expression:
                    '$each($ {surface: [file]}, function($files, $name) { {"name": $name, "files": $files} })',
                },
              ],
            },
          },
          { id: 'end', type: 'say', data: { text: '{{ nodes.surfaces.count }} surfaces' } },
        ],
      },
    },
  ],
  run: async (raw, { flow, signal, key }) => {
    const { items, list, single, operations } = input.parse(raw);
    const found = single ? undefined : itemListOf(flow(), items, list);
    let made: readonly Json[] = found?.items ?? [flow()];
    for (const operation of operations)
      made =
        operation.type === 'jsonata'
          ? await reshaped(operation, found === undefined ? (made[0] ?? null) : [...made], {
              signal,
              run: key.split('/')[0] ?? key,
            })
          : await inTurns(applyOperation(operation, made), pauseOf(signal));
    if (found !== undefined) return done(found.withItems(made));
    const [only = null] = made;
    return done(isJsonObject(only) ? only : { value: only });
  },
} satisfies OwnKind);

/** What JSONata makes of the items, or of the one object. */
async function reshaped(
  { expression, timeoutMs }: Extract<TransformOperation, { type: 'jsonata' }>,
  value: Json,
  asking: Pick<EvaluationBounds, 'signal' | 'run'>,
): Promise<readonly Json[]> {
  const made = await evaluateJsonata(expression, value, { timeoutMs, ...asking });
  if (!Array.isArray(value)) return [made ?? null];
  if (made === undefined) return [];
  return Array.isArray(made) ? asJsonArray(made) : [made];
}
