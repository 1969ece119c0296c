import { describe, expect, it } from 'vitest';
import { functionGroups, functionsByName } from '../../../src/workflow/expressions/functions/catalog.ts';
import { valueOfText } from './scope.ts';

const all = functionGroups.flatMap(({ functions }) => functions);

describe('the functions of expressions', () => {
  it.each(all.map(({ name, example }) => [name, ...example] as const))('%s: %s', (_, source, value) => {
    const given = valueOfText(source);
    if (typeof value === 'number') expect(given).toBeCloseTo(value, 9);
    else expect(given).toEqual(value);
  });

  it('each have a name of their own', () => {
    const names = all.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    expect(functionsByName.size).toBe(names.length);
  });

  it('may be written as methods', () => {
    expect(valueOfText('"step on grass".pascal().startsWith("Step")')).toBe(true);
    expect(valueOfText('[3, 1, 2].sort().first().padZero(2)')).toBe('01');
  });

  it.each([
    ['upper(1)', 'upper() takes a text for text, not a number'],
    ['upper(null)', 'null (nothing is there)'],
    ['sum(["a"])', 'numbers or a list of numbers'],
    ['max([])', 'of an empty list'],
    ['matches("a", "(?=a)")', 'lookahead'],
    ['matches("a", "(")', 'no regular expression'],
    ['formatDate("soon")', 'cannot read "soon" as a time'],
    ['formatDate("2026-02-30T00:00:00Z", "dd", "2")', 'no offset from UTC'],
    ['toNumber("12 dB")', 'finds no number in "12 dB"'],
    ['toBoolean("maybe")', 'neither as true nor as false'],
    ['range(1, 5, 0)', 'a step of 0'],
    ['sort([1, "a"])', 'all are to be numbers, or all texts'],
    ['round(1, 1.5)', 'has no 1.5 digits'],
    ['contains({"a": 1}, "a")', 'looks for a text in a text'],
    ['linearToDb(-1)', 'a number below 0'],
  ])('say what does not fit: %s', (source, message) => {
    expect(() => valueOfText(source)).toThrow(message);
  });

  it('round as the number is written, and cut nothing off', () => {
    expect(valueOfText('[round(1.005, 2), round(-2.5), round(1e21), round(1e-9, 2)]')).toEqual([
      1.01, -3, 1e21, 0,
    ]);
  });

  it('take silence for what it is', () => {
    expect(valueOfText('[linearToDb(0), linearToDb(0, -96)]')).toEqual([-200, -96]);
  });

  it('join paths of files and of objects', () => {
    expect(valueOfText('pathJoin("/", "a")')).toBe('/a');
    expect(
      valueOfText(String.raw`pathJoin("\\Actor-Mixer Hierarchy\\", "\\Default Work Unit", "Steps")`),
    ).toBe('\\Actor-Mixer Hierarchy\\Default Work Unit\\Steps');
    expect(valueOfText('[pathJoin("a/", "", "/b/"), pathJoin("a")]')).toEqual(['a/b/', 'a']);
  });

  it('find words however they are written', () => {
    expect(
      valueOfText('["StepOnGrass", "step-on_grass", "HTTPServer2", "été chaud"].map(x, snake(x))'),
    ).toEqual([...['step_on_grass', 'step_on_grass', 'http_server2', 'été_chaud']]);
  });

  it('match ten thousand names, and tear no character apart', () => {
    const input = Array.from({ length: 10_000 }, (_, index) => `footstep_grass_${index}.wav`);
    expect(valueOfText('size(input.filter(x, matches(x, "_[0-9]+7\\\\.wav$")))', { input })).toBe(999);
    expect(valueOfText('[substring("\u{1f600}", 0, 1), split("a\u{1f600}", "")]')).toEqual([
      '\ufffd',
      ['a', '\u{1f600}'],
    ]);
  });

  it('read the clock from no one: a time is always given', () => {
    expect(valueOfText('formatDate(0)')).toBe('1970-01-01T00:00:00.000Z');
    expect(valueOfText('formatDate("2026-01-09", "dd.MM.yyyy HH:mm:ss.SSS", "-05:30")')).toBe(
      '08.01.2026 18:30:00.000',
    );
    expect(() => valueOfText('now()')).toThrow(/no function "now"/);
  });
});
