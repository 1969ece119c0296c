import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The project files near a folder: those in it, else those up to three folders below it, else those of the nearest folder above
 * that has any. Sorted; folders that cannot be read have none. At most `mostFolders` folders are looked at.
 */
export function projectsNear(folder: string): readonly string[] {
  const below = projectsBelow(folder);
  if (below.length > 0) return below;
  for (let above = dirname(folder), last = folder; above !== last; last = above, above = dirname(above)) {
    const found = entriesOf(above).projects;
    if (found.length > 0) return found;
  }
  return [];
}

const deepest = 3;
const mostFolders = 2_000;

function projectsBelow(folder: string): readonly string[] {
  const own = entriesOf(folder);
  if (own.projects.length > 0) return own.projects;
  const found: string[] = [];
  let level = own.folders;
  let looked = 0;
  for (let depth = 1; depth <= deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of level) {
      looked += 1;
      if (looked > mostFolders) return found.toSorted();
      const { projects, folders } = entriesOf(path);
      found.push(...projects);
      // A project lies in no other one.
      if (projects.length === 0) next.push(...folders);
    }
    level = next;
  }
  return found.toSorted();
}

function entriesOf(folder: string): {
  readonly projects: readonly string[];
  readonly folders: readonly string[];
} {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return {
      projects: entries
        .filter((entry) => entry.isFile() && /\.wproj$/i.test(entry.name))
        .map(({ name }) => join(folder, name))
        .toSorted(),
      folders: entries
        .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
        .map(({ name }) => join(folder, name)),
    };
  } catch {
    return { projects: [], folders: [] };
  }
}
