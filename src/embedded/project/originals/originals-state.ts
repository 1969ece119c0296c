import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Distinguishes two states of a file: when it was written, its size and its identity, or that there is none. Nothing is read,
 * so that a project with gigabytes of audio costs one look per file. A folder is listed once, for files that are not there.
 */
export function originalsState(): (path: string) => string {
  const folders = new Map<string, ReadonlyMap<string, string>>();
  return (path) => {
    const own = stamp(path);
    if (own !== undefined) return own;
    // Of this name in other letters it is the same file to Wwise, and to whoever imports over it.
    const folder = dirname(path);
    const names = folders.get(folder) ?? namesByLowerCase(folder);
    folders.set(folder, names);
    const name = names.get(basename(path).toLowerCase());
    return (name === undefined ? undefined : stamp(join(folder, name))) ?? 'absent';
  };
}

function stamp(path: string): string | undefined {
  try {
    const stats = statSync(path);
    // A folder is another one only to whoever lists it.
    if (stats.isDirectory()) return 'folder';
    const { size, mtimeMs, ctimeMs, ino } = stats;
    return [size, mtimeMs, ctimeMs, ino].join(' ');
  } catch {
    return undefined;
  }
}

function namesByLowerCase(folder: string): ReadonlyMap<string, string> {
  try {
    return new Map(readdirSync(folder).map((name) => [name.toLowerCase(), name]));
  } catch {
    return new Map();
  }
}
