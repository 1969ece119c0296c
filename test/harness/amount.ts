/**
 * Whether this is `npm run test:long`, which runs every suite in full; `npm test` takes a sample of each long one. The programs
 * that tests start would warn of variables that begin as their own do.
 */
export const isLong = process.env.LONG_TESTS === '1';

/** A number of inputs, runs or rounds: `few` in `npm test`, `many` in `npm run test:long`, or what that variable says. */
export function amount(few: number, many: number, variable?: string): number {
  const wished = Number(variable === undefined ? 0 : (process.env[variable] ?? 0));
  return wished || (isLong ? many : few);
}

/** All of a list in `npm run test:long`; in `npm test` so many of it, evenly spread from the first to the last. */
export function sample<T>(all: readonly T[], few: number): readonly T[] {
  return isLong ? all : spread(all, few);
}

/** So many of a list, evenly spread from the first to the last. */
export function spread<T>(all: readonly T[], few: number): readonly T[] {
  if (all.length <= few) return all;
  const step = (all.length - 1) / Math.max(1, few - 1);
  const taken = new Set(Array.from({ length: few }, (_, nth) => Math.round(nth * step)));
  return all.filter((_, at) => taken.has(at));
}

/**
 * For fast-check: in `npm test` the same `few` cases each time; in `npm run test:long` `many`, others each time, with the seed named
 * where one fails. RANDOM_SEED has the same ones each time.
 */
export function randomCases(few: number, many: number): { numRuns: number; seed?: number } {
  const seed = Number(process.env.RANDOM_SEED ?? 0);
  if (!isLong) return { numRuns: few, seed: 1 };
  return seed === 0 ? { numRuns: many } : { numRuns: many, seed };
}
