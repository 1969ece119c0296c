import { type Dirent, existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pid } from 'node:process';
import type { Log } from '../../../core/log.ts';

/**
 * What a file is called while it is written: beside its place or above it, so that a rename puts it there whole. `tag` is
 * the process that writes it.
 */
export function temporaryName(filePath: string, tag: number = pid): string {
  return `.${basename(filePath)}.${tag}.wwiseflow-tmp`;
}

/** Where leftovers may lie. */
export interface LeftoverPlaces {
  readonly flat: Iterable<string>;
  /** Looked at with all below them: a folder that was being renamed may be in no list. */
  readonly deep: Iterable<string>;
  /** Folders of the project: they stay, though empty. */
  readonly known: ReadonlySet<string>;
}

/**
 * Removes what saves and imports left behind that were killed: files of exactly that name, and a folder made for nothing but
 * them. Only for whoever holds the lock, when nobody can be writing. What cannot be removed stays.
 */
export function removeLeftovers({ flat, deep, known }: LeftoverPlaces, log: Log): void {
  for (const directory of flat) removeFrom(directory);
  for (const directory of deep) {
    removeFrom(directory);
    for (const inside of directoriesBelow(directory)) {
      const removed = removeFrom(inside);
      if (removed && !known.has(inside) && readdirSync(inside).length === 0) rmdirSync(inside);
    }
  }

  function removeFrom(directory: string): boolean {
    let removed = false;
    for (const entry of entriesOf(directory)) {
      if (!entry.isFile() || !leftover.test(entry.name)) continue;
      const filePath = join(directory, entry.name);
      try {
        rmSync(filePath);
        removed = true;
        log.info({ filePath }, 'project.leftover.removed');
      } catch (error) {
        log.warn({ filePath, error }, 'project.leftover.kept');
      }
    }
    return removed;
  }
}

const leftover = /^\..+\.\d+\.wwiseflow-tmp$/;

function entriesOf(directory: string): readonly Dirent[] {
  return existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
}

/** Inner ones first. */
function directoriesBelow(directory: string): readonly string[] {
  return entriesOf(directory).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? [...directoriesBelow(path), path] : [];
  });
}
