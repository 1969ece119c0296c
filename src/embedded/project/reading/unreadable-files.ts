import { dirname, join } from 'node:path';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import { attribute } from '../../wwu/tree.ts';
import type { BrokenFile } from '../opened-project.ts';

/**
 * The files of a project whose content is not in memory, each with the reason: those that could not be read, Work Units that
 * were unloaded, and nested Work Units whose file is not there although the file of their parent names them.
 */
export function unreadableFiles(
  files: readonly ProjectFile[],
  brokenFiles: readonly BrokenFile[],
  index: ObjectIndex,
): readonly BrokenFile[] {
  const unloaded = files
    .filter(({ isLoaded }) => !isLoaded)
    .map(({ filePath }) => ({
      filePath,
      problem: 'its Work Unit is unloaded: load it to see what it holds',
    }));
  const known = new Set([...brokenFiles, ...unloaded].map(({ filePath }) => filePath.toLowerCase()));
  const missing = index.emptyPlaceholders().flatMap((placeholder): BrokenFile[] => {
    const holder = index.holderOf(placeholder);
    if (holder === undefined) return [];
    const filePath = join(dirname(holder.file.filePath), `${attribute(placeholder, 'Name') ?? ''}.wwu`);
    if (known.has(filePath.toLowerCase())) return [];
    return [
      { filePath, problem: `it is not there, and ${holder.file.filePath} names it as a nested Work Unit` },
    ];
  });
  return [...brokenFiles, ...unloaded, ...missing];
}
