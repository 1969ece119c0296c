import type { Json } from '../../../core/json.ts';
import { evaluationError, spend } from '../cel/evaluation.ts';
import type { ExpressionFunction, FunctionCall, Parameter } from './expression-function.ts';
import { numberArg, numbersIn } from './read-arguments.ts';

const x: Parameter = { name: 'x', type: 'number' };
const many: readonly Parameter[] = [{ name: 'numbers', type: 'numbers', isRest: true }];

export const numberFunctions: readonly ExpressionFunction[] = [
  {
    name: 'min',
    parameters: many,
    returns: 'number',
    gives: 'The smallest of some numbers, or of a list of them.',
    example: ['min(3, 1.5, 2)', 1.5],
    run: (args, call) => reduce(args, call, (a, b) => Math.min(a, b)),
  },
  {
    name: 'max',
    parameters: many,
    returns: 'number',
    gives: 'The largest of some numbers, or of a list of them.',
    example: ['max([3, 1.5, 2])', 3],
    run: (args, call) => reduce(args, call, (a, b) => Math.max(a, b)),
  },
  {
    name: 'sum',
    parameters: many,
    returns: 'number',
    gives: 'The sum of some numbers, or of a list of them; of none it is 0.',
    example: ['sum([1, 2, 3.5])', 6.5],
    run: (args, call) =>
      finite(
        numbersIn(args, call).reduce((a, b) => a + b, 0),
        call,
      ),
  },
  {
    name: 'avg',
    parameters: many,
    returns: 'number',
    gives: 'The mean of some numbers, or of a list of them.',
    example: ['avg([1, 2, 6])', 3],
    run: (args, call) => {
      const numbers = someOf(args, call);
      return finite(numbers.reduce((a, b) => a + b, 0) / numbers.length, call);
    },
  },
  {
    name: 'round',
    parameters: [x, { name: 'digits', type: 'number', isOptional: true }],
    returns: 'number',
    gives:
      'A number rounded to so many digits behind the point (0 to 12, 0 where left out), halves away from zero.',
    example: ['round(-3.456, 2)', -3.46],
    run: (args, call) => {
      const digits = numberArg(args, 1, 0);
      if (!Number.isInteger(digits) || digits < 0 || digits > 12)
        throw evaluationError(
          call.evaluation,
          call.offset,
          `round() has no ${digits} digits.`,
          'Give 0 to 12.',
        );
      return rounded(numberArg(args, 0), digits);
    },
  },
  plain('floor', 'The largest whole number that is not above it.', 'floor(2.7)', 2, Math.floor),
  plain('ceil', 'The smallest whole number that is not below it.', 'ceil(2.1)', 3, Math.ceil),
  plain('abs', 'A number without its sign.', 'abs(-6)', 6, Math.abs),
  {
    name: 'clamp',
    parameters: [x, { name: 'least', type: 'number' }, { name: 'most', type: 'number' }],
    returns: 'number',
    gives: 'The number, or the bound it lies beyond.',
    example: ['clamp(14, -96, 12)', 12],
    run: (args) => Math.max(numberArg(args, 1), Math.min(numberArg(args, 2), numberArg(args, 0))),
  },
  {
    name: 'pow',
    parameters: [x, { name: 'exponent', type: 'number' }],
    returns: 'number',
    gives: 'The number to a power.',
    example: ['pow(2, 10)', 1024],
    run: (args, call) => finite(numberArg(args, 0) ** numberArg(args, 1), call),
  },
  {
    name: 'range',
    parameters: [
      { name: 'from', type: 'number' },
      { name: 'to', type: 'number' },
      { name: 'step', type: 'number', isOptional: true },
    ],
    returns: 'array',
    gives: 'The numbers from one to another, both included, by a step (1 where left out).',
    example: ['range(1, 4)', [1, 2, 3, 4]],
    run: (args, call) => range(numberArg(args, 0), numberArg(args, 1), numberArg(args, 2, 1), call),
  },
];

function plain(
  name: string,
  gives: string,
  expression: string,
  value: number,
  calculate: (x: number) => number,
): ExpressionFunction {
  return {
    name,
    parameters: [x],
    returns: 'number',
    gives,
    example: [expression, value],
    // -0 reads back as 0.
    run: (args) => calculate(numberArg(args, 0)) + 0,
  };
}

function reduce(args: readonly Json[], call: FunctionCall, choose: (a: number, b: number) => number): number {
  return someOf(args, call).reduce(choose);
}

function someOf(args: readonly Json[], call: FunctionCall): readonly number[] {
  const numbers = numbersIn(args, call);
  if (numbers.length > 0) return numbers;
  const message = `${call.name}() of an empty list has no value.`;
  throw evaluationError(
    call.evaluation,
    call.offset,
    message,
    'Look at its size first: size(list) == 0 ? 0 : ...',
  );
}

/** Throws INVALID_INPUT for what JSON has no number for. */
export function finite(value: number, call: FunctionCall): number {
  if (Number.isFinite(value)) return value;
  const message = `${call.name}() gives no number that JSON has.`;
  throw evaluationError(call.evaluation, call.offset, message, 'Look at the arguments before it is called.');
}

/** By its decimal text, so that 1.005 is rounded as it is read. */
function rounded(value: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(Math.abs(value)).split('e');
  const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
  const size = Number(`${shifted}e${-digits}`);
  if (!Number.isFinite(size)) return value;
  return value < 0 ? 0 - size : size;
}

function range(from: number, to: number, step: number, call: FunctionCall): readonly number[] {
  if (step === 0 || !Number.isFinite((to - from) / step))
    throw evaluationError(
      call.evaluation,
      call.offset,
      'range() has a step of 0.',
      'Give a step that leads on.',
    );
  const count = Math.max(0, Math.floor((to - from) / step) + 1);
  spend(call.evaluation, count, call.offset);
  return Array.from({ length: count }, (_, index) => from + index * step);
}
