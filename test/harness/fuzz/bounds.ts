import { stderr } from 'node:process';

export interface FuzzBounds {
  readonly inputs: number;
  readonly limitMs: number;
  readonly seed: number;
  /** Says what was done, in a long run only. */
  tell(what: string, outcome: Readonly<Record<string, number>>): void;
}

/**
 * How long the fuzz tests run. By default as short as the test says; `WWISEFLOW_FUZZ_INPUTS=1000000 npx vitest run fuzz`
 * runs the million at each, within `WWISEFLOW_FUZZ_MS` (ten minutes) and from `WWISEFLOW_FUZZ_SEED`.
 */
export function fuzzBounds(short: { readonly inputs: number; readonly limitMs: number }): FuzzBounds {
  const wished = Number(process.env.WWISEFLOW_FUZZ_INPUTS ?? 0);
  const startedAt = Date.now();
  return {
    inputs: wished || short.inputs,
    limitMs: Number(process.env.WWISEFLOW_FUZZ_MS ?? (wished > 0 ? 600_000 : short.limitMs)),
    seed: Number(process.env.WWISEFLOW_FUZZ_SEED ?? 20250101),
    tell(what, outcome) {
      if (wished === 0) return;
      const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
      const rssMb = Math.round(process.memoryUsage().rss / 1e6);
      stderr.write(`fuzz ${what}: ${JSON.stringify({ ...outcome, seconds, rssMb })}\n`);
    },
  };
}
