import { refuseToAsk } from '../building/bypass-save.ts';
import { defineFunction } from '../define-function.ts';
import { consoleProjectOpen } from './ak.wwise.console.project.open.ts';

/** Opens a project in place of the one that is open, as ak.wwise.console.project.open does. It is open when this returns. */
export const uiProjectOpen = defineFunction({
  uri: 'ak.wwise.ui.project.open',
  run(args, options, context) {
    refuseToAsk(args, context);
    const onMigrationRequired = args.onMigrationRequired ?? args.onUpgrade;
    return consoleProjectOpen.run({ path: args.path, onMigrationRequired }, options, context);
  },
});
