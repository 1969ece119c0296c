import { folderIsSeen } from '../../core/files/folder-is-seen.ts';
import type { JsonObject } from '../../core/json.ts';
import { flatMapInTurns } from '../../core/turns/turns.ts';
import { isLfsPointer } from '../files/lfs-pointer.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { refOf, refReturns } from '../objects/rows/object-row.ts';
import { type LintedSource, lintedSources } from './audio-sources.ts';
import type { Check } from './rules.ts';

/**
 * Audio sources whose original file is not there or only a Git LFS pointer, and Sounds without any source. Files are looked for only where the
 * Originals folder can be seen from this machine; one that does not exist lacks every file.
 */
export const missingAudio: Check = async (_rules, context) => {
  const { originalsDir } = await context.project();
  const sources = await lintedSources(context);
  const lost = await flatMapInTurns(
    folderIsSeen(originalsDir) ? sources : [],
    (source) => {
      const problem = problemOf(source);
      return problem === undefined ? [] : [{ object: source.object, message: problem }];
    },
    filesPerLook,
  );
  const sounds = await askRows(
    '$ from type Sound where childrenCount = 0',
    [...refReturns, 'childrenCount'],
    context,
  );
  const silent = sounds
    .filter(hasNothing)
    .map((row) => ({ object: refOf(row), message: 'It has no audio source.' }));
  return [...lost, ...silent];
};

/** Each is asked of the disk, which may be slow. */
const filesPerLook = 8;

function problemOf({ path, isThere }: LintedSource): string | undefined {
  if (path === '') return 'It names no file.';
  if (!isThere()) return `The file is missing: ${path}`;
  return isLfsPointer(path)
    ? `The file is a Git LFS pointer, not audio; fetch it with git lfs pull: ${path}`
    : undefined;
}

function hasNothing({ childrenCount }: JsonObject): boolean {
  return childrenCount === 0;
}
