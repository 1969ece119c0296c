import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Says which files are there, for very many of them in a row: each folder is read once, and what is not in it is not looked
 * for. Worth what it shows for as long as nobody changes the folders: make one for one look at a project.
 */
export function createFileLook(): (path: string) => boolean {
  const folders = new Map<string, Folder | null>();
  const folderAt = (path: string): Folder | null => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const above = dirname(path);
    // Of a folder that is not there, none below is asked for.
    const isAbsent = above !== path && folders.get(above) === null;
    const folder = isAbsent ? null : readFolder(path);
    folders.set(path, folder);
    return folder;
  };
  return (path) => {
    const folder = folderAt(dirname(path));
    if (folder === null) return false;
    const name = basename(path);
    const isPlain = folder.get(name);
    // A link may lead nowhere, and disks that know no case, or spell accents in another way, find more than is listed.
    return isPlain === true || ((isPlain === false || folder.mayHold(name)) && existsSync(path));
  };
}

interface Folder {
  /** Whether an entry of exactly this name is no link; undefined where there is none. */
  get(name: string): boolean | undefined;
  mayHold(name: string): boolean;
}

/** Null for what is no folder that can be read. */
function readFolder(path: string): Folder | null {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return existsSync(path) ? unread : null;
  }
  const plain = new Map(entries.map((entry) => [entry.name, !entry.isSymbolicLink()]));
  const lower = new Set(entries.map(({ name }) => name.toLowerCase()));
  return {
    get: (name) => plain.get(name),
    mayHold: (name) => lower.has(name.toLowerCase()) || !isAscii.test(name),
  };
}

/** It is there, but what is in it has to be asked for one by one. */
const unread: Folder = { get: () => undefined, mayHold: () => true };

const isAscii = /^[\x20-\x7e]*$/;
