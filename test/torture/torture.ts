import { rmSync } from 'node:fs';
import { generator } from '../harness/fuzz/values.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import type { Attack } from './attack.ts';
import { emptyTally, type Tally } from './tally.ts';

export interface Bounds {
  /** So long each attack begins new rounds; 0: one round. */
  readonly limitMs: number;
  readonly seed: number;
  readonly mutations: number;
}

/** Runs an attack in a folder of its own, with numbers of chance that follow from the seed and its name. */
export async function torture(
  attack: Attack,
  program: (name: string) => string,
  { limitMs, seed, mutations }: Bounds,
): Promise<Tally> {
  const tally = emptyTally();
  const dir = newTempDir(`torture-${attack.name}`);
  const end = performance.now() + limitMs;
  const ownSeed = [...attack.name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, seed);
  try {
    await attack.run({
      ...{ dir, program, tally, mutations },
      random: generator(ownSeed),
      isOver: () => performance.now() >= end,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return tally;
}
