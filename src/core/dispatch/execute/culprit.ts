import type { Slot } from '../slot.ts';

/** It is known which node the unit cannot be executed with. */
export class Culprit extends Error {
  readonly at: number;

  constructor(at: number, cause: unknown) {
    super('A node cannot be batched', { cause });
    this.at = at;
  }
}

/** Wraps what went wrong with a node, so that the node is known. */
export type Blame = (slot: Slot, cause: unknown) => Culprit;
