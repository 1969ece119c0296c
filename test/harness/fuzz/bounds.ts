import { stderr } from 'node:process';
import { amount, isLong } from '../amount.ts';

export interface FuzzBounds {
  readonly inputs: number;
  /** Ends it sooner; without FUZZ_MS there is no such limit, so that a busy machine tries the same inputs. */
  readonly limitMs: number;
  readonly seed: number;
  /** Says what was done, in a long run only. */
  report(what: string, outcome: Readonly<Record<string, number>>): void;
}

/**
 * How long the fuzz tests run: `few` inputs in `npm test`, `many` in `npm run test:long`. FUZZ_INPUTS sets another
 * number, FUZZ_MS an end, FUZZ_SEED other inputs.
 */
export function fuzzBounds({ few, many }: { readonly few: number; readonly many: number }): FuzzBounds {
  const startedAt = Date.now();
  return {
    inputs: amount(few, many, 'FUZZ_INPUTS'),
    limitMs: Number(process.env.FUZZ_MS ?? Number.POSITIVE_INFINITY),
    seed: Number(process.env.FUZZ_SEED ?? 20250101),
    report(what, outcome) {
      if (!isLong) return;
      const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
      const rssMb = Math.round(process.memoryUsage().rss / 1e6);
      stderr.write(`fuzz ${what}: ${JSON.stringify({ ...outcome, seconds, rssMb })}\n`);
    },
  };
}
