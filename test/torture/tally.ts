/** What must hold after every round of every attack. */
export const laws = {
  once: 'no effect twice, and none that was denied',
  whole: 'no file torn',
  untouched: 'nothing untouched changed, to the byte',
  answered: 'every call answered',
  memory: 'memory back down',
} as const;

export type Law = keyof typeof laws;

/** What an attack came to. */
export interface Tally {
  rounds: number;
  calls: number;
  /** Harm that was done: kills, faults, refusals of the system, edits of others. */
  harm: number;
  /** How often each law was looked at. */
  readonly looked: Record<Law, number>;
  readonly breaches: { readonly law: Law; readonly text: string }[];
  /** The most memory that was in use when all was over, beside what was before, in MB. */
  memoryMb: { before: number; after: number } | undefined;
}

export function emptyTally(): Tally {
  return {
    rounds: 0,
    calls: 0,
    harm: 0,
    looked: { once: 0, whole: 0, untouched: 0, answered: 0, memory: 0 },
    breaches: [],
    memoryMb: undefined,
  };
}

/** Of one look. */
const mostShown = 5;

/** Looks at a law: what is wrong, of several things that must hold. */
export function look(tally: Tally, law: Law, wrong: readonly string[]): void {
  tally.looked[law] += 1;
  for (const text of wrong.slice(0, mostShown)) tally.breaches.push({ law, text });
  const more = wrong.length - mostShown;
  if (more > 0) tally.breaches.push({ law, text: `and ${more} more of the kind` });
}
