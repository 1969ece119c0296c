import { z } from 'zod';
import { type ErrorCode, errorCodes, WwiseFlowError } from '../../../core/errors.ts';
import { orRefusal } from './or-refusal.ts';

/** An item that Wwise refused, as every many-object command reports it. */
export const refusedItem = z.object({ object: z.string(), error: z.string(), code: z.string() });

export type RefusedItem = z.output<typeof refusedItem>;

export interface ItemOutcomes<T> {
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
): Promise<ItemOutcomes<T>> {
  const outcome: ItemOutcomes<T> = { done: [], failed: [] };
  for (const item of items) {
    const result = await orRefusal(() => work(item));
    if ('done' in result) outcome.done.push(result.done);
    else outcome.failed.push({ object: nameOf(item), error: result.error, code: result.code });
  }
  return outcome;
}

/** Entries of details.failed; more are counted only. */
const mostNamed = 50;

/**
 * The error for work of which nothing succeeded, so that it is not taken for a partial success: `what` says so, as
 * in `Nothing was moved`. Its code is that of the items when they all failed alike, WAAPI_ERROR otherwise.
 */
export function nothingDone(what: string, failed: readonly RefusedItem[], hint?: string): WwiseFlowError {
  const [first] = failed;
  const alike = first !== undefined && failed.every(({ code }) => code === first.code);
  const others = failed.length > 1 ? ` (and ${failed.length - 1} more in details.failed)` : '';
  return new WwiseFlowError(
    alike && isErrorCode(first.code) ? first.code : 'WAAPI_ERROR',
    `${what}: ${first === undefined ? 'no object was given' : shown(first)}${others}`,
    {
      hint: hint ?? 'Correct what details.failed lists, then call again. Nothing was changed.',
      details: { total: failed.length, failed: failed.slice(0, mostNamed).map((item) => ({ ...item })) },
    },
  );
}

/** What Wwise says often names the object already. */
function shown({ object, error }: RefusedItem): string {
  return error.includes(object) ? error : `"${object}": ${error}`;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
