import type { Operation } from '../http-parts.ts';

/** The operations of this start-up by name. What was left out at the start has no routes. */
export interface Operations {
  has(name: string): boolean;
  /** Throws for one that there is not: ask `has` first. */
  get(name: string): Operation;
  all(): readonly Operation[];
}

export function operationsOf(list: readonly Operation[]): Operations {
  const byName = new Map(list.map((operation) => [operation.source.name, operation]));
  return {
    has: (name) => byName.has(name),
    get(name) {
      const operation = byName.get(name);
      if (operation === undefined) throw new Error(`There is no operation ${name}.`);
      return operation;
    },
    all: () => [...byName.values()],
  };
}
