/** Sorts what was cut into runs of at most `longestRun`, as one stable sort would, by merging: with a mark after each piece of work. */
export function* sortRuns<T extends object>(
  runs: T[][],
  compare: (a: T, b: T) => number,
): Generator<null, readonly T[]> {
  for (const run of runs) {
    run.sort(compare);
    yield null;
  }
  let merged = runs;
  while (merged.length > 1) {
    const wider: T[][] = [];
    for (let index = 0; index < merged.length; index += 2) {
      const [left = [], right = []] = [merged[index], merged[index + 1]];
      wider.push(yield* mergedRuns(left, right, compare));
    }
    merged = wider;
  }
  return merged[0] ?? [];
}

function* mergedRuns<T extends object>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<null, T[]> {
  const merged: T[] = [];
  let [leftIndex, rightIndex] = [0, 0];
  for (;;) {
    const [a, b] = [left[leftIndex], right[rightIndex]];
    if (a !== undefined && (b === undefined || compare(a, b) <= 0)) {
      merged.push(a);
      leftIndex++;
    } else if (b !== undefined) {
      merged.push(b);
      rightIndex++;
    } else return merged;
    if (merged.length % longestRun === 0) yield null;
  }
}

/** Sorting so many takes a few milliseconds. */
export const longestRun = 2_000;
