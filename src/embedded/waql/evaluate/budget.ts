import { tooLarge } from '../query-error.ts';

/** Counts what a query does, to refuse one that would hold up everybody else. Shared with the stored queries it runs. */
export interface Budget {
  /** Notes that so many objects or values were looked at; throws when it is more than a query may. */
  step(count: number, position: number): void;
  /** Notes one object of the outcome; throws when there are more than an answer may hold. */
  row(): void;
}

export function createBudget(): Budget {
  let steps = 0;
  let rows = 0;
  return {
    step(count, position) {
      steps += count;
      if (steps > mostSteps) throw tooLarge(`looks at more than ${mostSteps} objects`, position);
    },
    row() {
      rows++;
      if (rows > mostRows) throw tooLarge(`finds more than ${mostRows} objects`, 1);
    },
  };
}

/** Far more than a query over the largest projects needs, yet done within a second or two. */
const mostSteps = 3_000_000;
const mostRows = 500_000;
