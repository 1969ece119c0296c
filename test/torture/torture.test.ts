import { describe, expect, it } from 'vitest';
import { amount, isLong } from '../harness/amount.ts';
import { program } from '../harness/program.ts';
import type { Attack } from './attack.ts';
import { attacks } from './catalog.ts';
import { torture } from './torture.ts';

/** In `npm test` one round of what takes little; in `npm run test:long` each for a quarter of a minute. */
const brief = new Set(['read-only', 'others']);
const limitMs = amount(0, 15_000);
const seed = amount(1, Math.floor(Math.random() * 1e9), 'RANDOM_SEED');

const chosen = attacks
  .filter(({ name, missing }) => missing?.() === undefined && (isLong || brief.has(name)))
  .map((attack): [string, Attack] => [attack.name, attack]);

describe(`the server under attack, seed ${seed}`, () => {
  it.each(chosen)('keeps its laws: %s', async (_, attack) => {
    const tally = await torture(attack, program, { limitMs, seed, mutations: 50_000 });
    expect(tally.breaches).toEqual([]);
    expect(tally.harm).toBeGreaterThan(0);
    expect(tally.looked.once).toBeGreaterThan(0);
    expect(tally.looked.whole).toBeGreaterThan(0);
    expect(tally.looked.untouched).toBeGreaterThan(0);
  });
});
