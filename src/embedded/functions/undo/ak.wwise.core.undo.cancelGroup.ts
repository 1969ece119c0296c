import { defineFunction } from '../define-function.ts';

/** Cancels the session's innermost undo group; its edits stay unless `undo` is true (documented default: false). */
export const undoCancelGroup = defineFunction({
  uri: 'ak.wwise.core.undo.cancelGroup',
  run(args, _options, context) {
    context.project.undo.cancelGroup(context.sessionId, args.undo === true);
    return {};
  },
});
