import { logItem } from '../../instance/wwise-log.ts';
import { defineFunction } from '../define-function.ts';
import { namedFiles, workTreeOf } from './work-tree.ts';

/** Git has no check-out: every file in the work tree may be edited. The log says so. */
export const sourceControlCheckOut = defineFunction({
  uri: 'ak.wwise.core.sourceControl.checkOut',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    namedFiles(args.files).map(tree.inside);
    return { log: [logItem('Message', 'Git needs no check-out: the files can be edited.')] };
  },
});
