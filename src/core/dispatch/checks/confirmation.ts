import { WwiseFlowError } from '../../errors.ts';
import { asJsonObject, isJsonObject, type JsonObject } from '../../json.ts';

/** So many objects that nobody named one by one may a direct call change without being asked. */
export const MOST_UNASKED = 100;

/**
 * CONFIRMATION_REQUIRED for a call that does it when its input has the members of `by` too. `details` is what whoever confirms has to
 * look at. Facades that can ask the person do so; for all others `hint` says what to do.
 */
export function confirmationRequired(
  what: string,
  { by = { confirm: true }, hint, details = {} }: ToConfirm,
): WwiseFlowError {
  return new WwiseFlowError('CONFIRMATION_REQUIRED', what, { hint, details: { ...details, confirmBy: by } });
}

export interface ToConfirm {
  /** Default: `{ confirm: true }`. */
  readonly by?: JsonObject;
  readonly hint: string;
  readonly details?: JsonObject;
}

/** What an input needs beside what it has, for the call to be confirmed; undefined where it cannot be. */
export function confirmedBy(details: JsonObject | undefined): JsonObject | undefined {
  const { confirmBy } = asJsonObject(details);
  return isJsonObject(confirmBy) ? confirmBy : undefined;
}

/**
 * Throws CONFIRMATION_REQUIRED for a call that would change many objects, unless it is confirmed or part of a workflow, which is
 * written down, previewed and rolled back as a whole.
 */
export function refuseWide(
  count: number,
  what: string,
  { isConfirmed }: { readonly isConfirmed: boolean },
  details: JsonObject = {},
): void {
  if (count <= MOST_UNASKED || isConfirmed) return;
  throw confirmationRequired(`${what} would change ${count} objects at once.`, {
    hint: 'Look at what it would change (preview: true), then call again with confirm: true.',
    details: { total: count, ...details },
  });
}
