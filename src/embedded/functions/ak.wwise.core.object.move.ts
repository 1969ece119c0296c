import { returnRow } from '../waql/return-row.ts';
import { defineFunction } from './define-function.ts';
import { returnOptions } from './return-options.ts';
import { makeRoom, resolveTransfer } from './transfer.ts';

const uri = 'ak.wwise.core.object.move';

/** Moves an object with everything below it; references to it name its new Work Unit. */
export const objectMove = defineFunction({
  uri,
  async run(args, options, { project, sessionId }) {
    const { model } = project;
    const transfer = resolveTransfer(model, args);
    await project.edit('Move', sessionId, (editor) => {
      if (transfer.object.parent === transfer.parent) return;
      const name = makeRoom(editor, transfer, args, uri, transfer.object);
      editor.move(transfer.object, transfer.parent);
      editor.rename(transfer.object, name);
    });
    const { expressions, view } = returnOptions(options);
    return returnRow(model, transfer.object, expressions, view);
  },
});
