import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';
import { newTempDir } from './temp-dir.ts';

/**
 * What `createProject` makes at `filePath`, with GUIDs of its own, in a quarter of the time: what it wrote the first time is
 * written again. For tests of something else than that.
 */
export function freshProject(filePath: string): void {
  const name = basename(filePath);
  const { folders, files, isOwn } = writtenFor.get(name) ?? remember(name);
  const dir = dirname(filePath);
  mkdirSync(dir, { recursive: true });
  for (const folder of folders) mkdirSync(join(dir, folder), { recursive: true });
  const ids = new Map<string, string>();
  const renewed = (id: string): string => {
    if (!isOwn.has(id)) return id;
    const known = ids.get(id) ?? `{${randomUUID().toUpperCase()}}`;
    ids.set(id, known);
    return known;
  };
  for (const [path, text] of files) writeFileSync(join(dir, path), text.replace(guid, renewed));
}

const guid = /\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}/g;

interface Written {
  /** Below the folder of the project, a folder before those in it. */
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, text: string])[];
  /** The GUIDs that are others in each project. */
  readonly isOwn: ReadonlySet<string>;
}

/** By the name of the .wproj, which stands in it. */
const writtenFor = new Map<string, Written>();

function remember(name: string): Written {
  const dir = newTempDir('fresh');
  try {
    const [first, second] = ['first', 'second'].map((folder) => {
      createProject(join(dir, folder, name));
      const all = readdirSync(join(dir, folder), { recursive: true, withFileTypes: true });
      const pathOf = (entry: (typeof all)[number]) =>
        join(entry.parentPath, entry.name).slice(join(dir, folder).length + 1);
      const files = all
        .filter((entry) => entry.isFile())
        .map((entry) => [pathOf(entry), readFileSync(join(dir, folder, pathOf(entry)), 'utf8')] as const);
      return {
        folders: all
          .filter((entry) => entry.isDirectory())
          .map(pathOf)
          .sort(),
        files,
      };
    });
    const others = guidsOf(second?.files ?? []);
    const isOwn = new Set([...guidsOf(first?.files ?? [])].filter((id) => !others.has(id)));
    const written = { folders: first?.folders ?? [], files: first?.files ?? [], isOwn };
    writtenFor.set(name, written);
    return written;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function guidsOf(files: Written['files']): ReadonlySet<string> {
  return new Set(files.flatMap(([, text]) => text.match(guid) ?? []));
}
