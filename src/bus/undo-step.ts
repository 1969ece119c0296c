import { toWwiseFlowError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Waapi } from '../waapi/waapi.ts';

/**
 * Runs changes as one step of Wwise's undo history. When `work` throws, everything it changed is taken back before the
 * error goes on. Where the link broke meanwhile the group is gone: the changes stay, as steps of their own.
 */
export async function undoStep<T>(
  displayName: string,
  { waapi, log }: { readonly waapi: Waapi; readonly log: Log },
  work: () => Promise<T>,
): Promise<T> {
  await waapi.call('ak.wwise.core.undo.beginGroup');
  const link = waapi.linkCount;
  // Closing must happen although the caller cancelled.
  const close = (uri: string, args: { displayName: string } | { undo: true }) =>
    waapi.linkCount === link ? waapi.call(uri, args, {}, { signal: undefined }) : Promise.resolve({});
  let outcome: T;
  try {
    outcome = await work();
  } catch (thrown) {
    await close('ak.wwise.core.undo.cancelGroup', { undo: true }).catch((failed: unknown) => {
      log.warn({ reason: toWwiseFlowError(failed).message }, 'An undo group could not be cancelled');
    });
    throw thrown;
  }
  await close('ak.wwise.core.undo.endGroup', { displayName });
  return outcome;
}
