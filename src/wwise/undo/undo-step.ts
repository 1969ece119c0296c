import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { WatchedWaapi } from './watched-waapi.ts';

/**
 * Runs changes as one step of Wwise's undo history. When `work` throws, everything it changed is taken back before the
 * error goes on. Where the link breaks meanwhile Wwise closes the group by itself, and may take the changes back or not:
 * that is OUTCOME_UNKNOWN, with what had been answered before, even when every change had succeeded.
 */
export async function undoStep<T>(
  displayName: string,
  { waapi, answeredInGroup }: WatchedWaapi,
  log: Log,
  work: () => Promise<T>,
): Promise<T> {
  await waapi.call('ak.wwise.core.undo.beginGroup');
  const link = waapi.linkCount;
  // Closing must happen although the caller cancelled.
  const close = (uri: string, args: { displayName: string } | { undo: true }) =>
    waapi.call(uri, args, {}, { signal: undefined });
  let outcome: T;
  try {
    outcome = await work();
  } catch (thrown) {
    const failed = await close('ak.wwise.core.undo.cancelGroup', { undo: true }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (failed === undefined) throw thrown;
    log.warn({ reason: toWwiseFlowError(failed).message }, 'An undo group could not be cancelled');
    if (waapi.linkCount === link && !isLost(failed)) throw thrown;
    throw brokenStep(displayName, thrown, answeredInGroup());
  }
  try {
    await close('ak.wwise.core.undo.endGroup', { displayName });
  } catch (thrown) {
    throw isLost(thrown) ? brokenStep(displayName, thrown, answeredInGroup()) : thrown;
  }
  return outcome;
}

function isLost(thrown: unknown): boolean {
  return ['WAAPI_UNAVAILABLE', 'OUTCOME_UNKNOWN'].includes(toWwiseFlowError(thrown).code);
}

function brokenStep(displayName: string, cause: unknown, answered: readonly JsonObject[]): WwiseFlowError {
  const error = toWwiseFlowError(cause);
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `The link to Wwise broke in the middle of the undo step "${displayName}": ${error.message}`,
    {
      hint: 'Look in the project which of details.answered is there (Wwise may have taken it back, and nothing after it was sent), then repeat what is missing.',
      details: { ...error.details, cause: error.code, undoStep: displayName, answered },
      cause,
    },
  );
}
