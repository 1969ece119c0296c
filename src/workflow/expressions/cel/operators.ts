import type { Json } from '../../../core/json.ts';
import type { Compilation, Compiled, JsonTypeName, ValueTypes } from './compilation.ts';
import { isEqual } from './equality.ts';
import { type Evaluation, evaluationError, spend, stepsOfText, typeName } from './evaluation.ts';
import { ExpressionFault } from './fault.ts';
import type { CelNode } from './parse-cel.ts';

/** `a + b` and the like. What cannot fit, as far as the types are known, is refused when it is compiled. */
export function compileBinary(
  operator: string,
  [left, right]: readonly [CelNode, CelNode],
  offset: number,
  compilation: Compilation,
): Compiled {
  const one = compilation.compile(left, compilation);
  const other = compilation.compile(right, compilation);
  const { apply, types } = operatorOf(operator);
  const given = types(one.types, other.types);
  if (given === 'unfit')
    throw new ExpressionFault({
      code: 'WORKFLOW_INVALID',
      message: `${one.types?.join(' or ')} ${operator} ${other.types?.join(' or ')} is not defined.${advice(operator)}`,
      offset,
      expected: takes(operator),
    });
  return {
    types: given,
    run: (evaluation) => {
      spend(evaluation, 1, offset);
      const a = one.run(evaluation);
      const b = other.run(evaluation);
      const value = apply(a, b, evaluation, offset);
      if (value === undefined)
        throw evaluationError(
          evaluation,
          offset,
          `${typeName(a)} ${operator} ${typeName(b)} is not defined.`,
          `${operator} takes ${takes(operator)}.${advice(operator)}`,
        );
      if (typeof value !== 'number' || Number.isFinite(value)) return value;
      throw evaluationError(
        evaluation,
        offset,
        `${String(a)} ${operator} ${String(b)} is no number that JSON has.`,
        'Look at the right side before dividing by it: b == 0 ? 0 : a / b.',
      );
    },
  };
}

export function compileMinus(node: CelNode, offset: number, compilation: Compilation): Compiled {
  const { run } = compilation.compile(node, compilation);
  return {
    types: ['number'],
    run: (evaluation) => {
      spend(evaluation, 1, offset);
      const value = run(evaluation);
      // 0 - 0 is 0, whereas -0 would read back as another value.
      if (typeof value === 'number') return 0 - value;
      const message = `- stands before ${typeName(value)}, not a number.`;
      throw evaluationError(evaluation, offset, message, 'Write toNumber(...) around a text.');
    },
  };
}

export function compileNot(node: CelNode, offset: number, compilation: Compilation): Compiled {
  const { run } = compilation.compile(node, compilation);
  return {
    types: ['boolean'],
    run: (evaluation) => {
      spend(evaluation, 1, offset);
      const value = run(evaluation);
      if (typeof value === 'boolean') return !value;
      const message = `! stands before ${typeName(value)}, not true or false.`;
      throw evaluationError(evaluation, offset, message, 'Compare it: x == null, x == "".');
    },
  };
}

interface Operator {
  /** Undefined where the values do not fit. */
  apply(a: Json, b: Json, evaluation: Evaluation, offset: number): Json | undefined;
  types(a: ValueTypes, b: ValueTypes): ValueTypes | 'unfit';
}

function operatorOf(operator: string): Operator {
  const found = operators[operator];
  if (found === undefined)
    throw new TypeError(`The parser knows an operator that has no meaning: ${operator}`);
  return found;
}

const always =
  (...types: JsonTypeName[]) =>
  () =>
    types;

const operators: Readonly<Record<string, Operator>> = {
  '==': { apply: (a, b, evaluation, offset) => isEqual(a, b, evaluation, offset), types: always('boolean') },
  '!=': { apply: (a, b, evaluation, offset) => !isEqual(a, b, evaluation, offset), types: always('boolean') },
  '<': comparison((a, b) => a < b),
  '<=': comparison((a, b) => a <= b),
  '>': comparison((a, b) => a > b),
  '>=': comparison((a, b) => a >= b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '+': {
    apply: (a, b, evaluation, offset) => {
      if (typeof a === 'number' && typeof b === 'number') return a + b;
      if (typeof a === 'string' && typeof b === 'string') {
        spend(evaluation, stepsOfText(a.length + b.length), offset);
        return a + b;
      }
      if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
      spend(evaluation, a.length + b.length, offset);
      return [...a, ...b];
    },
    types: (a, b) => {
      const both = addable.filter((type) => can(a, type) && can(b, type));
      return both.length === 0 ? 'unfit' : both;
    },
  },
  in: {
    apply: (a, b, evaluation, offset) => {
      if (Array.isArray(b)) return b.some((item: Json) => isEqual(a, item, evaluation, offset));
      if (typeof b !== 'object' || b === null || typeof a !== 'string') return undefined;
      return Object.hasOwn(b, a);
    },
    types: (_, b) => (can(b, 'array') || can(b, 'object') ? ['boolean'] : 'unfit'),
  },
};

const addable: readonly JsonTypeName[] = ['number', 'string', 'array'];

function can(types: ValueTypes, type: JsonTypeName): boolean {
  return types === undefined || types.includes(type);
}

function arithmetic(calculate: (a: number, b: number) => number): Operator {
  return {
    apply: (a, b) => (typeof a === 'number' && typeof b === 'number' ? calculate(a, b) : undefined),
    types: (a, b) => (can(a, 'number') && can(b, 'number') ? ['number'] : 'unfit'),
  };
}

function comparison(compare: <T extends number | string>(a: T, b: T) => boolean): Operator {
  return {
    apply: (a, b, evaluation, offset) => {
      if (typeof a === 'number' && typeof b === 'number') return compare(a, b);
      if (typeof a !== 'string' || typeof b !== 'string') return undefined;
      spend(evaluation, stepsOfText(Math.min(a.length, b.length)), offset);
      return compare(a, b);
    },
    types: (a, b) =>
      (can(a, 'number') && can(b, 'number')) || (can(a, 'string') && can(b, 'string'))
        ? ['boolean']
        : 'unfit',
  };
}

function takes(operator: string): string {
  if (operator === '+') return 'two numbers, two texts or two lists';
  if (operator === 'in') return 'a value in a list, or the name of a member in an object';
  return '<<=>>='.includes(operator) ? 'two numbers or two texts' : 'two numbers';
}

function advice(operator: string): string {
  if (operator === '+') return ' Write toText(x) to join a number to a text, toNumber(x) to add a text up.';
  if (operator === 'in') return ' Write contains(text, part) to look into a text.';
  return ' Write toNumber(x) for a text, default(x, 0) for what may be missing.';
}
