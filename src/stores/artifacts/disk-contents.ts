import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemCode } from '../../core/files/system-code.ts';
import type { Durability } from '../../core/stores/durability.ts';
import type { ContentStore } from './content-store.ts';
import { newLocation } from './new-location.ts';
import { folderName } from './safe-names.ts';

/**
 * Contents as files `{kind}/{workspace}/{run}/{random}-{name}` below `dir`, which only this user may read (0700, 0600). A file
 * has its name once it is whole.
 */
export function diskContents(dir: string, workspace: string): ContentStore {
  const pathOf = (location: string): string => join(dir, ...location.split('/'));

  return {
    write: async (key, content, durability) => {
      const location = newLocation(key, workspace);
      const path = pathOf(location);
      const bytes = await writeWhole(path, content, durability);
      return { location, bytes };
    },
    read: (location, bytes, range) => {
      const { offset, bytes: wanted } = range ?? { offset: 0, bytes };
      return withWhole(pathOf(location), bytes, async (file) => {
        const length = Math.max(0, Math.min(wanted, bytes - offset));
        const part = new Uint8Array(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await file.read(part, filled, length - filled, offset + filled);
          if (bytesRead === 0) return undefined;
          filled += bytesRead;
        }
        return part;
      });
    },
    link: (location, bytes) =>
      withWhole(pathOf(location), bytes, async () => ({
        url: pathToFileURL(pathOf(location)).href,
        expiresAtMs: null,
      })),
    remove: async (locations) => {
      for (const location of locations) await removeFile(pathOf(location));
    },
    abandoned: async (beforeMs) => {
      const found: string[] = [];
      for (const kind of await namesIn(dir)) {
        const own = `${kind}/${folderName(workspace)}`;
        for (const run of await namesIn(pathOf(own))) {
          for (const name of await namesIn(pathOf(`${own}/${run}`))) {
            const location = `${own}/${run}/${name}`;
            const changedAtMs = (await stat(pathOf(location)).catch(() => undefined))?.mtimeMs;
            if (changedAtMs !== undefined && changedAtMs < beforeMs) found.push(location);
          }
        }
      }
      return found;
    },
  };
}

/** Gives the number of bytes. What cannot be written whole is removed again. */
async function writeWhole(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  durability: Durability,
): Promise<number> {
  const unfinished = `${path}.part`;
  const file = await openNew(unfinished);
  try {
    let bytes = 0;
    try {
      for await (const chunk of chunksOf(content)) {
        await file.writeFile(chunk);
        bytes += chunk.byteLength;
      }
      if (durability === 'powerSafe') await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    if (durability === 'powerSafe') await syncFolder(dirname(path));
    return bytes;
  } catch (failure) {
    await rm(unfinished, { force: true });
    throw failure;
  }
}

/** The folder may be removed, as empty, between its making and the file in it. */
async function openNew(path: string, attempts = 3): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return await open(path, 'wx', 0o600);
  } catch (failure) {
    if (attempts > 1 && systemCode(failure) === 'ENOENT') return openNew(path, attempts - 1);
    throw failure;
  }
}

async function* chunksOf(content: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}

/** The name is on disk once its folder is. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function withWhole<T>(
  path: string,
  bytes: number,
  work: (file: FileHandle) => Promise<T | undefined>,
): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (failure) {
    if (systemCode(failure) === 'ENOENT') return undefined;
    throw failure;
  }
  try {
    return (await file.stat()).size === bytes ? await work(file) : undefined;
  } finally {
    await file.close();
  }
}

/** With the folders that it leaves empty. Windows keeps a file that somebody reads; the next sweep finds it. */
async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
  for (let folder = dirname(path), depth = 0; depth < 3; folder = dirname(folder), depth += 1) {
    try {
      await rmdir(folder);
    } catch {
      return;
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (failure) {
    if (systemCode(failure) === 'ENOENT' || systemCode(failure) === 'ENOTDIR') return [];
    throw failure;
  }
}
