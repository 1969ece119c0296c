import type { Outside } from '../../src/core/outside/outside.ts';
import { createOutside } from '../../src/outside/create-outside.ts';
import type { NamedDatabases } from '../../src/outside/databases/named-database.ts';
import { readableFile, readableFolder } from '../../src/wwise/files/readable-file.ts';

/** What workflows reach from a folder: its files, and these databases. */
export function outsideOf(dir: string, databases: NamedDatabases = []): Outside {
  return createOutside({
    rules: { allowedDirs: [dir], startDir: dir },
    readableFile,
    readableFolder,
    databases,
  });
}
