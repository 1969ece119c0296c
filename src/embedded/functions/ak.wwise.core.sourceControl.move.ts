import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../../core/json.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { defineFunction } from './define-function.ts';
import { filesOf, gitLog, refuseLoaded, workTreeOf } from './source-control/work-tree.ts';

/** Moves each of `files` to the one at its place in `newFiles` (`git mv`). What git refuses is an Error in the log. */
export const sourceControlMove = defineFunction({
  uri: 'ak.wwise.core.sourceControl.move',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const from = filesOf(args.files);
    const to = filesOf(args.newFiles, 'newFiles');
    if (from.length !== to.length) {
      throw waapiErrors.invalidArguments(
        `"files" names ${from.length} files, "newFiles" ${to.length}: each needs its counterpart.`,
        { argumentName: 'newFiles' },
      );
    }
    refuseLoaded(context, tree, from);
    const targets = to.map(tree.inside);
    const log: JsonObject[] = [];
    for (const [index, source] of from.map(tree.inside).entries()) {
      const target = targets[index] ?? '';
      mkdirSync(dirname(join(tree.root, target)), { recursive: true });
      log.push(...(await gitLog(context, tree, ['mv', '--', source, target])));
    }
    return { log };
  },
});
