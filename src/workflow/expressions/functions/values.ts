import { isJsonObject, type Json } from '../../../core/json.ts';
import { evaluationError, typeName } from '../cel/evaluation.ts';
import { textOf } from '../text-of.ts';
import type { ExpressionFunction, FunctionCall, Parameter } from './expression-function.ts';
import { numberArg, textArg } from './read-arguments.ts';

const x: Parameter = { name: 'x', type: 'any' };

export const valueFunctions: readonly ExpressionFunction[] = [
  {
    name: 'toText',
    aliases: ['string'],
    parameters: [x],
    returns: 'string',
    gives:
      'A value as text: numbers and booleans as JSON writes them, null as nothing, lists and objects as JSON.',
    example: ['toText(1.5)', '1.5'],
    run: ([value = null], { evaluation, offset }) => textOf(value, evaluation, offset),
  },
  {
    name: 'toNumber',
    aliases: ['double'],
    parameters: [x],
    returns: 'number',
    gives: 'The number that a text writes out (-6, 1.5, 2e3), or a number as it is; true is 1, false is 0.',
    example: ['toNumber("-6.5")', -6.5],
    run: (args, call) => toNumber(args, call),
  },
  {
    name: 'toInteger',
    aliases: ['int', 'uint'],
    parameters: [x],
    returns: 'number',
    gives: 'A number, or the one that a text writes out, without its fraction.',
    example: ['toInteger("3.7")', 3],
    run: (args, call) => Math.trunc(toNumber(args, call)) + 0,
  },
  {
    name: 'toBoolean',
    aliases: ['bool'],
    parameters: [x],
    returns: 'boolean',
    gives:
      'Of "true", "yes", "on", "1" and 1 true, of "false", "no", "off", "0", "" and 0 false, in capitals too.',
    example: ['toBoolean("Yes")', true],
    run: ([value = null], call) => {
      const text = typeof value === 'string' ? textArg([value], 0, call).trim().toLowerCase() : String(value);
      if (['true', 'yes', 'on', '1'].includes(text)) return true;
      if (['false', 'no', 'off', '0', ''].includes(text)) return false;
      const message = `toBoolean() reads ${typeName(value)} neither as true nor as false.`;
      throw evaluationError(
        call.evaluation,
        call.offset,
        message,
        'Compare it instead: x == "done", x != null.',
      );
    },
  },
  {
    name: 'toJson',
    parameters: [x],
    returns: 'string',
    gives: 'A value as JSON on one line.',
    example: ['toJson({"a": [1, null]})', '{"a":[1,null]}'],
    run: ([value = null], { evaluation, offset }) => {
      textOf(value, evaluation, offset);
      return JSON.stringify(value);
    },
  },
  {
    name: 'typeOf',
    parameters: [x],
    returns: 'string',
    gives: 'The JSON type of a value: "string", "number", "boolean", "null", "array" or "object".',
    example: ['typeOf([1])', 'array'],
    run: ([value = null]) => {
      if (value === null) return 'null';
      return Array.isArray(value) ? 'array' : isJsonObject(value) ? 'object' : typeof value;
    },
  },
];

function toNumber(args: readonly Json[], call: FunctionCall): number {
  const [value = null] = args;
  if (typeof value === 'number') return numberArg(args, 0);
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = typeof value === 'string' && value.length <= 100 ? textArg(args, 0, call).trim() : '';
  const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(number)) return number;
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : typeName(value);
  throw evaluationError(
    call.evaluation,
    call.offset,
    `${call.name}() finds no number in ${shown}.`,
    'Write default(x, 0) for what may be missing.',
  );
}
