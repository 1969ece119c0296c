import type { AnyCommand } from '../../bus/command.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { RunTool } from './tool-call.ts';
import { takesForceRerun } from './tool-face.ts';

/** Runs one command of the bus. `forceRerun` is the tool's own argument; everything else is the command's input. */
export function commandTool(command: Pick<AnyCommand, 'name' | 'effect' | 'achieved'>): RunTool {
  return (args, { bus, signal }) => {
    if (!takesForceRerun(command)) return bus.dispatch(command.name, args, { signal, caller: 'mcp' });
    const { forceRerun, ...input } = args;
    return bus.dispatch(command.name, input, { signal, caller: 'mcp', forceRerun: asSwitch(forceRerun) });
  };
}

/** Throws INVALID_INPUT unless the value is a boolean or absent. */
function asSwitch(forceRerun: JsonObject[string]): boolean {
  if (forceRerun === undefined || typeof forceRerun === 'boolean') return forceRerun === true;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `forceRerun is ${JSON.stringify(forceRerun)}, not true or false.`,
    {
      hint: 'Send forceRerun as a boolean, or leave it out.',
    },
  );
}
