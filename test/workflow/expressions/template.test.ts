import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { ExpressionFault } from '../../../src/workflow/expressions/cel/fault.ts';
import { evaluateTemplate, parseTemplate } from '../../../src/workflow/expressions/template.ts';
import { randomCases } from '../../harness/amount.ts';
import { scopeOf } from './scope.ts';

describe('a string with {{ }}', () => {
  it('keeps type and value where it is nothing but an expression', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const given = JSON.parse(JSON.stringify(value));
        expect(read('{{input}}', given)).toBe(given);
        expect(read('{{ input }}', given)).toBe(given);
      }),
      randomCases(200, 10_000),
    );
  });

  it('is the text of the values where it is longer', () => {
    expect(read('{{ input.a }}-{{ input.b }}!', { a: 1.5, b: 'x' })).toBe('1.5-x!');
    expect(read('is {{ input }}', true)).toBe('is true');
    expect(read(' {{ input }}', 1)).toBe(' 1');
    expect(read('list: {{ input }}', [1, { a: 'b' }])).toBe('list: [1,{"a":"b"}]');
  });

  it('refuses null inside a longer text: nobody wants a name with a hole in it', () => {
    expect(() => read('Step_{{ input.missing }}', {})).toThrow(/is null/);
    expect(read('Step_{{ default(input.missing, "") }}', {})).toBe('Step_');
  });

  it('finds its end behind braces in quotes and in objects', () => {
    expect(read('{{ {"a": {"b": "}}"}} }}', null)).toEqual({ a: { b: '}}' } });
    expect(read('{{ {"a": 1}}}', null)).toEqual({ a: 1 });
    expect(read("{{ '{{' }} stays", null)).toBe('{{ stays');
    expect(read("{{ '\\'}}' }}", null)).toBe("'}}");
  });

  it('says where in the string an expression is wrong', () => {
    expect(offsetOf('ab {{ 1 + }} {{ x }}')).toBe(10);
    expect(offsetOf('ab {{ "}}"')).toBe(3);
    expect(offsetOf('{{ input }} {{ nope }}')).toBe(15);
  });

  it('is none without braces', () => {
    expect(parseTemplate('a { b } }} c')).toBeUndefined();
    expect(parseTemplate('a }} {{ b')).toBeUndefined();
  });
});

function read(text: string, input: Json): Json {
  const template = parseTemplate(text);
  if (template === undefined) throw new Error(`${text} is no template`);
  return evaluateTemplate(template, scopeOf({ input }));
}

function offsetOf(text: string): number {
  try {
    parseTemplate(text);
  } catch (thrown) {
    if (thrown instanceof ExpressionFault) return thrown.fault.offset;
    throw thrown;
  }
  throw new Error(`${text} compiles`);
}
