import type { RecordedSession } from '../../core/backend/backend-session.ts';
import type { BatchItem } from '../../core/dispatch/bus.ts';
import { setAgain } from '../claims/mend.ts';
import { verifyClaims } from '../claims/verify-claims.ts';
import { recordChanges } from '../undo/changes/record-changes.ts';
import { revertingOf } from '../undo/changes/reverting.ts';
import type { CommandContext } from '../wwise-command.ts';
import type { WwiseSession } from './wwise-session.ts';

/**
 * The session as a command uses it whose changes are recorded: with what was recorded its steps can be rolled back without an
 * undo. `hears`: awaited before a further call, and before one that copies files into the Originals.
 */
export function recordSession(
  session: WwiseSession,
  hears: Pick<BatchItem, 'onProgress' | 'onImport'>,
): RecordedSession<WwiseSession> {
  const { waapi, finish } = recordChanges(session.context, {
    onProgress: hears.onProgress?.bind(hears),
    onImport: hears.onImport?.bind(hears),
  });
  const reverting = async () => revertingOf([{ changes: await finish(false) }], session.watched.waapi);
  const context: CommandContext = {
    ...session.context,
    waapi,
    oneStep: (displayName, work) => session.oneStep(displayName, work, reverting),
  };
  const recorded: WwiseSession = {
    ...session,
    context,
    verify: (groups) => verifyClaims(groups, context),
    setAgain: (calls) => setAgain(calls, context),
  };
  return { session: recorded, finish };
}
