import { consoleProjectCreate } from './ak.wwise.console.project.create.ts';
import { defineFunction } from './define-function.ts';

/** Creates an empty project and opens it, as ak.wwise.console.project.create does. */
export const uiProjectCreate = defineFunction({
  uri: 'ak.wwise.ui.project.create',
  run: (args, options, context) => consoleProjectCreate.run(args, options, context),
});
