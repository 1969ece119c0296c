import { describe, expect, it } from 'vitest';
import { parseJsonSteps } from '../../src/core/parse-json-steps.ts';
import { atOnce } from '../../src/core/turns/turns.ts';
import { readJsonText } from '../../src/workflow/nodes/data/sources/read-json-text.ts';
import { amount } from '../harness/amount.ts';
import { generator, mutated, pick, value } from '../harness/fuzz/values.ts';
import { turnsOfOthers } from '../harness/long-turns.ts';

const parsed = (text: string): unknown => {
  try {
    return atOnce(parseJsonSteps(text));
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SyntaxError);
    return 'no JSON';
  }
};

const plainly = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return 'no JSON';
  }
};

/** So long that it is parsed in pieces. */
function longText(random: () => number): string {
  const filler = 'x'.repeat(90_000);
  const part = (): string => JSON.stringify(value(random, 4)) ?? 'null';
  const long = (): string =>
    pick([`"${filler}"`, `[${`${part()},`.repeat(3_000)}1]`, `{"a":"${filler}"}`], random);
  const blank = (): string => pick(['', ' ', '\n\t', '\r\n '], random);
  const inside = Array.from({ length: 6 }, () => pick([part, long], random)());
  const list = inside.map((one) => `${blank()}${one}${blank()}`).join(',');
  const object = inside.map((one, at) => `${blank()}"m${at % 4}\\"{[":${blank()}${one}`).join(',');
  return pick(
    [`[${list}]`, `{${object}}`, `{"__proto__":{${object}},"b":[${list}]}`, `[[[${list}]],{${object}}]`],
    random,
  );
}

describe('JSON that is parsed in steps', () => {
  it('is what JSON.parse makes of it, and refused where that refuses it', () => {
    const random = generator(11);
    for (let nth = 0; nth < amount(60, 2_000); nth++) {
      const text = longText(random);
      expect(JSON.stringify(parsed(text)) === JSON.stringify(plainly(text))).toBe(true);
      expect(Object.keys(Object(parsed(text)))).toEqual(Object.keys(Object(plainly(text))));
      const wrong = mutated(text, random);
      expect(JSON.stringify(parsed(wrong)) === JSON.stringify(plainly(wrong))).toBe(true);
    }
  });

  it.each([
    ['a comma before the end', (long: string) => `[${long},]`],
    ['two commas', (long: string) => `[${long},,1]`],
    ['a comma at the beginning', (long: string) => `[,${long}]`],
    ['nothing between elements', (long: string) => `[${long} ${long}]`],
    ['a value without a name', (long: string) => `{${long}}`],
    ['a name in a list', (long: string) => `["a":${long}]`],
    ['the wrong end', (long: string) => `[${long}}`],
    ['something behind the end', (long: string) => `[${long}] 1`],
    ['no end', (long: string) => `[${long}`],
    ['a second root', (long: string) => `${long}${long}`],
  ])('is refused for %s', (_, textOf) => {
    for (const inner of ['1', '"x"', '{"a":1}', '[1,2]']) {
      const text = textOf(`[${`${inner},`.repeat(120_000)}1]`);
      expect([inner, parsed(text)]).toEqual([inner, 'no JSON']);
      expect(plainly(text)).toBe('no JSON');
    }
  });

  it('has a prototype of nobody else', () => {
    const object = parsed(`{"__proto__":{"a":[${'1,'.repeat(300_000)}1]}}`);
    expect(Object.hasOwn(Object(object), '__proto__')).toBe(true);
    expect(Reflect.get(Object(object), 'a')).toBeUndefined();
  });

  it('says where in the whole text it is wrong', () => {
    const text = `[${'1,'.repeat(200_000)}1 1]`;
    expect(() => JSON.parse(text)).toThrow(`position ${text.length - 2}`);
    expect(() => atOnce(parseJsonSteps(text))).toThrow(`position ${text.length - 2}`);
  });

  it('gives others their turn', async () => {
    const text = `{"items":[${'{"name":"Wind","list":[1,2,3]},'.repeat(100_000)}{}]}`;
    const read = () => readJsonText(text, 'a.json', 'json', 'items');
    expect(await turnsOfOthers(async () => expect(await read()).toHaveLength(100_001))).toBeGreaterThan(40);
  });
});
