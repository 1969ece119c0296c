import type { Tally } from './tally.ts';

/** Where and how long an attack goes on. */
export interface AttackRoom {
  /** A folder of its own, gone afterwards. */
  readonly dir: string;
  /** The programs of `test/harness/build-programs.ts`, by the name of their source. */
  program(name: string): string;
  readonly random: () => number;
  /** Whether its time is over: it is asked before each round. */
  isOver(): boolean;
  /** The most mutations of the attack that counts them. */
  readonly mutations: number;
  readonly tally: Tally;
}

/** One way to do harm. */
export interface Attack {
  readonly name: string;
  /** What is done, in a sentence for the report. */
  readonly does: string;
  /** Why it cannot be done here; undefined where it can. */
  readonly missing?: () => string | undefined;
  /** Goes on in rounds, at least one, until the room says that it is over. Rejects only where the attack itself is broken. */
  run(room: AttackRoom): Promise<void>;
}
