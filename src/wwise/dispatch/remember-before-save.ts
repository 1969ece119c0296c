import { toWwiseFlowError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';

/**
 * The same connection; before the project is saved, what is remembered of the edits in it is on disk too, so that no power cut
 * leaves edits that nobody knows of. A state directory that cannot be written keeps nobody from saving.
 */
export function rememberBeforeSave(
  waapi: Waapi,
  memo: Pick<MemoStore, 'makePowerSafe'>,
  log: Pick<Log, 'warn'>,
): Waapi {
  return withCall(waapi, async (uri, args, options, control) => {
    if (uri === 'ak.wwise.core.project.save') {
      await memo.makePowerSafe().catch((thrown: unknown) => {
        log.warn(
          { reason: toWwiseFlowError(thrown).message },
          'What is remembered may not survive a power cut',
        );
      });
    }
    return waapi.call(uri, args, options, control);
  });
}
