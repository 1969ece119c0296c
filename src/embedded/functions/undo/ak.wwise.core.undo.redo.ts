import { inTurns } from '../../../core/turns/turns.ts';
import { defineFunction } from '../define-function.ts';

/** Does the last undone step again. */
export const undoRedo = defineFunction({
  uri: 'ak.wwise.core.undo.redo',
  async run(_args, _options, { project, giveWay }) {
    await inTurns(project.undo.redoSteps(), giveWay);
    return {};
  },
});
