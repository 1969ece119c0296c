import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { Waapi } from '../connection/waapi.ts';
import { guardUndo, type UndoGuard } from './may-undo.ts';
import type { OthersAtWork } from './others-at-work.ts';
import type { WatchedWaapi } from './watched-waapi.ts';

/**
 * Runs changes as one step of Wwise's undo history. When `work` throws, everything it changed is rolled back before the
 * error goes on: by an undo of Wwise where that takes nothing of others, else by `reverting`, which gives what does it without
 * undo where that is possible. Where neither is, what was changed stays and the error says so. Where the link breaks meanwhile Wwise closes the group by itself, and may take the changes back or not:
 * that is OUTCOME_UNKNOWN, with what had been answered before, even when every change had succeeded.
 */
export async function undoStep<T>(
  displayName: string,
  { waapi, answeredInGroup }: WatchedWaapi,
  { log, others, reverting = nothing }: StepParts,
  work: () => Promise<T>,
): Promise<T> {
  const guard = await guardUndo(waapi, others);
  try {
    await waapi.call('ak.wwise.core.undo.beginGroup');
  } catch (thrown) {
    guard.end();
    throw thrown;
  }
  const link = waapi.linkCount;
  // Closing must happen although the caller cancelled.
  const close = (uri: string, args: { displayName: string } | { undo: true }) =>
    waapi.call(uri, args, {}, { signal: undefined });
  let outcome: T;
  try {
    outcome = await work();
  } catch (thrown) {
    const how = waapi.linkCount === link ? await leaving(waapi, guard, reverting, log) : 'undone';
    guard.end();
    const closing =
      how === 'undone'
        ? close('ak.wwise.core.undo.cancelGroup', { undo: true })
        : close('ak.wwise.core.undo.endGroup', { displayName });
    const failed = await closing.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (failed === undefined) throw how === 'kept' ? keptStep(thrown, answeredInGroup()) : thrown;
    log.warn({ reason: toWwiseFlowError(failed).message }, 'An undo group could not be cancelled');
    if (waapi.linkCount === link && !isLost(failed)) throw thrown;
    throw brokenStep(displayName, thrown, answeredInGroup());
  }
  guard.end();
  try {
    await close('ak.wwise.core.undo.endGroup', { displayName });
  } catch (thrown) {
    throw isLost(thrown) ? brokenStep(displayName, thrown, answeredInGroup()) : thrown;
  }
  return outcome;
}

export interface StepParts {
  readonly log: Log;
  readonly others: OthersAtWork;
  readonly reverting?: (() => Promise<(() => Promise<boolean>) | undefined>) | undefined;
}

const nothing = async (): Promise<undefined> => undefined;

/** What becomes of a step that failed: it is to be undone, was rolled back without undo, or stays. */
async function leaving(
  waapi: Waapi,
  guard: UndoGuard,
  reverting: NonNullable<StepParts['reverting']>,
  log: Log,
): Promise<'undone' | 'reverted' | 'kept'> {
  try {
    if (waapi.undo !== undefined && (await guard.mayUndo(false))) return 'undone';
    const revert = await reverting();
    if (await guard.mayUndo(revert !== undefined)) return 'undone';
    return revert !== undefined && (await revert()) ? 'reverted' : 'kept';
  } catch (thrown) {
    log.warn({ reason: toWwiseFlowError(thrown).message }, 'A step could not be rolled back');
    return 'kept';
  }
}

function keptStep(cause: unknown, answered: readonly JsonObject[]): WwiseFlowError {
  const error = toWwiseFlowError(cause);
  if (answered.length === 0) return error;
  return new WwiseFlowError(
    error.code,
    `${error.message} What was done before stays: an undo might have taken what others did in Wwise meanwhile.`,
    {
      hint: `${error.hint ?? ''} Take details.answered back one by one where it is not wanted.`.trim(),
      details: { ...error.details, answered },
      cause,
    },
  );
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
      hint: 'Look in the project which of details.answered is there (Wwise may have rolled it back, and nothing after it was sent), then repeat what is missing.',
      details: { ...error.details, cause: error.code, undoStep: displayName, answered },
      cause,
    },
  );
}
