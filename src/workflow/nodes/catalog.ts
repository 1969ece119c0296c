import type { Bus } from '../../bus/bus.ts';
import type { AnyCommand } from '../../bus/command.ts';
import { commandKind } from './command-kind.ts';
import type { NodeKind } from './node-kind.ts';
import { say } from './say.ts';
import { wait } from './wait.ts';

/** The kinds that are no commands, in the order they are listed. */
export const ownKinds: readonly NodeKind[] = [say, wait];

/** What the kinds are made from. */
export type Commands = Pick<Bus, 'commands' | 'find' | 'findExcluded'>;

/** The kinds a workflow may use. */
export interface NodeKinds {
  readonly all: readonly NodeKind[];
  /** By type or alias. */
  find(type: string): NodeKind | undefined;
}

/** Every kind: those of this folder, then one per command. */
export function nodeKinds(commands: readonly AnyCommand[]): readonly NodeKind[] {
  return [...ownKinds, ...commands.map(commandKind)];
}

const known = new WeakMap<Commands, NodeKinds>();

/** The kinds of a server with these commands. Made once for each. */
export function kindsOf(commands: Commands): NodeKinds {
  const kinds = known.get(commands) ?? makeKinds(commands);
  known.set(commands, kinds);
  return kinds;
}

function makeKinds(commands: Commands): NodeKinds {
  const found = new Map(ownKinds.flatMap((kind) => [kind.type, ...kind.aliases].map((name) => [name, kind])));
  let all: readonly NodeKind[] | undefined;
  return {
    get all() {
      all ??= nodeKinds(commands.commands);
      return all;
    },
    find: (type) => {
      const kind = found.get(type);
      if (kind !== undefined) return kind;
      const command = commands.find(type);
      if (command === undefined) return undefined;
      const made = commandKind(command);
      found.set(type, made);
      return made;
    },
  };
}
