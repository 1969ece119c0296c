import { defineFunction } from '../define-function.ts';
import { consoleProjectCreate } from './ak.wwise.console.project.create.ts';

/** Creates an empty project and opens it, as ak.wwise.console.project.create does. */
export const uiProjectCreate = defineFunction({
  uri: 'ak.wwise.ui.project.create',
  run: (args, options, context) => consoleProjectCreate.run(args, options, context),
});
