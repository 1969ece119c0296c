import type { JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { ModelEditor } from '../../model/editor.ts';
import { isPhysicalFolder } from '../../model/types/hierarchy-rules.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { returnRow } from '../../waql/return-row.ts';
import { returnOptions } from '../arguments/return-options.ts';
import { makeRoom, resolveTransfer, type Transfer, workUnitName } from '../building/transfer.ts';
import { defineFunction } from '../define-function.ts';

const uri = 'ak.wwise.core.object.move';

/** Moves an object with everything below it; references to it name its new Work Unit. */
export const objectMove = defineFunction({
  uri,
  async run(args, options, { project, sessionId, giveWay }) {
    const { model } = project;
    const transfer = resolveTransfer(model, args);
    const { object, parent } = transfer;
    if (object.type === 'WorkUnit') {
      if (workUnitName(transfer, args, uri, object) !== object.name) {
        throw waapiErrors.invalidArguments('A Work Unit or folder cannot be renamed by moving it.', {
          object: object.id,
        });
      }
      if (object.parent !== parent) {
        const { movePhysicalFolder, moveWorkUnit } = project.inSteps;
        const moveFiles = isPhysicalFolder(object) ? movePhysicalFolder : moveWorkUnit;
        await inTurns(moveFiles(object, parent), giveWay);
      }
      const { expressions, view } = returnOptions(options);
      return returnRow(model, object, expressions, view);
    }
    const work = (editor: ModelEditor) => inTurns(moveSteps(editor, transfer, args), giveWay);
    await project.edit('Move', sessionId, work, giveWay);
    const { expressions, view } = returnOptions(options);
    return returnRow(model, object, expressions, view);
  },
});

function* moveSteps(editor: ModelEditor, transfer: Transfer, args: JsonObject): Generator<void, void> {
  const { object, parent } = transfer;
  if (object.parent === parent) return;
  const name = yield* makeRoom(editor, transfer, args, uri, object);
  yield* editor.move(object, parent);
  editor.rename(object, name);
}
