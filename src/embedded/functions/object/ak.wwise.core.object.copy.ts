import type { JsonObject } from '../../../core/json.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { WwiseObject } from '../../model/model.ts';
import { returnRow } from '../../waql/return-row.ts';
import { returnOptions } from '../arguments/return-options.ts';
import { copiesFiles, makeRoom, resolveTransfer, type Transfer, workUnitName } from '../building/transfer.ts';
import { defineFunction } from '../define-function.ts';

const uri = 'ak.wwise.core.object.copy';

/** Copies an object with everything below it, with fresh GUIDs, Work Units in files of their own. Answers the copy. */
export const objectCopy = defineFunction({
  uri,
  async run(args, options, { project, sessionId, giveWay }) {
    const { model } = project;
    const transfer = resolveTransfer(model, args);
    const { object, parent } = transfer;
    const copy = copiesFiles(model, object)
      ? await inTurns(
          project.inSteps.copyWithFiles(object, parent, workUnitName(transfer, args, uri)),
          giveWay,
        )
      : await project.edit(
          'Copy',
          sessionId,
          (editor) => inTurns(copySteps(editor, transfer, args), giveWay),
          giveWay,
        );
    const { expressions, view } = returnOptions(options);
    return returnRow(model, copy, expressions, view);
  },
});

function* copySteps(editor: ModelEditor, transfer: Transfer, args: JsonObject): Generator<void, WwiseObject> {
  const name = yield* makeRoom(editor, transfer, args, uri);
  return yield* editor.copy(transfer.object, transfer.parent, name);
}
