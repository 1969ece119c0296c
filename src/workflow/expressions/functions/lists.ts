import { canonicalJson } from '../../../core/canonical-json.ts';
import { isJsonObject, type Json } from '../../../core/json.ts';
import { spend } from '../cel/evaluation.ts';
import { sortedBy } from '../cel/order.ts';
import { textOf } from '../text-of.ts';
import type { ExpressionFunction, Parameter } from './expression-function.ts';
import { listArg, numberArg, objectArg, textArg } from './read-arguments.ts';

const list: Parameter = { name: 'list', type: 'list' };
const object: Parameter = { name: 'object', type: 'object' };

export const listFunctions: readonly ExpressionFunction[] = [
  {
    name: 'size',
    parameters: [{ name: 'x', type: 'sized' }],
    returns: 'number',
    gives: 'How many characters a text, items a list or members an object has.',
    example: ['size([4, 5])', 2],
    run: ([value = null], call) => {
      // As CEL has it, a character is a code point.
      if (typeof value === 'string') return [...textArg([value], 0, call)].length;
      return Object.keys(value ?? {}).length;
    },
  },
  {
    name: 'keys',
    parameters: [object],
    returns: 'array',
    gives: 'The names of the members of an object.',
    example: ['keys({"a": 1, "b": 2})', ['a', 'b']],
    run: (args, call) => Object.keys(objectArg(args, 0, call)),
  },
  {
    name: 'values',
    parameters: [object],
    returns: 'array',
    gives: 'The values of the members of an object.',
    example: ['values({"a": 1, "b": 2})', [1, 2]],
    run: (args, call) => Object.values(objectArg(args, 0, call)).map((value) => value ?? null),
  },
  {
    name: 'merge',
    parameters: [{ ...object, isRest: true }],
    returns: 'object',
    gives: 'The members of several objects; of a name that several have, the value of the last.',
    example: ['merge({"a": 1}, {"a": 2, "b": 3})', { a: 2, b: 3 }],
    run: (args, call) =>
      Object.fromEntries(args.flatMap((_, index) => Object.entries(objectArg(args, index, call)))),
  },
  {
    name: 'first',
    parameters: [list],
    returns: 'any',
    gives: 'The first item of a list; null of an empty one.',
    example: ['first([4, 5])', 4],
    run: ([value]) => (Array.isArray(value) ? (value[0] ?? null) : null),
  },
  {
    name: 'last',
    parameters: [list],
    returns: 'any',
    gives: 'The last item of a list; null of an empty one.',
    example: ['last([4, 5])', 5],
    run: ([value]) => (Array.isArray(value) ? (value.at(-1) ?? null) : null),
  },
  {
    name: 'slice',
    parameters: [list, { name: 'from', type: 'number' }, { name: 'to', type: 'number', isOptional: true }],
    returns: 'array',
    gives: 'The items from one index up to another, which is left out; negative ones count from the end.',
    example: ['slice([1, 2, 3, 4], 1, 3)', [2, 3]],
    run: (args, call) => {
      const items = listArg(args, 0, call);
      return items.slice(numberArg(args, 1), numberArg(args, 2, items.length));
    },
  },
  {
    name: 'reverse',
    parameters: [list],
    returns: 'array',
    gives: 'The items the other way round.',
    example: ['reverse([1, 2, 3])', [3, 2, 1]],
    run: (args, call) => listArg(args, 0, call).toReversed(),
  },
  {
    name: 'sort',
    parameters: [list],
    returns: 'array',
    gives: 'The items in order: numbers by size, texts as people count. sortBy(list, x, key) sorts by a key.',
    example: ['sort(["take 10", "take 2"])', ['take 2', 'take 10']],
    run: (args, call) => sortedBy(listArg(args, 0, call), (item) => item, call.evaluation, call.offset),
  },
  {
    name: 'distinct',
    parameters: [list],
    returns: 'array',
    gives: 'The items without those that were there before.',
    example: ['distinct([1, 2, 1])', [1, 2]],
    run: (args, call) => {
      const seen = new Map<string, Json>();
      for (const item of listArg(args, 0, call)) {
        // Counts what its text costs.
        textOf(item, call.evaluation, call.offset);
        spend(call.evaluation, 4, call.offset);
        const key = isPlain(item) ? `${typeof item}:${String(item)}` : canonicalJson(item);
        if (!seen.has(key)) seen.set(key, item);
      }
      return [...seen.values()];
    },
  },
  {
    name: 'flatten',
    parameters: [list],
    returns: 'array',
    gives: 'The items of the lists in a list, one level of them.',
    example: ['flatten([[1, 2], [3], 4])', [1, 2, 3, 4]],
    run: (args, call) => {
      const items = listArg(args, 0, call).flat();
      spend(call.evaluation, items.length, call.offset);
      return items;
    },
  },
];

function isPlain(value: Json): boolean {
  return !Array.isArray(value) && !isJsonObject(value);
}
