import { z } from 'zod';
import { orRefusal } from './or-refusal.ts';

/** An item that Wwise refused, as every many-object command reports it. */
export const refusedItem = z.object({ object: z.string(), error: z.string(), code: z.string() });

export type RefusedItem = z.output<typeof refusedItem>;

export interface Outcome<T> {
  readonly done: T[];
  readonly failed: RefusedItem[];
}

/**
 * Works on items one after the other. What Wwise refuses for one item is reported and spoils no other; trouble with the
 * connection is thrown.
 */
export async function eachItem<I, T>(
  items: readonly I[],
  nameOf: (item: I) => string,
  work: (item: I) => Promise<T>,
): Promise<Outcome<T>> {
  const outcome: Outcome<T> = { done: [], failed: [] };
  for (const item of items) {
    const result = await orRefusal(() => work(item));
    if ('done' in result) outcome.done.push(result.done);
    else outcome.failed.push({ object: nameOf(item), error: result.error, code: result.code });
  }
  return outcome;
}
