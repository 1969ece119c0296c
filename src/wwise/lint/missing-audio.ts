import { folderIsSeen } from '../../core/files/folder-is-seen.ts';
import type { JsonObject } from '../../core/json.ts';
import { flatMapInTurns } from '../../core/turns/turns.ts';
import { isLfsPointer } from '../files/lfs-pointer.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { refOf, refReturns } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import { type LintedSource, lintedSources } from './audio-sources.ts';
import type { Check } from './rules.ts';

/**
 * Audio sources whose original file is not there or only a Git LFS pointer, and Sounds without any source. Files are looked for only where the
 * Originals folder can be seen from this machine; one that does not exist lacks every file.
 */
export const missingAudio: Check = async (_rules, context) => {
  const { originalsDir } = await context.project();
  const seen = new Set<string>();
  // Of a GUID that stands twice both are listed.
  const sources = (await lintedSources(context)).filter(({ object, path }) => {
    const key = `${object.id}\n${path}`;
    return !seen.has(key) && seen.add(key);
  });
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
  const silent = (await found(sounds.filter(hasNothing), context)).map((row) => ({
    object: refOf(row),
    message: 'It has no audio source.',
  }));
  return [...lost, ...silent];
};

/** Of objects whose GUID stands twice, those that are found by it: what lies below the other one is found below none. */
async function found(rows: readonly JsonObject[], context: CommandContext): Promise<readonly JsonObject[]> {
  if (rows.length === 0 || ((await context.projectFiles.duplicates()) ?? []).length === 0) return rows;
  const ids = [...new Set(rows.map(({ id }) => `"${String(id)}"`))];
  return (await askRows(`$ ${ids.join(', ')}`, [...refReturns, 'childrenCount'], context)).filter(hasNothing);
}

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
