import type { AnyCommand } from '../../core/command.ts';
import { endsUndoStep, irreversibleBecause } from '../../core/dispatch/checks/declared.ts';
import { aliasOf } from '../document/alias.ts';
import { isChangingEffect, type NodeKind } from './node-kind.ts';

const kinds = new WeakMap<AnyCommand, NodeKind>();

/** The kind of the nodes that execute a command. Made once: commands are frozen. */
export function commandKind(command: AnyCommand): NodeKind {
  const known = kinds.get(command);
  if (known !== undefined) return known;
  const kind = kindOf(command);
  kinds.set(command, kind);
  return kind;
}

/** The kind of a node whose command this server does not have: the dispatcher refuses it, and says what there is. */
export function unknownKind(name: string): Pick<NodeKind, 'run' | 'replay'> {
  return { replay: 'verify', run: (input, { dispatch }) => dispatch(name, input) };
}

function kindOf(command: AnyCommand): NodeKind {
  const { name, title, description, toolset, effect, input, output, oneOf, batch, revert, secretInputs } =
    command;
  const { waapiCalls = 1, achieved } = command;
  return Object.freeze({
    type: name,
    aliases: [aliasOf(name)],
    title,
    description,
    toolset,
    effect,
    input,
    output,
    secretInputs,
    oneOf,
    ports: ['error'],
    // Reads and barriers leave nothing in the project that could be checked.
    replay: isChangingEffect(effect) ? 'verify' : 'reuse',
    waapiCalls,
    onlyShows: (raw) => raw.preview === true,
    batch: batch,
    revert,
    replaces: (raw) => command.replaces?.(raw) === true,
    isReadBack: achieved !== undefined,
    irreversible: (raw) => irreversibleBecause(command, raw),
    endsUndoStep: (raw) => endsUndoStep(command, raw),
    run: (raw, { dispatch }) => dispatch(name, raw),
  } satisfies NodeKind);
}
