import { inTurns } from '../../../core/turns/turns.ts';
import { defineFunction } from '../define-function.ts';

/** Cancels the session's innermost undo group; its edits stay unless `undo` is true (documented default: false). */
export const undoCancelGroup = defineFunction({
  uri: 'ak.wwise.core.undo.cancelGroup',
  async run(args, _options, { project, sessionId, giveWay }) {
    await inTurns(project.undo.cancelGroup(sessionId, args.undo === true), giveWay);
    return {};
  },
});
