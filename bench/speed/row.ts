/** One line of the table of speed. */
export interface SpeedRow {
  readonly what: string;
  /** In the words of the table: `<= 1.3 times`. */
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
  /** Why it is missed, from a profile. */
  readonly why?: string | undefined;
}

/** A row whose figure is a ratio with an upper limit. `about`: what the two sides took. */
export function ratioRow(what: string, ratio: number, most: number, about = ''): SpeedRow {
  return {
    what,
    goal: `<= ${most} times`,
    measured: `${ratio.toFixed(2)} times${about === '' ? '' : ` (${about})`}`,
    isMet: ratio <= most,
  };
}

/** A row whose figure has an upper limit of its own. */
export function limitRow(what: string, value: number, most: number, unit: string, digits = 0): SpeedRow {
  return {
    what,
    goal: `<= ${most} ${unit}`,
    measured: `${value.toFixed(digits)} ${unit}`,
    isMet: value <= most,
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Two sides in turns, so that what slows the machine down slows both down; who comes first changes. Medians, without the first tenth. */
export async function inPairs(
  rounds: number,
  ours: (round: number) => Promise<unknown>,
  theirs: (round: number) => Promise<unknown>,
): Promise<{ readonly oursMs: number; readonly theirsMs: number; readonly ratio: number }> {
  const [own, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const sides = [
      async () => own.push(await timed(() => ours(round))),
      async () => other.push(await timed(() => theirs(round))),
    ];
    for (const side of round % 2 === 0 ? sides : sides.reverse()) await side();
  }
  const warm = Math.floor(rounds / 10);
  const [oursMs, theirsMs] = [median(own.slice(warm)), median(other.slice(warm))];
  return { oursMs, theirsMs, ratio: oursMs / theirsMs };
}
