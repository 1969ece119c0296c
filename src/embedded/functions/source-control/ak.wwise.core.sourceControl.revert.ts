import { defineFunction } from '../define-function.ts';
import { holdsLoadedClean, refuseFoldersAndLinks } from './refuse-files.ts';
import { gitLog, namedFiles, workTreeOf } from './work-tree.ts';

/**
 * Brings files back to the last commit (`git restore`); what was added is no longer. Work Units that are loaded and have nothing
 * unsaved are read again. What git refuses is an Error in the log.
 */
export const coreSourceControlRevert = defineFunction({
  uri: 'ak.wwise.core.sourceControl.revert',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const files = namedFiles(args.files);
    const paths = files.map(tree.inside);
    await refuseFoldersAndLinks(tree, files);
    const isLoaded = await holdsLoadedClean(context, tree, files);
    const log = await gitLog(context, tree, [
      'restore',
      '--source=HEAD',
      '--staged',
      '--worktree',
      '--',
      ...paths,
    ]);
    if (isLoaded) await context.instance.readAgain('a revert by source control');
    return { log };
  },
});
