import { canonicalJson } from '../../../../core/canonical-json.ts';
import { isJsonObject, type Json } from '../../../../core/json.ts';
import { longestRun, sortRuns } from '../../../../core/turns/sort-runs.ts';
import { compileExpression } from '../../../expressions/expression.ts';
import { evaluateFor } from '../item-expression.ts';
import { fieldOf, withMember, withoutField } from './fields.ts';
import { formatValue } from './format-value.ts';
import type { TransformOperation } from './operation.ts';

/** The items after one operation. Yields now and then; throws INVALID_INPUT for a value it cannot work on. */
export function* applyOperation(
  operation: ListOperation,
  items: readonly Json[],
): Generator<unknown, readonly Json[]> {
  if (operation.type === 'limit') return items.slice(operation.from, operation.from + operation.count);
  if (operation.type === 'sort') return yield* sorted(items, operation.by, operation.descending);
  if (operation.type === 'dedupe') return yield* deduped(items, operation.by, operation.ignoreCase);
  const change = changeOf(operation);
  const made: Json[] = [];
  for (const [index, item] of items.entries()) {
    made.push(change(item, index));
    // One item may take long: whoever walks this looks at the clock.
    yield;
  }
  return made;
}

/** Those that are done here; JSONata has a thread of its own. */
export type ListOperation = Exclude<TransformOperation, { type: 'jsonata' }>;

type ItemOperation = Exclude<ListOperation, { type: 'limit' | 'sort' | 'dedupe' }>;

function changeOf(operation: ItemOperation): (item: Json, index: number) => Json {
  switch (operation.type) {
    case 'map': {
      const { transformation, fields = {} } = operation;
      if (transformation !== undefined) {
        const whole = compileExpression(transformation);
        return (item, index) => evaluateFor(whole, item, index);
      }
      const members = Object.entries(fields).map(
        ([name, source]) => [name, compileExpression(source)] as const,
      );
      return (item, index) =>
        Object.fromEntries(members.map(([name, expression]) => [name, evaluateFor(expression, item, index)]));
    }
    case 'calculate': {
      const expression = compileExpression(operation.transformation);
      return (item, index) => withMember(item, operation.field, evaluateFor(expression, item, index));
    }
    case 'rename': {
      const { field, to } = operation;
      return (item) => {
        const renamed = withoutField(item, field);
        return renamed === item ? item : withMember(renamed, to, fieldOf(item, field));
      };
    }
    case 'format': {
      const { field, as, digits } = operation;
      return (item) => withMember(item, field, formatValue(fieldOf(item, field), as, digits));
    }
    case 'normalise':
    case 'normalize':
      return (item) => normalised(item, operation.fields);
    case 'pick':
      return (item) => {
        let picked: Json = {};
        for (const path of operation.fields)
          if (withoutField(item, path) !== item) picked = withMember(picked, path, fieldOf(item, path));
        return picked;
      };
    case 'remove':
      return (item) => operation.fields.reduce<Json>(withoutField, item);
  }
}

function normalised(item: Json, fields: readonly string[] | undefined): Json {
  if (fields !== undefined)
    return fields.reduce<Json>((made, path) => withMember(made, path, tidy(fieldOf(item, path))), item);
  if (!isJsonObject(item)) return tidy(item);
  return Object.fromEntries(Object.entries(item).map(([name, value = null]) => [name, tidy(value)]));
}

function tidy(value: Json): Json {
  if (typeof value !== 'string') return value;
  const text = value.trim().replaceAll(/\s+/g, ' ');
  return text === '' ? null : text;
}

function* deduped(
  items: readonly Json[],
  by: readonly string[] | undefined,
  ignoreCase: boolean,
): Generator<unknown, readonly Json[]> {
  const seen = new Set<string>();
  const kept: Json[] = [];
  for (const item of items) {
    const text = canonicalJson(by === undefined ? item : by.map((path) => fieldOf(item, path)));
    const key = ignoreCase ? text.toLowerCase() : text;
    if (!seen.has(key)) kept.push(item);
    seen.add(key);
    yield;
  }
  return kept;
}

interface Keyed {
  readonly item: Json;
  readonly key: string | number | boolean | null;
}

/** Numbers by value, before texts, by their characters; equal ones stay in their order. */
function* sorted(
  items: readonly Json[],
  by: string,
  descending: boolean,
): Generator<unknown, readonly Json[]> {
  const runs: Keyed[][] = [];
  for (let first = 0; first < items.length; first += longestRun) {
    runs.push(
      items.slice(first, first + longestRun).map((item) => ({ item, key: keyOf(fieldOf(item, by)) })),
    );
    yield;
  }
  const order = descending ? -1 : 1;
  const keyed = yield* sortRuns(runs, (one, other) => {
    if (one.key === null || other.key === null) return Number(one.key === null) - Number(other.key === null);
    return order * compared(one.key, other.key);
  });
  return keyed.map(({ item }) => item);
}

/** Lists and objects are sorted as their JSON. */
function keyOf(value: Json): Keyed['key'] {
  return typeof value === 'object' && value !== null ? canonicalJson(value) : value;
}

function compared(one: string | number | boolean, other: string | number | boolean): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'number' || typeof other === 'number') return typeof one === 'number' ? -1 : 1;
  const [text, otherText] = [String(one), String(other)];
  return text === otherText ? 0 : text < otherText ? -1 : 1;
}
