import type { AnyCommand } from '../../command.ts';
import type { JsonObject } from '../../json.ts';

/** Raw inputs are as a workflow has them: references may still stand where a value will be. */

/** Whether a call goes through the undo history of the back-end itself, which refuses that while an undo group is open. */
export function endsUndoStep(command: AnyCommand | undefined, raw: JsonObject): boolean {
  const declared = command?.endsUndoStep ?? false;
  return typeof declared === 'function' ? declared(raw) : declared;
}

/** Why the effect of a call outlives every undo, as a sentence; undefined when it does not. */
export function irreversibleBecause(command: AnyCommand, raw: JsonObject): string | undefined {
  if (command.effect === 'read') return undefined;
  const { irreversible } = command;
  const why = typeof irreversible === 'function' ? irreversible(raw) : irreversible;
  return (
    why ?? (command.effect === 'barrier' ? `${command.name} is no step of the undo history.` : undefined)
  );
}
