import { type FSWatcher, type Stats, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import type { OpenedProject } from '../opened-project.ts';
import { workUnitFiles } from '../reading/read-files.ts';
import { hashOf } from '../saving/hash-of.ts';

/** A file of the project that is not on disk as it is in memory. */
export interface DiskDifference {
  readonly filePath: string;
  readonly kind: 'changed' | 'added' | 'vanished';
}

export interface DiskWatch {
  /**
   * What differs, or undefined when there was no reason to look: the system reported nothing and the last look is less than
   * a second ago. `force` looks in any case.
   */
  differences(force: boolean): readonly DiskDifference[] | undefined;
  /** Whether there is a reason to look. */
  isDue(force: boolean): boolean;
  close(): void;
}

/**
 * Compares the files of an open project with the disk. The system's file watch says when to look; because it says nothing
 * on network drives, and can lose news, a look that is older than a second is repeated too. A look costs one stat per file;
 * a file is read only when its stat changed. What the project saved itself is equal to what it has in memory, so it is no
 * difference.
 */
export function createDiskWatch(project: OpenedProject): DiskWatch {
  const { filePath: projectPath, openedAtMs } = project;
  const stamps = new Map<string, Stamp>();
  const watchers = new Map<string, FSWatcher>();
  const brokenHashes = new Map(
    project.brokenFiles.map(({ filePath }) => [filePath, hashNow(filePath) ?? null]),
  );
  let hasNews = false;
  let lookedAtMs = openedAtMs;

  for (const { savedPath, savedHash } of project.files) {
    const stats = savedPath === null ? undefined : statOf(savedPath);
    if (savedPath === null || savedHash === null || stats === undefined) continue;
    stamps.set(savedPath, { ...stampOf(stats), hash: savedHash, atMs: openedAtMs });
  }
  attend();

  function directories(): readonly string[] {
    return [...new Set([dirname(projectPath), ...project.directories])];
  }

  /** A directory that cannot be watched is only looked at; one that comes later is watched from then on. */
  function attend(): void {
    const wanted = new Set(directories());
    for (const [directory, watcher] of watchers) {
      if (wanted.has(directory)) continue;
      watcher.close();
      watchers.delete(directory);
    }
    for (const directory of wanted) {
      if (watchers.has(directory) || statOf(directory) === undefined) continue;
      try {
        const watcher = watch(directory, { persistent: false }, (_event, name) => {
          if (name === null || mayMatter.test(name)) hasNews = true;
        });
        watcher.on('error', () => {
          // What it did not get to report any more is found by a look.
          hasNews = true;
          watcher.close();
          watchers.delete(directory);
        });
        watchers.set(directory, watcher);
      } catch {
        // The look once a second finds what happens there.
      }
    }
  }

  function hashNow(filePath: string): string | undefined {
    const stats = statOf(filePath);
    if (stats?.isFile() !== true) return undefined;
    const known = stamps.get(filePath);
    const now = stampOf(stats);
    if (known !== undefined && isSame(known, now) && isSettled(known)) return known.hash;
    const atMs = Date.now();
    const hash = hashOfFile(filePath);
    stamps.set(filePath, { ...now, hash, atMs });
    return hash;
  }

  function look(): readonly DiskDifference[] {
    const known = new Map<string, string | null>(brokenHashes);
    const unloaded = new Set<string>();
    for (const { savedPath, savedHash, isLoaded } of project.files) {
      if (savedPath === null) continue;
      if (isLoaded) known.set(savedPath, savedHash);
      else unloaded.add(savedPath);
    }
    const listed = [...new Set(project.directories)].flatMap(workUnitFiles);
    const added = listed.filter((path) => !known.has(path) && !unloaded.has(path));
    const differences: DiskDifference[] = added.map((filePath) => ({ filePath, kind: 'added' }));
    for (const [filePath, hash] of known) {
      const now = hashNow(filePath);
      if (now === undefined) {
        // One that was no file when it was looked at, such as a link that leads nowhere, has not vanished.
        if (hash !== null) differences.push({ filePath, kind: 'vanished' });
      } else if (now !== hash) differences.push({ filePath, kind: 'changed' });
    }
    return differences;
  }

  const isDue = (force: boolean): boolean =>
    force || hasNews || Math.abs(Date.now() - lookedAtMs) >= lookAgainMs;

  return {
    isDue,
    differences(force) {
      if (!isDue(force)) return undefined;
      // Before looking: what happens meanwhile is news again.
      hasNews = false;
      lookedAtMs = Date.now();
      attend();
      return look();
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

const lookAgainMs = 1_000;

/** Names without an extension may be folders that come or go. */
const mayMatter = /\.(wwu|wproj)$|^[^.]+$/i;

interface Stamp {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly size: number;
  readonly ino: number;
  readonly hash: string;
  readonly atMs: number;
}

function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): Omit<Stamp, 'hash' | 'atMs'> {
  return { mtimeMs, ctimeMs, size, ino };
}

function isSame(one: Stamp, other: Omit<Stamp, 'hash' | 'atMs'>): boolean {
  return (
    one.mtimeMs === other.mtimeMs &&
    one.ctimeMs === other.ctimeMs &&
    one.size === other.size &&
    one.ino === other.ino
  );
}

/** A file written twice within one tick of the disk's clock keeps its stat: one read that soon after it was written is read again. */
function isSettled({ ctimeMs, mtimeMs, atMs }: Stamp): boolean {
  return Math.max(ctimeMs, mtimeMs) < atMs - coarsestTickMs;
}

/** That of FAT. */
const coarsestTickMs = 2_000;

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A folder above it is none, or may not be entered.
    return undefined;
  }
}

/** One that cannot be read is what it is until it can. */
function hashOfFile(filePath: string): string {
  try {
    return hashOf(readRegularFile(filePath));
  } catch {
    return 'unreadable';
  }
}
