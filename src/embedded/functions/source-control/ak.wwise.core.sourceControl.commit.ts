import { asString } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';
import { refuseFoldersAndLinks } from './refuse-files.ts';
import { gitLog, namedFiles, workTreeOf } from './work-tree.ts';

/** Commits these files and no others, whatever else is staged. A file git does not know must be added first. */
export const sourceControlCommit = defineFunction({
  uri: 'ak.wwise.core.sourceControl.commit',
  async run(args, _options, context) {
    const message = asString(args.message) ?? '';
    if (message.trim() === '')
      throw waapiErrors.invalidArguments('A commit needs a message.', { argumentName: 'message' });
    const tree = await workTreeOf(context);
    const files = namedFiles(args.files);
    const paths = files.map(tree.inside);
    // In a folder lies what others changed and nobody named.
    await refuseFoldersAndLinks(tree, files);
    return {
      log: await gitLog(context, tree, [
        'commit',
        '--quiet',
        `--message=${message}`,
        '--only',
        '--',
        ...paths,
      ]),
    };
  },
});
