import type { JsonObject } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { FunctionContext } from '../define-function.ts';

/**
 * With `bypassSave: false` Wwise asks the person at its window whether to save. Here nobody can be asked, so unsaved
 * changes stop the call: ak.wwise.locked, as while a dialog is open.
 */
export function refuseToAsk(args: JsonObject, context: FunctionContext): void {
  const isOpen = context.instance.projectPath !== null;
  if (args.bypassSave !== false || !isOpen || !context.project.isDirty) return;
  throw waapiErrors.locked(
    'The project has unsaved changes and nobody can be asked about them: call ak.wwise.core.project.save first, or leave out "bypassSave".',
  );
}
