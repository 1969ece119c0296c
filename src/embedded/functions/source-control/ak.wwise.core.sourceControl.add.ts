import { defineFunction } from '../define-function.ts';
import { refuseFoldersAndLinks } from './refuse-files.ts';
import { gitLog, namedFiles, workTreeOf } from './work-tree.ts';

/** Puts files under version control with the next commit (`git add`). What git refuses is an Error in the log. */
export const sourceControlAdd = defineFunction({
  uri: 'ak.wwise.core.sourceControl.add',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const files = namedFiles(args.files);
    const paths = files.map(tree.inside);
    await refuseFoldersAndLinks(tree, files);
    return { log: await gitLog(context, tree, ['add', '--', ...paths]) };
  },
});
