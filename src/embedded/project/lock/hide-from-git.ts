import { appendFileSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';

/**
 * Keeps the lock and the journal of a save out of what git shows and adds: `git add -A` would commit them, and a later checkout take
 * them away under the engine or refuse because of them. It is one line in `info/exclude` of the repository, which is not shared.
 * Nothing is done where that file is a link, or cannot be written.
 */
export function hideFromGit(projectDir: string): void {
  try {
    const git = gitDirAround(projectDir);
    if (git === undefined) return;
    const info = join(git, 'info');
    const exclude = join(info, 'exclude');
    if (!lstatSync(info).isDirectory()) return;
    const present = lstatSync(exclude, { throwIfNoEntry: false });
    if (present !== undefined && !present.isFile()) return;
    const text = present === undefined ? '' : readRegularFile(exclude).toString('utf8');
    if (text.split(/\r?\n/).includes(pattern)) return;
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    appendFileSync(exclude, `${gap}# Locks and unfinished saves of WwiseFlow\n${pattern}\n`);
  } catch {
    // Git then shows the lock, as it did.
  }
}

const pattern = '.*.wproj.*';

/** What git shares among all work trees of the repository around a folder; undefined outside of one. */
function gitDirAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = join(at, '.git');
    const stats = lstatSync(found, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) return found;
    if (stats?.isFile() === true) return sharedOf(found);
    if (at === dirname(at)) return undefined;
  }
}

/** Of a work tree or submodule, whose `.git` is a file that names its folder. */
function sharedOf(file: string): string | undefined {
  const named = /^gitdir: (.+)$/m.exec(readRegularFile(file).toString('utf8'))?.[1];
  if (named === undefined) return undefined;
  const own = resolve(dirname(file), named.trim());
  const common = join(own, 'commondir');
  const stats = lstatSync(common, { throwIfNoEntry: false });
  return stats?.isFile() === true ? resolve(own, readRegularFile(common).toString('utf8').trim()) : own;
}
