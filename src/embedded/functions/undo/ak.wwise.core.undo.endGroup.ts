import { asString } from '../../../core/json.ts';
import { defineFunction } from '../define-function.ts';

/** Closes the session's innermost undo group and names the step. An empty group leaves no step. */
export const undoEndGroup = defineFunction({
  uri: 'ak.wwise.core.undo.endGroup',
  run(args, _options, context) {
    context.project.undo.endGroup(context.sessionId, asString(args.displayName) ?? '');
    return {};
  },
});
