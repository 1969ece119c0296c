import { defineFunction } from '../define-function.ts';
import { refuseFoldersAndLinks, refuseLoaded } from './refuse-files.ts';
import { gitLog, namedFiles, workTreeOf } from './work-tree.ts';

/** Deletes files, here and with the next commit (`git rm`). A file with changes that are not committed is kept and reported. */
export const sourceControlDelete = defineFunction({
  uri: 'ak.wwise.core.sourceControl.delete',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const files = namedFiles(args.files);
    const paths = files.map(tree.inside);
    await refuseFoldersAndLinks(tree, files);
    refuseLoaded(context, tree, files);
    return { log: await gitLog(context, tree, ['rm', '--quiet', '--', ...paths]) };
  },
});
