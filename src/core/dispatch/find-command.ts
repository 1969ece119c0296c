import type { AnyCommand } from '../command.ts';
import { WwiseFlowError } from '../errors.ts';
import { didYouMean, nearest } from '../text/nearest.ts';

/** Commands by name: as they are called, and in the camelCase that workflows may write. */
export function commandsByName(commands: readonly AnyCommand[]): ReadonlyMap<string, AnyCommand> {
  return toolsByName(commands);
}

/** Anything with a name, by the same names. */
export function toolsByName<T extends { readonly name: string }>(
  tools: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(tools.flatMap((tool) => namesOf(tool).map((name) => [name, tool])));
}

/**
 * The command of this name. Throws UNKNOWN_COMMAND with the nearest names, or with what offers it when this server was
 * started without it: another command of a like name would do something else.
 */
export function requireCommand(
  byName: ReadonlyMap<string, AnyCommand>,
  name: string,
  excluded: ReadonlyMap<string, AnyCommand> = new Map(),
): AnyCommand {
  const command = byName.get(name);
  if (command !== undefined) return command;
  const left = excluded.get(name);
  if (left !== undefined) {
    throw new WwiseFlowError('UNKNOWN_COMMAND', `The command "${name}" is excluded from this server.`, {
      hint: howToInclude(left),
      details: { command: name, toolset: left.toolset },
    });
  }
  const names = [...new Set(byName.values())].map((known) => known.name);
  throw new WwiseFlowError('UNKNOWN_COMMAND', `No command is called "${name}".${didYouMean(name, names)}`, {
    hint: 'Use one of details.commands.',
    details: { command: name, candidates: nearest(name, names), commands: names },
  });
}

/** How a server is started that has a command which this one was started without. */
export function howToInclude({ name, toolset }: Pick<AnyCommand, 'name' | 'toolset'>): string {
  return `To have it, restart the server with --toolsets default,${toolset} and without ${name} in --exclude-tools.`;
}

function namesOf({ name }: { readonly name: string }): readonly string[] {
  return [name, name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())];
}
