/**
 * Lets only a few reads go on that are not done within one turn, so that many of them together neither fill the memory nor
 * make each other take forever; short ones are answered in between. Those that wait are let in by the order they came in.
 */
export interface LongReads {
  /** Resolves when one more may go on. */
  enter(): Promise<void>;
  /** Ends one that had entered. */
  leave(): void;
}

export function createLongReads(mostAtOnce: number): LongReads {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return {
    enter() {
      if (underWay < mostAtOnce) {
        underWay += 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    },
  };
}
