import { defineFunction } from '../define-function.ts';

/** Undoes the last step. */
export const undoUndo = defineFunction({
  uri: 'ak.wwise.core.undo.undo',
  run(_args, _options, context) {
    context.project.undo.undo();
    return {};
  },
});
