import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PhysicalFolder } from '../../model/index/physical-folders.ts';
import { isSamePlace } from '../disk/same-place.ts';

export function hasMoved({ directory, savedDirectory }: PhysicalFolder): boolean {
  return directory !== savedDirectory;
}

/** Makes the directories of folders that move or were renamed: an empty one has no file that would make it. */
export function makeNewDirectories(folders: readonly PhysicalFolder[]): void {
  for (const { directory } of folders.filter(hasMoved)) mkdirSync(directory, { recursive: true });
}

/** Moves them back, when nothing could be saved into them. */
export function removeNewDirectories(folders: readonly PhysicalFolder[]): void {
  const moved = folders.filter(hasMoved).sort((a, b) => b.directory.length - a.directory.length);
  for (const { directory } of moved) removeEmptyDirectory(directory);
}

/**
 * Brings what else lies in the former directories of folders after their Work Units, which are in place already, and removes
 * the directories. Nothing is overwritten: what cannot move stays where it is.
 */
export function clearOldDirectories(folders: readonly PhysicalFolder[]): void {
  const moved = folders.filter(hasMoved).sort((a, b) => b.savedDirectory.length - a.savedDirectory.length);
  for (const folder of moved) {
    const { directory, savedDirectory } = folder;
    folder.savedDirectory = directory;
    moveRest(savedDirectory, directory);
  }
}

/** The same for one directory. */
export function moveRest(from: string, to: string): void {
  if (isSamePlace(to, from)) {
    // Only the case of the name differs, on a disk that ignores case.
    attempt(() => renameSync(from, to));
    return;
  }
  for (const name of entriesOf(from)) {
    const place = join(to, name);
    if (!existsSync(place)) attempt(() => renameSync(join(from, name), place));
  }
  removeEmptyDirectory(from);
}

/** What is not of the project keeps its directory. */
export function removeEmptyDirectory(directory: string): void {
  attempt(() => rmdirSync(directory));
}

function entriesOf(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

/** The project itself is saved by then: what does not go now is in nobody's way. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // In use, not empty, or gone.
  }
}
