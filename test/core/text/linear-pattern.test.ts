import { describe, expect, it } from 'vitest';
import { linearPattern } from '../../../src/core/text/linear-pattern.ts';

describe('a regular expression from outside', () => {
  it.each(['(a+)+$', '(a|a)+$', '(a|aa)+$', '([a-z]+)*[0-9]', '(.*a){20}'])(
    'answers at once what would take ages to try out: %s',
    (source) => {
      expect(linearPattern(source).test(`${'a'.repeat(50_000)}!`)).toBe(source === '(.*a){20}');
    },
  );

  it.each([
    ['x(?=a)', '(?='],
    ['(?!a)', '(?!'],
    ['(?<=a)b', '(?<='],
    ['(?<!a)b', '(?<!'],
    ['(a)\\1', '\\1'],
    ['(?<n>a)\\k<n>', '\\k<n>'],
    ['[', '['],
    ['a**', '**'],
    ['a{2000}', '{2000}'],
  ])('is refused with the part that is not understood: %s', (source, part) => {
    expect(() => linearPattern(source)).toThrow(part);
  });

  it('replaces as JavaScript does', () => {
    expect(linearPattern('(?<year>\\d{4})_(\\w+)').replaceAll('2024_Step', '$2-$<year>')).toBe('Step-2024');
    expect(linearPattern('\\\\1').test('\\1')).toBe(true);
  });

  it('is refused without harm when it is nested deeply', () => {
    expect(() => linearPattern(`${'('.repeat(4_000)}a${')'.repeat(4_000)}`)).toThrow();
  });
});

it('an expression that is huge with its counts written out is refused before it is used', () => {
  for (const source of ['((a|aa){0,1000})*', '(\\w{999})'.repeat(20), `(${'ab|'.repeat(2_000)}c){1000}`])
    expect(() => linearPattern(source)).toThrow('repeats too much');
  expect(linearPattern('^\\w{0,1000}$').test('a'.repeat(1_000))).toBe(true);
  expect(linearPattern('^[A-Z]{2,40}_\\d{2,}$').test('SFX_01')).toBe(true);
});
