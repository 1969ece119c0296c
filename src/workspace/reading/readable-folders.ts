import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { checkedPath, type PathRules } from '../../core/files/checked-path.ts';

/** Where somebody may choose a folder. */
export type ReadableFolders = Pick<PathRules, 'allowedDirs' | 'startDir' | 'toLocal'>;

/** The folders whose paths begin as `text` does, among those that may be read; the allowed ones for no text. */
export async function foldersBeginning(text: string, rules: ReadableFolders): Promise<readonly string[]> {
  if (text === '') return rules.allowedDirs;
  const end = Math.max(text.lastIndexOf('/'), text.lastIndexOf(sep));
  const [above, begun] = [text.slice(0, end), text.slice(end + 1).toLowerCase()];
  const among = rules.allowedDirs.filter((dir) => dir.toLowerCase().startsWith(text.toLowerCase()));
  if (end < 0 || among.length > 0) return among;
  const { path } = await checkedPath(above === '' ? sep : above, 'read', rules);
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => name.toLowerCase().startsWith(begun))
    .sort()
    .slice(0, mostFolders)
    .map((name) => join(path, name));
}

const mostFolders = 200;
