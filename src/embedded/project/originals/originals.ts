import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { WriteBounds } from '../saving/write-bounds.ts';

/** Where a project's Originals are read and written: the folder itself, or a copy-on-write view of it. */
export interface Originals {
  /** The Originals folder of the project, absolute. */
  readonly dir: string;
  /** Where the bytes of an original are, given where it belongs. */
  locate(path: string): string;
  /** Where a file that belongs at this path is to be written. */
  writeTo(path: string): string;
  /** Why no file may be written at this path, as a sentence without its end; undefined where it may. */
  refusal(path: string): string | undefined;
  /** File names in a folder of the Originals by their lower case, as Wwise's machines compare them; empty without a folder. */
  names(folder: string): ReadonlyMap<string, string>;
}

/**
 * The Originals folder as it lies on disk. A file is found as on the disks of Windows and Mac: where there is none of exactly
 * that name, one whose name differs by case.
 */
export function originalsOnDisk(dir: string, { refusal }: WriteBounds): Originals {
  return {
    dir,
    refusal,
    locate: ignoringCase(dir),
    writeTo: (path) => path,
    names: (folder) => byLowerCase(namesIn(folder)),
  };
}

/**
 * What is written goes below `overlayDir`; what is read is looked for there first. The folder itself stays as it is.
 * `onLook` is called with every file of it that is looked for, or would be written.
 */
export function originalsCopiedOnWrite(
  { dir, refusal }: Originals,
  overlayDir: string,
  onLook: (path: string) => void,
): Originals {
  const overlaid = (path: string): string => join(overlayDir, relative(dir, path));
  return {
    dir,
    refusal,
    locate: (path) => {
      onLook(path);
      return existsSync(overlaid(path)) ? overlaid(path) : path;
    },
    writeTo: (path) => {
      onLook(path);
      return overlaid(path);
    },
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
    refusal: originals.refusal,
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

/**
 * A file is found by its own spelling first. Folders are read again when they have changed; of many files that are looked for in
 * one turn, once.
 */
function ignoringCase(dir: string): (path: string) => string {
  const folders = new Map<string, Listing>();
  const inTurn = new Map<string, Listing | undefined>();
  let lookedFor = 0;
  const listingOf = (folder: string): Listing | undefined => {
    if (inTurn.has(folder)) return inTurn.get(folder);
    const stat = statSync(folder, { throwIfNoEntry: false });
    let listing: Listing | undefined;
    if (stat?.isDirectory() === true) {
      listing = folders.get(folder);
      if (listing?.changedAtMs !== stat.mtimeMs) {
        const names = namesIn(folder);
        listing = { changedAtMs: stat.mtimeMs, exact: new Set(names), names: byLowerCase(names) };
        folders.set(folder, listing);
      }
    }
    inTurn.set(folder, listing);
    return listing;
  };
  return (path) => {
    if (lookedFor === 0)
      setImmediate(() => {
        lookedFor = 0;
        inTurn.clear();
      });
    lookedFor += 1;
    // A few are asked for one by one.
    if (lookedFor < fewFiles && existsSync(path)) return path;
    if (listingOf(dir) === undefined) return path;
    const inside = relative(dir, path);
    if (inside.startsWith('..')) return path;
    let at = dir;
    for (const part of inside.split(sep)) {
      const listing = listingOf(at);
      const name = listing?.exact.has(part) === true ? part : listing?.names.get(part.toLowerCase());
      // Some disks know no case: what they find as it is spelt stays so.
      if (name === undefined || (name !== part && existsSync(join(at, part)))) return path;
      at = join(at, name);
    }
    return at;
  };
}

interface Listing {
  readonly changedAtMs: number;
  readonly exact: ReadonlySet<string>;
  /** The names by themselves in lower case. */
  readonly names: ReadonlyMap<string, string>;
}

const fewFiles = 8;
