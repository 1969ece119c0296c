import { dirname } from 'node:path';
import { checkedPath, type PathRules } from '../core/files/checked-path.ts';
import { refuseKeptFile } from '../core/files/kept-files.ts';
import type { Outside } from '../core/outside/outside.ts';
import { databaseOf } from './databases/find-database.ts';
import type { NamedDatabases } from './databases/named-database.ts';
import { createAppender } from './files/append-file.ts';
import { listFolder } from './files/list-folder.ts';
import { makeFolder } from './files/make-folder.ts';
import { moveOutsideFile, removeOutsideFile } from './files/move-file.ts';
import { readOutsideFile } from './files/read-file.ts';
import { writeOutsideFile } from './files/write-file.ts';

/** What the way to the outside is made of. */
export interface OutsideParts {
  readonly rules: PathRules;
  /** As commands find files: rejects with PATH_NOT_ALLOWED, FILE_NOT_FOUND or FILE_UNREADABLE. */
  readonly readableFile: (path: string, rules: PathRules) => Promise<string>;
  readonly readableFolder: (path: string, rules: PathRules) => Promise<string>;
  readonly databases: NamedDatabases;
}

/** The outside as this workspace may reach it. Every path passes the one check. */
export function createOutside({ rules, readableFile, readableFolder, databases }: OutsideParts): Outside {
  const writable = async (given: string): Promise<string> => {
    const { path } = await checkedPath(given, 'write', rules);
    refuseKeptFile(path);
    return path;
  };
  const append = createAppender();
  return {
    readFile: async (path) => readOutsideFile(await readableFile(path, rules)),
    writablePath: writable,
    pathToWrite: async (given) => {
      const path = await writable(given);
      makeFolder(dirname(path));
      return path;
    },
    listFolder: async (path, listing) => listFolder(await readableFolder(path, rules), listing),
    writeFile: async (path, bytes, mode) => writeOutsideFile(await writable(path), bytes, mode),
    appendFile: async (path, addition) => append(await writable(path), addition),
    moveFile: async (from, to) => {
      const [source, target] = [await writable(from), await writable(to)];
      return { path: target, isDone: moveOutsideFile(source, target) };
    },
    removeFile: async (given) => {
      const path = await writable(given);
      return { path, isDone: removeOutsideFile(path) };
    },
    database: async (name) => databaseOf(name, databases),
  };
}
