import { asJsonArray, asJsonObject, asString } from '../../../core/json.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Adds commands. There is no menu to show them in: a client executes them, and whoever subscribed to
 * ak.wwise.ui.commands.executed is notified.
 */
export const uiCommandsRegister = defineFunction({
  uri: 'ak.wwise.ui.commands.register',
  run({ commands }, _options, { instance }) {
    for (const command of asJsonArray(commands).map(asJsonObject)) {
      const starts = [command.program, command.luaScript]
        .map(asString)
        .find((text) => text !== undefined && text !== '');
      instance.addOnCommands.register({ id: asString(command.id) ?? '', starts });
    }
    return {};
  },
});
