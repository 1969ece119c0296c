import { WwiseFlowError } from '../../core/errors.ts';
import { checkProject } from '../../wwise/undo/same-project.ts';
import type { AnyCommand, CommandContext } from '../command.ts';
import { keyOfCall } from '../memo/memoised-command.ts';
import { parseInput } from '../parse-input.ts';
import { needsWholeProject, refuseUnreadable } from '../rely-on-all.ts';
import type { InputFiles } from './input-files.ts';
import type { KeyedSlot, Slot } from './slot.ts';

/** What is allowed in this server. */
export interface Limits {
  /** Refuses every command that is not a read. */
  readonly readOnly: boolean;
  /** Name or GUID of the only project that may be changed. */
  readonly expectProject: string | null;
}

/** Lets a call in, before anything is looked up for it or changed. */
export type Admit = <S extends Slot>(slot: S, raw: unknown) => Promise<KeyedSlot<S>>;

/**
 * Checks in this order: READ_ONLY, INVALID_INPUT, CANCELLED, WRONG_PROJECT, PROJECT_UNREADABLE_FILES, then the input files (PATH_NOT_ALLOWED,
 * FILE_NOT_FOUND, FILE_UNREADABLE), as far as the memo needs them.
 */
export function admission(
  { readOnly, expectProject }: Limits,
  context: CommandContext,
  files: InputFiles,
): Admit {
  return async (slot, raw) => {
    const { command, item } = slot;
    const changes = command.effect !== 'read';
    if (readOnly && changes) throw refusedReadOnly(command);
    const input = parseInput(command, raw);
    if (context.signal.aborted) throw cancelled(command);
    if (changes && expectProject !== null) checkProject(await context.project(), expectProject);
    if (needsWholeProject(command, input)) await refuseUnreadable(command, context.projectFiles, true);
    const key = await keyOfCall(command, input, item.scope, context, files);
    return { slot, command, input, key, forceRerun: item.forceRerun };
  };
}

function refusedReadOnly(command: AnyCommand): WwiseFlowError {
  return new WwiseFlowError(
    'READ_ONLY',
    `${command.name} would change the project, and the server was started read-only.`,
    {
      hint: 'Use reading commands only, or start the server without --read-only.',
      details: { command: command.name, effect: command.effect },
    },
  );
}

function cancelled(command: AnyCommand): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', `${command.name} was cancelled before it began.`, {
    hint: 'Nothing was changed: call again when it is wanted.',
    details: { command: command.name },
  });
}
