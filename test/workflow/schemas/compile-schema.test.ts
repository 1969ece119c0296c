import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { compileSchema } from '../../../src/workflow/schemas/compile-schema.ts';

const counted = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const members = (count: number): JsonObject =>
  Object.fromEntries(counted(count).map((index) => [`k${index}`, index]));
const verdict = (schema: JsonObject, value: Json): string => {
  try {
    const [issue] = compileSchema(schema).issuesOf(value);
    return issue === undefined ? 'fits' : issue.message;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'no error';
  }
};

const tooMuch = 'the schema takes too much to judge this value by';

describe('a JSON Schema that somebody wrote', () => {
  it.each<[what: string, schema: JsonObject, value: Json, says: string]>([
    ['unlike objects', { uniqueItems: true }, counted(50_000).map((a) => ({ a })), 'fits'],
    [
      'objects of which two are alike',
      { uniqueItems: true },
      [{ a: 1, b: 2 }, { a: 1 }, { b: 2, a: 1 }],
      'must NOT have duplicate items (items ## 0 and 2 are identical)',
    ],
    ['alike ones where that is allowed', { uniqueItems: false }, [1, 1], 'fits'],
    [
      'patterns times members',
      { patternProperties: Object.fromEntries(counted(150).map((at) => [`x${at}`, {}])) },
      members(20_000),
      tooMuch,
    ],
    [
      'a long enum times items',
      { items: { enum: counted(2_000).map((a) => ({ a })) } },
      counted(2_000),
      tooMuch,
    ],
    [
      'names times items',
      { items: { required: counted(2_000).map(String) } },
      counted(2_000).map(() => ({})),
      tooMuch,
    ],
    [
      'what is left over',
      {
        unevaluatedProperties: false,
        allOf: counted(200).map((at) => ({ properties: { [`k${at}`]: true } })),
      },
      members(20_000),
      tooMuch,
    ],
    [
      'long texts times patterns',
      { allOf: counted(100).map((at) => ({ pattern: `(a?){9}b${at}` })) },
      'a'.repeat(1_000_000),
      tooMuch,
    ],
    ['itself without end', { anyOf: [{ $ref: '#' }] }, 1, 'the schema refers to itself without end'],
    ['what would come later', { $async: true, type: 'string' }, 1, 'must be string'],
  ])('judges within its bounds: %s', (_, schema, value, says) => {
    expect(verdict(schema, value)).toBe(says);
  });

  const nested = counted(150).reduce<JsonObject>((inner) => ({ not: inner }), {});
  it.each<[what: string, schema: JsonObject, says: string]>([
    ['deeper than anybody writes', nested, 'nested more than 100 levels'],
    ['with very much in it', { enum: counted(6_000) }, 'holds 6004 values, and 5000 are the most'],
    ['with very many patterns', { allOf: counted(400).map((at) => ({ pattern: `a${at}` })) }, 'too many'],
    ['that refers to another place', { $ref: 'http://localhost/x' }, "can't resolve reference"],
  ])('is refused %s', (_, schema, says) => {
    expect(() => compileSchema(schema)).toThrow(says);
  });
});
