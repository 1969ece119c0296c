import { WwiseFlowError } from '../../../core/errors.ts';
import { nextTurn, type Pause } from '../../../core/turns/turns.ts';

/** A pause for work on long lists: others get their turn, and where the node was cancelled meanwhile the work ends there. */
export function pauseOf(signal: AbortSignal | undefined): Pause {
  return async () => {
    await nextTurn();
    if (signal?.aborted !== true) return;
    throw new WwiseFlowError('CANCELLED', 'It was cancelled in the middle of its list.', {
      hint: 'Nothing was changed by it: run it again, or let it work on less.',
    });
  };
}
