import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Where a project's Originals are read and written: the folder itself, or a copy-on-write view of it. */
export interface Originals {
  /** The Originals folder of the project, absolute. */
  readonly dir: string;
  /** Where the bytes of an original are, given where it belongs. */
  locate(path: string): string;
  /** Where a file that belongs at this path is to be written. */
  writeTo(path: string): string;
  /** File names in a folder of the Originals; empty when there is no such folder. */
  list(folder: string): readonly string[];
}

/** The Originals folder as it lies on disk. */
export function originalsOnDisk(dir: string): Originals {
  return { dir, locate: (path) => path, writeTo: (path) => path, list: namesIn };
}

/** What is written goes below `overlayDir`; what is read is looked for there first. The folder itself stays as it is. */
export function originalsCopiedOnWrite(dir: string, overlayDir: string): Originals {
  const overlaid = (path: string): string => join(overlayDir, relative(dir, path));
  return {
    dir,
    locate: (path) => (existsSync(overlaid(path)) ? overlaid(path) : path),
    writeTo: overlaid,
    list: (folder) => [...new Set([...namesIn(folder), ...namesIn(overlaid(folder))])],
  };
}

/** The same, reading each folder once: for many files in a row, while nobody else writes there. */
export function listedOnce(originals: Originals): Originals {
  const lists = new Map<string, string[]>();
  const list = (folder: string): string[] => {
    const names = lists.get(folder) ?? [...originals.list(folder)];
    lists.set(folder, names);
    return names;
  };
  return {
    dir: originals.dir,
    locate: originals.locate,
    writeTo: (path) => {
      const names = list(dirname(path));
      if (!names.includes(basename(path))) names.push(basename(path));
      return originals.writeTo(path);
    },
    list,
  };
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
