import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';

/** Waits for what was committed to be on the disk, beside all other work. */
export interface DiskWait {
  /** Resolves once all that was committed before this call survives a power cut. Those who ask meanwhile share the next wait. */
  synced(): Promise<void>;
  /** Waits for those who asked. */
  close(): Promise<void>;
}

/**
 * SQLite writes each commit to the end of its log and, with synchronous=NORMAL, leaves it to the system when that reaches the disk;
 * with FULL it waits for it, and with it the thread. This waits for the same file in its place. SQLite locks nothing in the log, so
 * to open and close it here lets go of no lock.
 */
export function createDiskWait(logPath: string): DiskWait {
  let opening: Promise<fs.FileHandle> | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const open = async (): Promise<fs.FileHandle> => {
    const file = await fs.open(logPath, 'r+');
    // That it is there has to be on the disk, too.
    await syncFolder(dirname(logPath));
    return file;
  };

  const sync = async (): Promise<void> => {
    opening ??= open();
    const file = await opening.catch((reason: unknown) => {
      opening = undefined;
      throw reason;
    });
    await file.datasync();
  };

  const start = (): Promise<void> => {
    const begun = sync().finally(() => {
      if (running === begun) running = undefined;
    });
    running = begun;
    return begun;
  };

  const synced = (): Promise<void> => {
    if (running === undefined) return start();
    // The one that is under way began before.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };

  return {
    synced,
    close: async () => {
      await (next ?? running)?.catch(() => undefined);
      await (await opening?.catch(() => undefined))?.close();
      opening = undefined;
    },
  };
}

/** Systems that cannot sync a folder keep its entries by themselves. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await fs.open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // As on Windows, which opens no folder.
  }
}
