import type { Waapi } from '../../connection/waapi.ts';
import { withCall } from '../../connection/with-call.ts';
import { type Changed, canRollBack, remainingOf, rollBackEffects } from './roll-back-effects.ts';

/**
 * What takes these effects back without an undo of Wwise, the last of them first: whether all was read back as before.
 * Undefined where one of them only comes back by undo. It goes on although its caller has cancelled.
 */
export function revertingOf(
  effects: readonly Changed[],
  connection: Waapi,
): (() => Promise<boolean>) | undefined {
  if (!canRollBack(effects)) return undefined;
  const waapi = withCall(connection, (uri, args, options, control) =>
    connection.call(uri, args, options, { ...control, signal: undefined }),
  );
  return async () => {
    const reasons = await rollBackEffects(effects.toReversed(), waapi);
    const remaining = await remainingOf(effects, waapi);
    return reasons.every((reason) => reason === null) && remaining.every((one) => one === false);
  };
}
