import { asJsonArray } from '../../../core/json.ts';
import { defineFunction } from '../define-function.ts';

/** Takes commands away that clients added. */
export const uiCommandsUnregister = defineFunction({
  uri: 'ak.wwise.ui.commands.unregister',
  run({ commands }, _options, { instance }) {
    for (const id of asJsonArray(commands)) instance.addOnCommands.unregister(String(id));
    return {};
  },
});
