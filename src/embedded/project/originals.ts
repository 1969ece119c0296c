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
  /** File names in a folder of the Originals by their lower case, as Wwise's machines compare them; empty without a folder. */
  names(folder: string): ReadonlyMap<string, string>;
}

/** The Originals folder as it lies on disk. */
export function originalsOnDisk(dir: string): Originals {
  return {
    dir,
    locate: (path) => path,
    writeTo: (path) => path,
    names: (folder) => byLowerCase(namesIn(folder)),
  };
}

/** What is written goes below `overlayDir`; what is read is looked for there first. The folder itself stays as it is. */
export function originalsCopiedOnWrite(dir: string, overlayDir: string): Originals {
  const overlaid = (path: string): string => join(overlayDir, relative(dir, path));
  return {
    dir,
    locate: (path) => (existsSync(overlaid(path)) ? overlaid(path) : path),
    writeTo: overlaid,
    names: (folder) => byLowerCase([...namesIn(folder), ...namesIn(overlaid(folder))]),
  };
}

/** The same, reading each folder once: for many files in a row, while nobody else writes there. */
export function listedOnce(originals: Originals): Originals {
  const folders = new Map<string, Map<string, string>>();
  const names = (folder: string): Map<string, string> => {
    const known = folders.get(folder) ?? new Map(originals.names(folder));
    folders.set(folder, known);
    return known;
  };
  return {
    dir: originals.dir,
    locate: originals.locate,
    writeTo: (path) => {
      names(dirname(path)).set(basename(path).toLowerCase(), basename(path));
      return originals.writeTo(path);
    },
    names,
  };
}

function byLowerCase(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
