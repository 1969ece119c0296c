import { defineFunction } from './define-function.ts';
import { filesOf, gitLog, refuseFolders, refuseLoaded, workTreeOf } from './source-control/work-tree.ts';

/** Brings files back to the last commit (`git restore`); what was added is no longer. What git refuses is an Error in the log. */
export const sourceControlRevert = defineFunction({
  uri: 'ak.wwise.core.sourceControl.revert',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const files = filesOf(args.files);
    const paths = files.map(tree.inside);
    refuseFolders(tree, files);
    refuseLoaded(context, tree, files);
    return {
      log: await gitLog(context, tree, [
        'restore',
        '--source=HEAD',
        '--staged',
        '--worktree',
        '--',
        ...paths,
      ]),
    };
  },
});
