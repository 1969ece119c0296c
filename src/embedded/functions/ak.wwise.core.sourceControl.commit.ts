import { asString } from '../../core/json.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { defineFunction } from './define-function.ts';
import { filesOf, gitLog, workTreeOf } from './source-control/work-tree.ts';

/** Commits these files and no others, whatever else is staged. A file git does not know must be added first. */
export const sourceControlCommit = defineFunction({
  uri: 'ak.wwise.core.sourceControl.commit',
  async run(args, _options, context) {
    const message = asString(args.message) ?? '';
    if (message.trim() === '')
      throw waapiErrors.invalidArguments('A commit needs a message.', { argumentName: 'message' });
    const tree = await workTreeOf(context);
    const paths = filesOf(args.files).map(tree.inside);
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
