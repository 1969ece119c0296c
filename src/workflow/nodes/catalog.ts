import type { AnyCommand } from '../../core/command.ts';
import type { Bus } from '../../core/dispatch/bus.ts';
import { ai } from './ai.ts';
import { askUser } from './ask-user.ts';
import { branch } from './branch.ts';
import { commandKind } from './command-kind.ts';
import { end } from './end.ts';
import { exec } from './exec.ts';
import { filter } from './filter.ts';
import { forEach } from './for-each.ts';
import { handoff } from './handoff.ts';
import { http } from './http.ts';
import { input } from './input.ts';
import { mail } from './mail.ts';
import { merge } from './merge.ts';
import { moveFiles } from './move-files.ts';
import type { NodeKind, OwnKind } from './node-kind.ts';
import { output } from './output.ts';
import { say } from './say.ts';
import { submitAndPoll } from './submit-and-poll.ts';
import { subworkflow } from './subworkflow.ts';
import { transform } from './transform.ts';
import { wait } from './wait.ts';

/** The kinds that are no commands, in the order they are listed. */
export const ownKinds: readonly OwnKind[] = [
  say,
  wait,
  askUser,
  handoff,
  branch,
  merge,
  forEach,
  subworkflow,
  end,
  filter,
  transform,
  input,
  output,
  moveFiles,
  http,
  submitAndPoll,
  exec,
  ai,
  mail,
];

/** What the kinds are made from. */
export type Commands = Pick<Bus, 'commands' | 'find' | 'findExcluded' | 'meant' | 'profile'>;

/** The kinds a workflow may use. */
export interface NodeKinds {
  readonly all: readonly NodeKind[];
  /** By type or alias. */
  find(type: string): NodeKind | undefined;
}

/** Every kind: those of this folder, those of plug-ins, then one per command. */
export function nodeKinds(
  commands: readonly AnyCommand[],
  more: readonly NodeKind[] = [],
): readonly NodeKind[] {
  return [...ownKinds, ...more, ...commands.map(commandKind)];
}

const known = new WeakMap<Commands, NodeKinds>();

/** Kinds beside those of this folder for a server with these commands, as plug-ins bring them. To be said before they are asked for. */
export function addKinds(commands: Commands, kinds: readonly NodeKind[]): void {
  if (kinds.length > 0) known.set(commands, makeKinds(commands, kinds));
}

/** The kinds of a server with these commands. Made once for each. */
export function kindsOf(commands: Commands): NodeKinds {
  const kinds = known.get(commands) ?? makeKinds(commands);
  known.set(commands, kinds);
  return kinds;
}

function makeKinds(commands: Commands, more: readonly NodeKind[] = []): NodeKinds {
  const found = new Map<string, NodeKind>(
    [...ownKinds, ...more].flatMap((kind) => [kind.type, ...kind.aliases].map((name) => [name, kind])),
  );
  let all: readonly NodeKind[] | undefined;
  return {
    get all() {
      all ??= nodeKinds(commands.commands, more);
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
