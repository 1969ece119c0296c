import { type Profile, profileFor, requireProfile } from '../../access/profile.ts';
import type { AnyCommand, CallContext } from '../../command.ts';
import { WwiseFlowError } from '../../errors.ts';
import type { InputFiles } from '../../files/input-files.ts';
import { asJsonObject } from '../../json.ts';
import { keyOfCall } from '../../memo/memoised-command.ts';
import { parseInput } from '../input/parse-input.ts';
import type { KeyedSlot, Slot } from '../slot.ts';
import { checkExpectedProject } from './expected-project.ts';
import { needsWholeProject, refuseUnreadable } from './rely-on-all.ts';

/** What is allowed in this server. */
export interface Limits {
  /** Refuses every command that is not a read. */
  readonly readOnly: boolean;
  readonly profile: Profile;
  /** Name or GUID of the only project that may be changed. */
  readonly expectProject: string | null;
}

/** Lets a call in, before anything is looked up for it or changed. */
export type Admit = <S extends Slot>(slot: S, raw: unknown) => Promise<KeyedSlot<S>>;

/**
 * Checks in this order: READ_ONLY, NOT_IN_PROFILE, INVALID_INPUT, CANCELLED, WRONG_PROJECT, PROJECT_UNREADABLE_FILES, then the input files (PATH_NOT_ALLOWED,
 * FILE_NOT_FOUND, FILE_UNREADABLE), as far as the memo needs them.
 */
export function admission(
  { readOnly, profile, expectProject }: Limits,
  context: CallContext,
  files: InputFiles,
): Admit {
  return async (slot, raw) => {
    const { command, item } = slot;
    const changes = command.effect !== 'read';
    if (readOnly && changes) throw refusedReadOnly(command);
    requireProfile(command.name, profile, profileFor(command, asJsonObject(raw)));
    const input = parseInput(command, raw);
    if (context.signal.aborted) throw cancelled(command);
    if (changes && expectProject !== null) checkExpectedProject(await context.project(), expectProject);
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
      hint: 'Use reading commands only, or start the server without --read-only (or --profile reader).',
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
