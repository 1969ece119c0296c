import { refuseToAsk } from '../building/bypass-save.ts';
import { defineFunction } from '../define-function.ts';

/** Closes the project without saving it. Without one it says so. */
export const uiProjectClose = defineFunction({
  uri: 'ak.wwise.ui.project.close',
  run(args, _options, context) {
    refuseToAsk(args, context);
    return { hadProjectOpen: context.instance.closeProject() };
  },
});
