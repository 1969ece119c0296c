import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { windowsNameProblem } from '../../../core/files/windows-name.ts';
import type { JsonObject } from '../../../core/json.ts';
import { refuseOutOfBounds } from '../../project/saving/write-bounds.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';
import { refuseFoldersAndLinks, refuseLoaded } from './refuse-files.ts';
import { gitLog, namedFiles, workTreeOf } from './work-tree.ts';

/** Moves each of `files` to the one at its index in `newFiles` (`git mv`). What git refuses is an Error in the log. */
export const sourceControlMove = defineFunction({
  uri: 'ak.wwise.core.sourceControl.move',
  async run(args, _options, context) {
    const tree = await workTreeOf(context);
    const from = namedFiles(args.files);
    const to = namedFiles(args.newFiles, 'newFiles');
    if (from.length !== to.length) {
      throw waapiErrors.invalidArguments(
        `"files" names ${from.length} files, "newFiles" ${to.length}: each needs its counterpart.`,
        { argumentName: 'newFiles' },
      );
    }
    await refuseFoldersAndLinks(tree, from);
    // Into a folder git would move it under the name it has, which is not the one asked for.
    await refuseFoldersAndLinks(tree, to, 'newFiles');
    refuseLoaded(context, tree, from);
    const targets = to.map(tree.inside);
    refuseOutOfBounds(
      context.project.bounds,
      targets.map((target) => dirname(join(tree.root, target))),
    );
    for (const target of targets) {
      const problem = windowsNameProblem(basename(target));
      if (problem === undefined) continue;
      throw waapiErrors.invalidArguments(`"${target}" cannot be made on Windows: the name ${problem}.`, {
        argumentName: 'newFiles',
      });
    }
    const log: JsonObject[] = [];
    for (const [index, source] of from.map(tree.inside).entries()) {
      const target = targets[index] ?? '';
      mkdirSync(dirname(join(tree.root, target)), { recursive: true });
      log.push(...(await gitLog(context, tree, ['mv', '--', source, target])));
    }
    return { log };
  },
});
