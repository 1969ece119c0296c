import { z } from 'zod';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { pathSegments, valueAt } from '../expressions/value-at.ts';
import { done, type OwnKind } from './node-kind.ts';

const input = z.strictObject({
  strategy: z
    .enum(['deepMerge', 'append', 'zip'])
    .default('deepMerge')
    .describe(
      'deepMerge: one object of all members, a later source before an earlier one. append: one list, source after source. ' +
        'zip: one list, the first items together, then the second ones.',
    ),
  sources: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(200)
    .optional()
    .describe('Ids of the nodes to merge, in order. Default: those that edges lead here from.'),
  wait: z
    .enum(['any', 'all'])
    .default('any')
    .describe(
      'any: sources that were skipped or failed are left out, and one at least was reached. all: it is skipped without one of them. ' +
        'In either case it begins when all have ended.',
    ),
  field: z
    .string()
    .max(1_000)
    .optional()
    .describe(
      'Path of what to take from each source. Default: all of it; of append and zip "items", or the only list there is.',
    ),
});

/** Brings together what several nodes gave. */
export const merge: OwnKind = Object.freeze({
  type: 'merge',
  aliases: ['join'],
  title: 'Merge',
  description:
    'Bring together what several nodes gave, mostly where the ways of a branch come together again: what is read of it is there ' +
    'whichever way was taken.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.looseObject({
    items: z.array(z.json()).optional().describe('Of append and zip: the list.'),
    count: z.number().optional().describe('Of append and zip: its length.'),
  }),
  ports: ['error'],
  replay: 'reuse',
  isPure: true,
  waapiCalls: 0,
  isReadBack: false,
  needs: ({ wait }) => (wait === 'all' ? 'all' : 'any'),
  sourcesNamed: ({ sources }) =>
    Array.isArray(sources) ? sources.filter((id) => typeof id === 'string') : [],
  examples: [
    {
      title: 'Go on with the text of the way that was taken',
      workflow: {
        nodes: [
          { id: 'way', type: 'branch', data: { condition: true } },
          { id: 'yes', type: 'say', data: { text: 'Taken' } },
          { id: 'no', type: 'say', data: { text: 'Not taken' } },
          { id: 'both', type: 'merge', data: { sources: ['yes', 'no'] } },
          { id: 'end', type: 'say', data: { text: 'It was: $from:both:$output:text' } },
        ],
        edges: [
          { source: 'way', target: 'yes', sourceHandle: 'true' },
          { source: 'way', target: 'no', sourceHandle: 'false' },
        ],
      },
    },
  ],
  run: async (raw, { inflow, given }) => {
    const { strategy, sources, field } = input.parse(raw);
    const named = sources?.map(given).filter((output) => output !== undefined);
    const outputs: readonly JsonObject[] = named ?? [...inflow().values()];
    const parts = outputs.map((output) => (field === undefined ? output : partAt(output, field)));
    if (strategy === 'deepMerge') return done(asMembers(mergedAll(parts)));
    const lists = parts.map(listOf);
    const items = strategy === 'append' ? lists.flat() : zipped(lists);
    return done({ items, count: items.length });
  },
} satisfies OwnKind);

function mergedAll(parts: readonly Json[]): Json {
  let whole: Json = {};
  for (const part of parts) whole = merged(whole, part);
  return whole;
}

function partAt(output: JsonObject, field: string): Json {
  return valueAt(output, pathSegments(field)) ?? null;
}

/** Objects by their members, anything else as a whole; what comes later has precedence. */
function merged(one: Json, other: Json): Json {
  if (!isJsonObject(one) || !isJsonObject(other)) return other ?? one;
  const members: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [before, after] = [one[name], other[name]];
    const value = before === undefined || after === undefined ? (after ?? before) : merged(before, after);
    if (value !== undefined && name !== '__proto__') members[name] = value;
  }
  return members;
}

function asMembers(value: Json): JsonObject {
  return isJsonObject(value) ? value : { value };
}

function listOf(value: Json): readonly Json[] {
  if (value === null) return [];
  if (Array.isArray(value)) return asJsonArray(value);
  if (!isJsonObject(value)) return [value];
  const lists = Object.values(value).filter((member) => Array.isArray(member));
  const [only, another] = Array.isArray(value.items) ? [value.items] : lists;
  return only !== undefined && another === undefined ? asJsonArray(only) : [value];
}

/** As long as the longest: objects at one index are merged, other values are listed. */
function zipped(lists: readonly (readonly Json[])[]): Json[] {
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index): Json => {
    const row: readonly Json[] = lists.map((list) => list[index] ?? null);
    const given = row.filter((value) => value !== null);
    return given.every((value) => isJsonObject(value)) ? mergedAll(given) : row;
  });
}
