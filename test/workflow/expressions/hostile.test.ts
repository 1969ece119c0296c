import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import { ExpressionFault } from '../../../src/workflow/expressions/cel/fault.ts';
import { functionNames } from '../../../src/workflow/expressions/functions/catalog.ts';
import { evaluateTemplate, parseTemplate } from '../../../src/workflow/expressions/template.ts';
import { amount } from '../../harness/amount.ts';
import { cpuTimeMs } from '../../harness/cpu-time.ts';
import { scopeOf, valueOfText } from './scope.ts';

const long = 'x'.repeat(10_000_000);
const many = Array.from({ length: 5_000 }, (_, index) => index);
const input = { long, many, text: 'a_b c', rows: [{ n: 'a' }, { n: null }], deep: { a: { b: [1] } } };

/** What bites: each of these would take seconds or gigabytes where nothing is counted. */
const bombs: readonly string[] = [
  'input.many.map(a, input.many.map(b, input.many.map(c, a + b + c)))',
  'input.many.all(a, input.many.all(b, a + b >= 0))',
  'cel.bind(a, input.long + input.long, cel.bind(b, a + a + a + a, cel.bind(c, b + b + b + b, c + c)))',
  'replace(input.long, "x", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
  'replace(input.long, "", "ab")',
  'replacePattern(input.long, "x*?", "$0$0$0$0$0$0$0$0$0")',
  'replacePattern("xxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "(x+)", "$1$1$1$1$1$1$1$1")',
  'matches(input.long, "(x+x+)+y")',
  'range(0, 1000000000)',
  'range(0, 10000).map(i, input.long)  == range(0, 10000).map(i, input.long)',
  'split(input.long, "")',
  'input.many.map(i, input.long).join(",")',
  'sort(range(0, 40000).map(i, toText(i)))',
  'distinct(range(0, 400000))',
  'cel.bind(a, [input.many, input.many, input.many, input.many], cel.bind(b, [a, a, a, a], [b, b, b, b, b, b] == [b, b, b, b, b, b] && toJson([b, b, b, b, b, b, b, b]) != ""))',
  'input.many.map(i, snake(input.long))',
  'padZero(1, 1000000000)',
  'upper(upper(upper(upper(upper(input.long)))))',
];

describe('an expression that means harm', () => {
  it.each(bombs)('costs little whatever it is: %s', (source) => {
    const before = cpuTimeMs(process.pid);
    try {
      valueOfText(source, { input });
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(WwiseFlowError);
      expect(String(thrown)).toMatch(/too much work|no regular expression/);
    }
    expect(cpuTimeMs(process.pid) - before).toBeLessThan(1_500);
  });

  it('passes a long text on without a look at it', () => {
    expect(valueOfText('input.long', { input })).toBe(long);
  });

  it('ends with a value or an error of its own, in bounded time, whatever the text', () => {
    const before = cpuTimeMs(process.pid);
    const word = fc.constantFrom(
      ...[
        'input',
        'nodes',
        '.',
        'a',
        '[',
        ']',
        '(',
        ')',
        '{',
        '}',
        '}}',
        '{{',
        ',',
        '?',
        ':',
        '"',
        "'",
        '\\',
        '//',
      ],
      ...[
        '+',
        '-',
        '*',
        '/',
        '%',
        '&&',
        '||',
        '!',
        '==',
        '<',
        ' ',
        '\n',
        '0',
        '1',
        '1.5e9',
        'true',
        'null',
        ' in ',
      ],
      ...[
        'input.many',
        'input.long',
        'input.rows',
        'x',
        '.map(x,',
        '.filter(x,',
        'r"',
        'b"',
        '"""',
        '$from:a:$output:b',
      ],
      ...[
        'secrets.K',
        'nodes.a-b.c',
        '__proto__',
        'constructor',
        'é',
        '\u{1f600}',
        '\ud800',
        'workflow.input',
      ],
      ...functionNames.map((name) => `${name}(`),
    );
    const texts = fc.oneof(
      fc.array(word, { maxLength: 24 }).map((words) => `{{${words.join('')}}}`),
      fc.array(word, { maxLength: 24 }).map((words) => words.join('')),
      fc.string({ maxLength: 60, unit: 'binary' }).map((text) => `{{${text}}}`),
    );
    let evaluated = 0;
    fc.assert(
      fc.property(texts, (text) => {
        evaluated += endsWell(text) ? 1 : 0;
      }),
      { numRuns: amount(20_000, 200_000), seed: 17 },
    );
    expect(evaluated).toBeGreaterThan(50);
    expect(cpuTimeMs(process.pid) - before).toBeLessThan(amount(30_000, 300_000));
  });
});

/** True where it has a value, which is JSON. */
function endsWell(text: string): boolean {
  try {
    const template = parseTemplate(text);
    if (template === undefined) return false;
    const value = evaluateTemplate(template, scopeOf({ input, nodes: { 'a-b': { c: 1 } } }));
    expect(['string', 'number', 'boolean', 'object']).toContain(typeof value);
    return true;
  } catch (thrown) {
    if (thrown instanceof ExpressionFault) {
      expect(thrown.fault.offset).toBeLessThanOrEqual(text.length);
      return false;
    }
    expect(thrown).toBeInstanceOf(WwiseFlowError);
    expect(['INVALID_INPUT', 'UNRESOLVED_REFERENCE']).toContain(Reflect.get(Object(thrown), 'code'));
    return false;
  }
}
