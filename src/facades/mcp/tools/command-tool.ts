import type { AnyCommand } from '../../../core/command.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { RunTool } from './tool-call.ts';
import { takesForceRerun } from './tool-face.ts';

/** Runs one command of the bus. `forceRerun` is the tool's own argument; everything else is the command's input. */
export function commandTool(command: Pick<AnyCommand, 'name' | 'effect' | 'achieved'>): RunTool {
  return (args, { bus, signal, caller }) => {
    if (!takesForceRerun(command)) return bus.dispatch(command.name, args, { signal, caller });
    const { forceRerun, ...input } = args;
    return bus.dispatch(command.name, input, { signal, caller, forceRerun: asSwitch(forceRerun) });
  };
}

/** Throws INVALID_INPUT unless the value is a boolean or absent. */
function asSwitch(forceRerun: JsonObject[string]): boolean {
  // Some clients can send texts only, and null for what they leave out.
  if (forceRerun === 'true' || forceRerun === 'false') return forceRerun === 'true';
  if (forceRerun === null || forceRerun === '') return false;
  if (forceRerun === undefined || typeof forceRerun === 'boolean') return forceRerun === true;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `forceRerun is ${JSON.stringify(forceRerun)}, not true or false.`,
    {
      hint: 'Send forceRerun as a boolean, or leave it out.',
    },
  );
}
