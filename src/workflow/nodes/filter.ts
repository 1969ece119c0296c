import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { isTurnLong } from '../../core/turns/turns.ts';
import { compileExpression } from '../expressions/expression.ts';
import { showValue } from '../runtime/values/show-value.ts';
import { compiledFrom } from '../schemas/compiled-from.ts';
import { conditionsSchema } from './conditions/condition.ts';
import { conditionHolds } from './conditions/evaluate-condition.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { evaluateFor, itemExpression } from './data/item-expression.ts';
import { itemListFields, itemListOf } from './data/item-list.ts';
import { pauseOf } from './data/pause-of.ts';
import { done, type OwnKind } from './node-kind.ts';

const input = z.strictObject({
  ...itemListFields,
  conditions: conditionsSchema
    .optional()
    .describe('What must hold for an item to stay. A field is a path in the item.'),
  where: itemExpression
    .optional()
    .describe('The same as CEL over `item` and `index`, without braces: "item.volume > -6".'),
  schema: z
    .union([z.boolean(), z.record(z.string(), jsonSchema)])
    .optional()
    .describe('A JSON Schema that an item must fit.'),
  onFail: z
    .enum(['skip', 'error'])
    .default('skip')
    .describe(
      'skip: what does not fit is left out. error: the node fails and names the first that does not fit.',
    ),
});

/** Keeps the items of a list that fit. */
export const filter: OwnKind = Object.freeze({
  type: 'filter',
  aliases: [],
  title: 'Filter',
  description:
    'Keep the items of a list that fit conditions, an expression, a JSON Schema, or all of them. It gives what flowed in with the ' +
    'shorter list in it, or "items" where the list was handed in.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.looseObject({
    items: z.array(jsonSchema).optional().describe('What stayed, where the list was handed in or called so.'),
    count: z.number().describe('How many stayed.'),
    left: z.number().describe('How many were left out.'),
  }),
  oneOf: [['conditions'], ['where'], ['schema']],
  ports: ['error'],
  replay: 'reuse',
  isPure: true,
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Keep what is loud',
      workflow: {
        inputs: { levels: { type: 'array', default: [{ db: -3 }, { db: -40 }] } },
        nodes: [
          {
            id: 'loud',
            type: 'filter',
            data: { items: '$input:levels', conditions: { field: 'db', operator: 'gt', value: -12 } },
          },
          { id: 'end', type: 'say', data: { text: '{{ nodes.loud.count }} of them' } },
        ],
      },
    },
  ],
  run: async (raw, { flow, signal }) => {
    const { items: given, list, ...tests } = input.parse(raw);
    const found = itemListOf(flow(), given, list);
    const fails = failureOf(tests);
    const kept: Json[] = [];
    const pause = pauseOf(signal);
    for (const [index, item] of found.items.entries()) {
      const why = fails(item, index);
      if (why === undefined) kept.push(item);
      else if (tests.onFail === 'error') throw misfit(item, index, why);
      // A single one may take long.
      if (isTurnLong()) await pause();
    }
    return done({ ...found.withItems(kept), left: found.items.length - kept.length });
  },
} satisfies OwnKind);

/** Why an item does not fit, or undefined when it does. */
function failureOf({
  conditions,
  where,
  schema,
}: z.output<typeof input>): (item: Json, index: number) => string | undefined {
  const expression = where === undefined ? undefined : compileExpression(where);
  const compiled = schema === undefined ? undefined : compiledFrom(schema, 'schema');
  return (item, index) => {
    if (conditions !== undefined && !conditionHolds(conditions, item)) return 'its conditions do not hold';
    if (expression !== undefined) {
      const value = evaluateFor(expression, item, index);
      if (typeof value !== 'boolean') throw noBoolean(expression.source, value, index);
      if (!value) return `"${expression.source}" is false`;
    }
    const [issue] = compiled?.issuesOf(item) ?? [];
    return issue === undefined
      ? undefined
      : `${issue.pointer === '' ? 'it' : issue.pointer} ${issue.message}`;
  };
}

function misfit(item: Json, index: number, why: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `Item ${index} does not fit: ${why}. It is ${showValue(item)}.`,
    {
      hint: 'Mend what gives the item, or leave such items out with onFail "skip".',
      details: { item: index },
    },
  );
}

function noBoolean(source: string, value: Json, index: number): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `"${source}" is ${showValue(value)} for item ${index}, and must be true or false.`,
    {
      hint: 'Compare something in it, as "item.volume > -6" does.',
      details: { field: 'where', item: index },
    },
  );
}
