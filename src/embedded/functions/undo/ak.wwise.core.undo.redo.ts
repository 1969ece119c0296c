import { defineFunction } from '../define-function.ts';

/** Does the last undone step again. */
export const undoRedo = defineFunction({
  uri: 'ak.wwise.core.undo.redo',
  run(_args, _options, context) {
    context.project.undo.redo();
    return {};
  },
});
