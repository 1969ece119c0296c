import type { DispatchBackend, Sessions } from '../../core/dispatch/dispatch-backend.ts';
import type { Slot } from '../../core/dispatch/slot.ts';
import type { CallLimits } from '../batching/shared/execute-step.ts';
import { sharedCalls } from '../batching/shared/shared-calls.ts';
import { type SharedSlot, sharedSlot } from '../batching/shared/shared-slot.ts';
import { groupOfRun, ownUndoGroup } from '../batching/shared/undo-group.ts';
import { recordSession } from './record-session.ts';
import { openSessions, type SessionParts, type WwiseSession, type WwiseSessions } from './wwise-session.ts';

export interface WwiseBackendParts extends SessionParts {
  /** How much of a batched unit goes into one call. */
  readonly callLimits: CallLimits;
}

/** Wwise as the dispatcher uses it. */
export function wwiseBackend(parts: WwiseBackendParts): DispatchBackend<SharedSlot, WwiseSession> {
  return {
    projectFiles: parts.kept.projectFiles,
    project: () => parts.facts.get(),
    oneAtATime: parts.oneAtATime,
    sessions: (options): Sessions<SharedSlot, WwiseSession> => {
      const { open, project } = openSessions(parts, options);
      return {
        open,
        recorded: recordSession,
        sharing: (slots) => sharingSlots(slots, project),
        share: (unit, runGroup) => {
          const { waapi } = unit.session.context;
          const group =
            runGroup === undefined
              ? ownUndoGroup(`${unit.slots.length} nodes`, waapi, parts.log, parts.others)
              : groupOfRun(runGroup, parts.log);
          return sharedCalls(unit, group, parts.callLimits);
        },
      };
    },
  };
}

/** The first version whose object.set takes what is batched. */
const FIRST_YEAR = 2022;

async function sharingSlots(
  slots: readonly Slot[],
  { project }: WwiseSessions['project'],
): Promise<readonly SharedSlot[] | undefined> {
  const facts = await project();
  if (facts.year < FIRST_YEAR) return undefined;
  const sharing = slots.flatMap(({ item, command }) => sharedSlot(item, command, facts) ?? []);
  return sharing.length === slots.length ? sharing : undefined;
}
