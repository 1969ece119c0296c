import { defineFunction } from '../define-function.ts';
import { windowlessCommands } from './ak.wwise.ui.commands.execute.ts';

/** The commands that can be executed here: those that need no window, and those clients added. */
export const uiCommandsGetCommands = defineFunction({
  uri: 'ak.wwise.ui.commands.getCommands',
  run: (_args, _options, { project, instance }) => ({
    commands: [...windowlessCommands(project.model.version.schema), ...instance.addOnCommands.ids],
  }),
});
