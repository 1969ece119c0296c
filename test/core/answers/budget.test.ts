import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, fitsIn } from '../../../src/core/answers/budget.ts';

describe('whether a value fits', () => {
  it('is decided as by its JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const given = { value, text, list: [value, text], nothing: undefined };
        const bytes = bytesOf(given);
        expect([fitsIn(given, bytes), fitsIn(given, bytes - 1)]).toEqual([true, false]);
      }),
    );
  });

  it('is decided of a long one by its beginning', () => {
    let looked = 0;
    const rows = Array.from({ length: 10_000 }, () => ({
      get name() {
        looked += 1;
        return 'a name';
      },
    }));
    expect(fitsIn({ rows }, 1_000)).toBe(false);
    expect(looked).toBeLessThan(100);
  });
});
