import { choices } from '../../waql/choices.ts';
import { rowReader } from '../../waql/return-row.ts';
import { returnOptions } from '../arguments/return-options.ts';
import { defineFunction } from '../define-function.ts';

/** The selected objects. Without a window nobody but a client selects: see ak.wwise.ui.commands.execute. */
export const uiGetSelectedObjects = defineFunction({
  uri: 'ak.wwise.ui.getSelectedObjects',
  run(_args, options, { project, instance }) {
    const { model } = project;
    const { expressions, view } = returnOptions(options);
    const row = rowReader(model, expressions, view, choices.unknownReturnName);
    return { objects: instance.selection.objects(model).map((object) => row(object)) };
  },
});
