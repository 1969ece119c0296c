import { defineFunction } from '../define-function.ts';

/** Opens an undo group; edits until its end become one step. Groups nest. */
export const undoBeginGroup = defineFunction({
  uri: 'ak.wwise.core.undo.beginGroup',
  run(_args, _options, context) {
    context.project.undo.beginGroup(context.sessionId);
    return {};
  },
});
