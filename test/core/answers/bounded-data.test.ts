import { describe, expect, it } from 'vitest';
import { boundedData } from '../../../src/core/answers/bounded-data.ts';
import { bytesOf } from '../../../src/core/answers/budget.ts';
import { asString } from '../../../src/core/json.ts';

describe('data that is too long for an answer', () => {
  it('is left alone where it fits', () => {
    const data = { notes: 'short', points: [1, 2, 3] };
    expect(boundedData(data, 100)).toEqual({ data, cuts: [] });
  });

  it('loses the end of its longest list, however deep it lies, and says how much', () => {
    const points = Array.from({ length: 300 }, (_, x) => ({ x, y: 0 }));
    const { data, cuts } = boundedData({ radiusMax: 40, curves: [{ curve: 'VolumeDry', points }] }, 1_000);
    expect(bytesOf(data)).toBeLessThanOrEqual(1_000);
    expect(data).toMatchObject({ radiusMax: 40, curves: [{ curve: 'VolumeDry' }] });
    expect(cuts).toEqual([expect.stringMatching(/^curves\/0\/points: \d+ of 300$/)]);
  });

  it('keeps short lists whole beside a long one', () => {
    const names = ['Rain', 'Sun'];
    const values = Array.from({ length: 500 }, (_, nth) => `Weather_${nth}`);
    expect(boundedData({ names, values }, 2_000).data).toMatchObject({ names });
  });

  it('keeps texts text, cut between characters', () => {
    const { data, cuts } = boundedData({ notes: '\u{1F3B5}'.repeat(500) }, 300);
    expect(bytesOf(data)).toBeLessThanOrEqual(300);
    expect(asString(data.notes)).toMatch(/^(\u{1F3B5})+$/u);
    expect(cuts).toEqual([expect.stringMatching(/^notes: \d+ of 1000 characters$/)]);
  });

  it('names ten of very many lists that were cut', () => {
    const lists = Object.fromEntries(
      Array.from({ length: 40 }, (_, nth) => [`list${nth}`, Array.from({ length: 200 }, (_, at) => at)]),
    );
    const { cuts } = boundedData(lists, 3_000);
    expect(cuts).toHaveLength(11);
    expect(cuts.at(-1)).toBe('and 30 more');
  });
});
