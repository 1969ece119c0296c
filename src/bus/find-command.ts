import { WwiseFlowError } from '../base/errors.ts';
import { didYouMean, nearest } from '../base/nearest.ts';
import type { AnyCommand } from './command.ts';

/** Commands by name: as they are called, and in the camelCase that workflows may write. */
export function commandsByName(commands: readonly AnyCommand[]): ReadonlyMap<string, AnyCommand> {
  return new Map(commands.flatMap((command) => namesOf(command).map((name) => [name, command])));
}

/** The command of this name. Throws UNKNOWN_COMMAND with the nearest names. */
export function requireCommand(byName: ReadonlyMap<string, AnyCommand>, name: string): AnyCommand {
  const command = byName.get(name);
  if (command !== undefined) return command;
  const names = [...new Set(byName.values())].map((known) => known.name);
  throw new WwiseFlowError('UNKNOWN_COMMAND', `No command is called "${name}".${didYouMean(name, names)}`, {
    hint: 'Use one of details.commands.',
    details: { command: name, candidates: nearest(name, names), commands: names },
  });
}

function namesOf({ name }: AnyCommand): readonly string[] {
  return [name, name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())];
}
