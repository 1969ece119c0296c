import type { Json } from '../../../core/json.ts';
import { type LinearPattern, linearPattern } from '../../../core/text/linear-pattern.ts';
import { isEqual } from '../cel/equality.ts';
import { evaluationError, spend, stepsOfText } from '../cel/evaluation.ts';
import { textOf } from '../text-of.ts';
import type { ExpressionFunction, FunctionCall, Parameter } from './expression-function.ts';
import { listArg, numberArg, textArg } from './read-arguments.ts';

const text: Parameter = { name: 'text', type: 'text' };
const part: Parameter = { name: 'part', type: 'text' };

export const textFunctions: readonly ExpressionFunction[] = [
  changed('upper', ['uppercase', 'upperAscii'], 'The text in capitals.', ['upper("step")', 'STEP'], (t) =>
    t.toUpperCase(),
  ),
  changed(
    'lower',
    ['lowercase', 'lowerAscii'],
    'The text in small letters.',
    ['lower("STEP")', 'step'],
    (t) => t.toLowerCase(),
  ),
  changed('trim', [], 'The text without blanks at either end.', ['trim("  step ")', 'step'], (t) => t.trim()),
  {
    name: 'padZero',
    parameters: [
      { name: 'x', type: 'any' },
      { name: 'width', type: 'number' },
    ],
    returns: 'string',
    gives: 'A number or a text with zeros in front, up to a width (1,000 at most).',
    example: ['padZero(7, 3)', '007'],
    run: (args, call) => {
      const value = textOf(args[0] ?? null, call.evaluation, call.offset);
      const sign = value.startsWith('-') ? '-' : '';
      const width = Math.min(1000, numberArg(args, 1)) - sign.length;
      return sign + value.slice(sign.length).padStart(width, '0');
    },
  },
  {
    name: 'split',
    parameters: [text, { name: 'separator', type: 'text' }],
    returns: 'array',
    gives: 'The parts of a text between separators.',
    example: ['split("step_grass_01", "_")', ['step', 'grass', '01']],
    run: (args, call) => {
      const [whole, separator] = [textArg(args, 0, call), textArg(args, 1, call)];
      // A character of two units is not torn apart.
      const parts = separator === '' ? [...whole] : whole.split(separator);
      spend(call.evaluation, parts.length, call.offset);
      return parts;
    },
  },
  {
    name: 'join',
    parameters: [
      { name: 'list', type: 'list' },
      { name: 'separator', type: 'text', isOptional: true },
    ],
    returns: 'string',
    gives: 'The items of a list as one text, with a separator between them (none where left out).',
    example: ['join(["step", 1], "_")', 'step_1'],
    run: (args, call) => {
      const separator = textArg(args, 1, call);
      const items = listArg(args, 0, call).map((item) => textOf(item, call.evaluation, call.offset));
      spend(call.evaluation, stepsOfText(items.length * separator.length), call.offset);
      return items.join(separator);
    },
  },
  {
    name: 'replace',
    parameters: [text, { name: 'find', type: 'text' }, { name: 'by', type: 'text' }],
    returns: 'string',
    gives: 'The text with every occurrence of a part replaced.',
    example: ['replace("a b c", " ", "_")', 'a_b_c'],
    run: (args, call) => {
      const [whole, find, by] = [textArg(args, 0, call), textArg(args, 1, call), textArg(args, 2, call)];
      // A replacement in which $ means nothing.
      const literally = by.replaceAll('$', '$$$$');
      return bounded(whole, by, find === '' ? whole.length + 1 : whole.length / find.length, call, () =>
        whole.replaceAll(find, literally),
      );
    },
  },
  {
    name: 'replacePattern',
    parameters: [text, { name: 'pattern', type: 'text' }, { name: 'by', type: 'text' }],
    returns: 'string',
    gives: 'The text with every match of a regular expression (RE2) replaced; $1 stands for its first group.',
    example: ['replacePattern("take12", "[0-9]+", "_$&")', 'take_12'],
    run: (args, call) => {
      const [whole, by] = [textArg(args, 0, call), textArg(args, 2, call)];
      const compiled = pattern(textArg(args, 1, call), whole, call);
      // A group may stand in the replacement as often as it has room for it.
      const references = by.split('$').length - 1;
      return bounded(whole, by, whole.length + 1, call, () => compiled.replaceAll(whole, by), references);
    },
  },
  {
    name: 'matches',
    parameters: [text, { name: 'pattern', type: 'text' }],
    returns: 'boolean',
    gives: 'Whether a regular expression (RE2, no lookahead) is found in the text.',
    example: ['matches("step_01", "_[0-9]{2}$")', true],
    run: (args, call) => {
      const whole = textArg(args, 0, call);
      return pattern(textArg(args, 1, call), whole, call).test(whole);
    },
  },
  {
    name: 'contains',
    parameters: [
      { name: 'whole', type: 'sized' },
      { name: 'part', type: 'any' },
    ],
    returns: 'boolean',
    gives: 'Whether a text holds another one, or a list an item.',
    example: ['contains("step_grass", "grass")', true],
    run: ([whole = null, wanted = null], call) => {
      if (Array.isArray(whole))
        return whole.some((item: Json) => isEqual(item, wanted, call.evaluation, call.offset));
      if (typeof whole === 'string' && typeof wanted === 'string')
        return textArg([whole], 0, call).includes(wanted);
      const message = 'contains() looks for a text in a text, or for any value in a list.';
      throw evaluationError(
        call.evaluation,
        call.offset,
        message,
        'Write "name" in x for the members of an object.',
      );
    },
  },
  asks(
    'startsWith',
    'Whether the text begins with a part.',
    ['startsWith("step_01", "step")', true],
    (t, p) => t.startsWith(p),
  ),
  asks('endsWith', 'Whether the text ends with a part.', ['endsWith("step.wav", ".wav")', true], (t, p) =>
    t.endsWith(p),
  ),
  {
    name: 'indexOf',
    parameters: [text, part],
    returns: 'number',
    gives: 'Where a part begins in the text, from 0; -1 where it does not.',
    example: ['indexOf("step_01", "_")', 4],
    run: (args, call) => textArg(args, 0, call).indexOf(textArg(args, 1, call)),
  },
  {
    name: 'substring',
    parameters: [text, { name: 'from', type: 'number' }, { name: 'to', type: 'number', isOptional: true }],
    returns: 'string',
    gives: 'The text from one index up to another, which is left out of it; to the end where none is given.',
    example: ['substring("step_01", 0, 4)', 'step'],
    run: (args, call) => {
      const whole = textArg(args, 0, call);
      // Half of a character is none.
      return whole
        .substring(numberArg(args, 1), numberArg(args, 2, whole.length))
        .replaceAll(/\p{Surrogate}/gu, '\ufffd');
    },
  },
];

function changed(
  name: string,
  aliases: readonly string[],
  gives: string,
  example: readonly [string, Json],
  change: (text: string) => string,
): ExpressionFunction {
  return {
    ...{ name, aliases, gives, example, parameters: [text], returns: 'string' },
    run: (args, call) => change(textArg(args, 0, call)),
  };
}

function asks(
  name: string,
  gives: string,
  example: readonly [string, Json],
  ask: (text: string, part: string) => boolean,
): ExpressionFunction {
  return {
    ...{ name, gives, example, parameters: [text, part], returns: 'boolean' },
    run: (args, call) => ask(textArg(args, 0, call), textArg(args, 1, call)),
  };
}

/** What is replaced may grow: it is counted as if all of it were. */
function bounded(
  whole: string,
  by: string,
  most: number,
  call: FunctionCall,
  replace: () => string,
  references = 0,
): string {
  spend(call.evaluation, stepsOfText(most * (by.length + 4) + references * whole.length), call.offset);
  return replace();
}

/** Compiled once in an evaluation. Its matching takes time linear in the text. */
function pattern(source: string, whole: string, { evaluation, offset }: FunctionCall): LinearPattern {
  spend(evaluation, whole.length * (1 + source.length / 64), offset);
  const known = evaluation.patterns.get(source);
  if (known !== undefined) return known;
  spend(evaluation, 2_000 + source.length * 300, offset);
  try {
    const compiled = linearPattern(source);
    evaluation.patterns.set(source, compiled);
    return compiled;
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `${JSON.stringify(source.slice(0, 80))} is no regular expression: ${why}.`;
    throw evaluationError(evaluation, offset, message, 'Write one as RE2 takes it.');
  }
}
