import { inTurns } from '../../../core/turns/turns.ts';
import { defineFunction } from '../define-function.ts';

/** Undoes the last step. */
export const undoUndo = defineFunction({
  uri: 'ak.wwise.core.undo.undo',
  async run(_args, _options, { project, giveWay }) {
    await inTurns(project.undo.undoSteps(), giveWay);
    return {};
  },
});
