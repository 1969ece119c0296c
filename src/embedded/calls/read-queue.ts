import { createMinHeap } from '../../core/turns/min-heap.ts';

/** Reads that wait for nothing of their own session, in the order in which they were asked for. */
export interface ReadQueue<T extends Numbered> {
  add(read: T): void;
  /** One that was found to be long: it waits on, and passes nobody any more. */
  setAside(read: T): void;
  /** The first of those with a number below this one (undefined: of all), taken out; undefined when there is none. */
  takeBefore(number: number | undefined): T | undefined;
  /** All who have not been set aside, taken out. */
  takeThoseWhoMayPass(): readonly T[];
}

interface Numbered {
  /** Rises with every call. */
  readonly number: number;
}

export function createReadQueue<T extends Numbered>(): ReadQueue<T> {
  const mayPass = createNumberedHeap<T>();
  const long = createNumberedHeap<T>();
  return {
    add: mayPass.add,
    setAside: long.add,
    takeBefore(number = Infinity) {
      const least = Math.min(mayPass.least(), long.least());
      return least > number ? undefined : (mayPass.take(least) ?? long.take(least));
    },
    takeThoseWhoMayPass() {
      const those: T[] = [];
      for (let one = mayPass.take(mayPass.least()); one !== undefined; one = mayPass.take(mayPass.least()))
        those.push(one);
      return those;
    },
  };
}

interface NumberedHeap<T> {
  add(item: T): void;
  /** Infinity when it is empty. */
  least(): number;
  /** The item of that number, if it is the least. */
  take(number: number): T | undefined;
}

/** Most come in order of their numbers; those that were asked for behind a change of their session, when that is over. */
function createNumberedHeap<T extends Numbered>(): NumberedHeap<T> {
  const numbers = createMinHeap();
  const items = new Map<number, T>();
  return {
    add(item) {
      numbers.push(item.number);
      items.set(item.number, item);
    },
    least: () => numbers.least ?? Infinity,
    take(number) {
      if (numbers.least !== number) return undefined;
      numbers.pop();
      const item = items.get(number);
      items.delete(number);
      return item;
    },
  };
}
