import type { StepNode } from '../../ast.ts';
import { meaningError } from '../../query-error.ts';
import { type Item, isObject, type Kind, type Value } from '../value.ts';
import type { Compiler, Condition } from './compiler.ts';
import type { CompiledStep } from './step.ts';

type ListFunctionNode = Extract<StepNode, { kind: 'filter' | 'slice' }>;

/** A list function. A single reference counts as a list of one, an unset one as an empty list. */
export function compileListFunction(
  step: ListFunctionNode,
  before: CompiledStep,
  compiler: Compiler,
): CompiledStep {
  if (compiler.scope.unknownNames === 'refuse' && before.kind === 'value') {
    throw meaningError(
      `${step.name}() needs a list before it`,
      step.position,
      step.name,
      'a list of objects',
    );
  }
  if (step.kind === 'slice') return compileSlice(step, before.kind);
  const condition = step.condition === null ? undefined : compiler.condition(step.condition);
  const matches = (item: Item): boolean => condition === undefined || (isObject(item) && condition(item));
  switch (step.name) {
    case 'count':
      return { kind: 'value', onList: (items) => countOf(items, matches, condition) };
    case 'any':
      return { kind: 'value', onList: (items) => items.some(matches) };
    case 'all':
      return { kind: 'value', onList: (items) => items.length > 0 && items.every(matches) };
    case 'first':
      return { kind: single(before.kind), onList: (items) => items.find(matches) ?? null };
    case 'last':
      return { kind: single(before.kind), onList: (items) => items.findLast(matches) ?? null };
    case 'where':
      return { kind: many(before.kind), onList: (items) => items.filter(matches) };
  }
}

function compileSlice(step: Extract<StepNode, { kind: 'slice' }>, kind: Kind): CompiledStep {
  const { count } = step;
  if (step.name === 'at') return { kind: single(kind), onList: (items) => items[count] ?? null };
  if (step.name === 'take') return { kind: many(kind), onList: (items) => items.slice(0, count) };
  return { kind: many(kind), onList: (items): Value => items.slice(count) };
}

function countOf(
  items: readonly Item[],
  matches: (item: Item) => boolean,
  condition: Condition | undefined,
): number {
  if (condition === undefined) return items.length;
  let count = 0;
  for (const item of items) if (matches(item)) count++;
  return count;
}

function single(kind: Kind): Kind {
  if (kind === 'objects') return 'object';
  return kind === 'values' ? 'value' : kind;
}

function many(kind: Kind): Kind {
  if (kind === 'object') return 'objects';
  return kind === 'value' ? 'values' : kind;
}
