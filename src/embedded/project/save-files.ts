import { existsSync, readFileSync } from 'node:fs';
import type { PhysicalFolder } from '../model/physical-folders.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { printWwu } from '../wwu/print.ts';
import { hashOf } from './hash-of.ts';
import {
  clearOldDirectories,
  hasMoved,
  makeNewDirectories,
  removeNewDirectories,
} from './move-directories.ts';
import { isSamePlace } from './same-place.ts';
import type { JournalEntry, MovedDirectory } from './save-journal.ts';
import { saveStep, settleFormer } from './save-step.ts';

export interface SaveParts {
  readonly projectPath: string;
  /** All files, the .wproj first. */
  readonly files: readonly ProjectFile[];
  /** Files that are to go. */
  readonly removed?: readonly ProjectFile[];
  /** All folders of the project: those that were renamed or moved take their directories along. */
  readonly folders?: readonly PhysicalFolder[];
}

/**
 * Writes the files whose bytes changed and removes those that are to go, all in one step: see `saveStep`. Looks at all of them
 * first: when one was changed on disk since it was read, nothing is written. Returns the absolute paths written.
 */
export function saveFiles(parts: SaveParts): readonly string[] {
  const { projectPath, removed = [], folders = [] } = parts;
  settleFormer(projectPath);
  const plan = planSave(parts);
  refuseConflicts([...plan.dirty, ...removed.filter(({ savedPath }) => savedPath !== null)]);
  const moved = folders.filter(hasMoved);
  try {
    makeDirectories(moved);
    saveStep(projectPath, plan.entries, plan.directories);
  } catch (failure) {
    removeNewDirectories(moved);
    throw failure;
  }
  for (const { file, hash } of plan.written) {
    file.savedHash = hash;
    file.savedPath = file.filePath;
  }
  for (const file of plan.dirty) file.savedState = file.state;
  clearOldDirectories(moved);
  return plan.written.map(({ file }) => file.filePath);
}

export interface SavePlan {
  /** What the save does to each path. */
  readonly entries: readonly JournalEntry[];
  readonly directories: readonly MovedDirectory[];
  readonly dirty: readonly ProjectFile[];
  readonly written: readonly WrittenFile[];
}

/** What a save would do now. Looks at nothing on disk but whether two names lead to one place. */
export function planSave({ files, removed = [], folders = [] }: SaveParts): SavePlan {
  const [head, ...others] = new Set(files);
  // The .wproj last: without it nobody sees that there is a project.
  const inOrder = head === undefined ? [] : [...others, head];
  const dirty = inOrder.filter((file) => isFileDirty(file) && !removed.includes(file));
  const going = removed.filter(({ savedPath }) => savedPath !== null);
  const written = dirty
    .map((file) => ({ file, bytes: printWwu(file.document) }))
    .map(({ file, bytes }) => ({ file, bytes, hash: hashOf(bytes) }))
    .filter(({ file, hash }) => hash !== file.savedHash || file.filePath !== file.savedPath);
  const moved = folders.filter(hasMoved);
  return {
    entries: changesOf(written, going),
    directories: moved.map(({ directory, savedDirectory }) => ({ from: savedDirectory, to: directory })),
    dirty,
    written,
  };
}

function makeDirectories(moved: readonly PhysicalFolder[]): void {
  try {
    makeNewDirectories(moved);
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(
      `Not saved: a folder cannot be made: ${reason}. Nothing was written; the edits are still in memory.`,
      { files: moved.map(({ directory }) => directory), reason: 'write_failed' },
    );
  }
}

export interface WrittenFile {
  readonly file: ProjectFile;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/** By path: one that a file leaves is removed, unless another file comes there. */
function changesOf(written: readonly WrittenFile[], going: readonly ProjectFile[]): readonly JournalEntry[] {
  const former = new Map<string, string | null>();
  for (const { savedPath, savedHash } of [...written.map(({ file }) => file), ...going])
    if (savedPath !== null) former.set(savedPath, savedHash);
  const writes = written.map(({ file, bytes, hash }): JournalEntry => {
    const { filePath: place, savedPath } = file;
    const from = savedPath !== null && isSamePlace(savedPath, place) ? savedPath : place;
    const before = former.get(from) ?? null;
    former.delete(from);
    return { place, from, before, after: hash, bytes };
  });
  const removals = [...former].map(
    ([place, before]): JournalEntry => ({ place, from: place, before, after: null, bytes: null }),
  );
  return [...writes, ...removals];
}

function formerPlaces(files: readonly ProjectFile[]): ReadonlySet<string> {
  return new Set(files.filter(isRenamed).flatMap(({ savedPath }) => savedPath ?? []));
}

/** Whether a file is to lie elsewhere than it does. */
export function isRenamed({ filePath, savedPath }: ProjectFile): boolean {
  return savedPath !== null && savedPath !== filePath;
}

/** Throws ak.wwise.file_error when one of the files is not on disk as it was last read or written. */
export function refuseConflicts(files: readonly ProjectFile[]): void {
  const leaving = formerPlaces(files);
  const conflicts = files
    .filter((file) => changedOnDisk(file, leaving))
    .map((file) => file.savedPath ?? file.filePath);
  if (conflicts.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${conflicts.join(', ')} changed on disk since the project was opened. Nothing was written; the edits are still in memory.`,
    { files: conflicts, reason: 'changed_on_disk' },
  );
}

function changedOnDisk(file: ProjectFile, leaving: ReadonlySet<string>): boolean {
  const isTaken = existsSync(file.filePath) && !leaving.has(file.filePath);
  if (file.savedPath === null) return isTaken;
  if (isTaken && !isSamePlace(file.savedPath, file.filePath)) return true;
  return !existsSync(file.savedPath) || hashOf(readFileSync(file.savedPath)) !== file.savedHash;
}
