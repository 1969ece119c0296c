import type { Turn } from '../../core/dispatch/execute/turn.ts';
import { WwiseFlowError } from '../../core/errors.ts';

interface Waiting {
  unlessWaiting<T>(work: () => Promise<T>): Promise<T | undefined>;
  checkTurn(): void;
  takeTurn(): Promise<void>;
  /** Awaited before a change: throws where it would have to wait and must not. */
  readonly checks: readonly ((uri: string) => void)[];
}

/** How a session keeps from waiting for `turn` where it must not. `isNeeded`: whether a call takes a turn at all. */
export function refusingToWait(turn: Turn | undefined, isNeeded: (uri: string) => boolean): Waiting {
  if (turn === undefined)
    return { unlessWaiting: (work) => work(), checkTurn: () => {}, takeTurn: async () => {}, checks: [] };
  let mayWait = true;
  let isRefused = false;
  const checkTurn = (): void => {
    if (isRefused) throw notItsTurn();
  };
  return {
    unlessWaiting: async (work) => {
      mayWait = false;
      isRefused = false;
      try {
        const done = await work();
        return isRefused ? undefined : done;
      } catch (thrown) {
        if (isRefused) return undefined;
        throw thrown;
      } finally {
        mayWait = true;
      }
    },
    checkTurn,
    takeTurn: turn.take,
    checks: [
      (uri) => {
        if (!mayWait && isNeeded(uri)) isRefused ||= !turn.takeNow();
        if (!mayWait) checkTurn();
      },
    ],
  };
}

/** Nobody notices: the call is made again in its turn. */
function notItsTurn(): WwiseFlowError {
  return new WwiseFlowError('WAAPI_LOCKED', 'Somebody else is changing the project.', {
    hint: 'Nothing was changed: call again.',
  });
}
