import { defineFunction } from '../define-function.ts';

/** Closes the project without saving it. Without one it says so. */
export const consoleProjectClose = defineFunction({
  uri: 'ak.wwise.console.project.close',
  run: (_args, _options, { instance }) => ({ hadProjectOpen: instance.closeProject() }),
});
