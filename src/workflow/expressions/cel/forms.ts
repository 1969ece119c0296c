import type { Json } from '../../../core/json.ts';
import type { Compilation, Compiled, ValueTypes } from './compilation.ts';
import { type Evaluation, evaluationError, spend, typeName } from './evaluation.ts';
import { ExpressionFault } from './fault.ts';
import { sortedBy } from './order.ts';
import type { CelNode } from './parse-cel.ts';

/** What looks like a call, but whose parts are not all evaluated once: has(), default() and those that go through a list. */
export function compileForm(
  node: CelNode,
  name: string,
  args: readonly CelNode[],
  compilation: Compilation,
): Compiled | undefined {
  if (name === 'has') return compileHas(node, args, compilation);
  if (name === 'default') return compileDefault(node, args, compilation);
  if (name === 'cel.bind') return compileBind(node, args, compilation);
  return compileThroughList(node, name, args, compilation);
}

export const formNames: readonly string[] = [
  ...['has', 'default', 'map', 'filter', 'all', 'exists', 'exists_one', 'sortBy'],
];

function compileHas(node: CelNode, args: readonly CelNode[], compilation: Compilation): Compiled {
  const [only] = args;
  if (only === undefined || args.length !== 1 || (only.op !== '.' && only.op !== '[]'))
    throw malformed(node, 'has(a.b): whether a has a member b');
  const { run } = compilation.compile(only, { ...compilation, isGuarded: true });
  return { types: ['boolean'], run: (evaluation) => run(evaluation) !== null };
}

function compileDefault(node: CelNode, args: readonly CelNode[], compilation: Compilation): Compiled {
  if (args.length < 2) throw malformed(node, 'default(value, otherwise)');
  const last = args.length - 1;
  const compiled = args.map((arg, at) =>
    compilation.compile(arg, { ...compilation, isGuarded: at < last || compilation.isGuarded }),
  );
  return {
    types: unionOf(compiled),
    run: (evaluation) => {
      spend(evaluation, 1, node.start);
      for (const { run } of compiled) {
        const value = run(evaluation);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function unionOf(compiled: readonly Compiled[]): ValueTypes {
  if (compiled.some(({ types }) => types === undefined)) return undefined;
  return [...new Set(compiled.flatMap(({ types }) => types ?? []))];
}

/** `cel.bind(name, value, expression)`. */
function compileBind(node: CelNode, args: readonly CelNode[], compilation: Compilation): Compiled {
  const [name, value, result] = args;
  if (name?.op !== 'id' || value === undefined || result === undefined || args.length !== 3)
    throw malformed(node, 'cel.bind(name, value, expression)');
  const depth = compilation.locals.length;
  const bound = compilation.compile(value, compilation);
  const inner = compilation.compile(result, { ...compilation, locals: [...compilation.locals, name.args] });
  return {
    types: inner.types,
    run: (evaluation) => {
      spend(evaluation, 1, node.start);
      evaluation.locals[depth] = bound.run(evaluation);
      return inner.run(evaluation);
    },
  };
}

/** What a form makes of a list, its items, and what its expression gives for each. */
type Through = (
  items: readonly Json[],
  each: (item: Json) => Json,
  toTruth: (value: Json) => boolean,
  evaluation: Evaluation,
  offset: number,
) => Json;

const through: Readonly<Record<string, { readonly types: ValueTypes; readonly make: Through }>> = {
  map: { types: ['array'], make: (items, each) => items.map(each) },
  filter: { types: ['array'], make: (items, each, truth) => items.filter((item) => truth(each(item))) },
  all: { types: ['boolean'], make: (items, each, truth) => items.every((item) => truth(each(item))) },
  exists: { types: ['boolean'], make: (items, each, truth) => items.some((item) => truth(each(item))) },
  exists_one: {
    types: ['boolean'],
    make: (items, each, truth) => items.filter((item) => truth(each(item))).length === 1,
  },
  sortBy: {
    types: ['array'],
    make: (items, each, _, evaluation, offset) => sortedBy(items, each, evaluation, offset),
  },
};

function compileThroughList(
  node: CelNode,
  name: string,
  args: readonly CelNode[],
  compilation: Compilation,
): Compiled | undefined {
  const form = Object.hasOwn(through, name) ? through[name] : undefined;
  if (form === undefined) return undefined;
  const [list, variable, ...bodies] = args;
  const isFiltered = name === 'map' && bodies.length === 2;
  if (list === undefined || variable?.op !== 'id' || bodies.length !== (isFiltered ? 2 : 1))
    throw malformed(node, `list.${name}(x, <expression of x>)`);
  const of = compilation.compile(list, compilation);
  const depth = compilation.locals.length;
  const inside = { ...compilation, locals: [...compilation.locals, variable.args] };
  const [first, second] = bodies.map((body) => compilation.compile(body, inside));
  if (first === undefined) throw malformed(node, `list.${name}(x, <expression of x>)`);
  const eachOf =
    ({ run }: Compiled, evaluation: Evaluation) =>
    (item: Json) => {
      spend(evaluation, 1, node.start);
      evaluation.locals[depth] = item;
      return run(evaluation);
    };
  return {
    types: form.types,
    run: (evaluation) => {
      const items = itemsOf(of.run(evaluation), name, evaluation, list.start);
      const truth = (value: Json) => truthOf(value, name, evaluation, bodies[0] ?? node);
      const each = eachOf(first, evaluation);
      if (second === undefined) return form.make(items, each, truth, evaluation, node.start);
      return items.filter((item) => truth(each(item))).map(eachOf(second, evaluation));
    },
  };
}

/** As CEL has it, the items of an object are the names of its members. */
function itemsOf(value: Json, name: string, evaluation: Evaluation, offset: number): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  const message = `${name}() goes through ${typeName(value)}, not a list.`;
  throw evaluationError(evaluation, offset, message, 'Write default(x, []) for a list that may be missing.');
}

function truthOf(value: Json, name: string, evaluation: Evaluation, node: CelNode): boolean {
  if (typeof value === 'boolean') return value;
  const message = `the condition of ${name}() is ${typeName(value)}, not true or false.`;
  throw evaluationError(evaluation, node.start, message, 'Compare it: x != null, x > 0, x == "yes".');
}

function malformed(node: CelNode, expected: string): ExpressionFault {
  return new ExpressionFault({
    code: 'WORKFLOW_INVALID',
    message: `This is not how it is called: write ${expected}.`,
    offset: node.start,
    expected,
  });
}
