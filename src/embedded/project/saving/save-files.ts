import { existsSync } from 'node:fs';
import { NotRegularFile, readRegularFile } from '../../../core/files/regular-file.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import type { PhysicalFolder } from '../../model/index/physical-folders.ts';
import { isFileDirty, type ProjectFile } from '../../model/index/project-file.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { printWwuSteps } from '../../wwu/print.ts';
import { isSamePlace } from '../disk/same-place.ts';
import {
  clearOldDirectories,
  hasMoved,
  makeNewDirectories,
  removeNewDirectories,
} from '../folders/move-directories.ts';
import { hashSteps } from './hash-of.ts';
import { type JournalEntry, type MovedDirectory, writtenPaths } from './save-journal.ts';
import { saveStep, settleFormer } from './save-step.ts';
import { refuseOutOfBounds, type WriteBounds } from './write-bounds.ts';

export interface SaveParts {
  readonly projectPath: string;
  /** All files, the .wproj first. */
  readonly files: readonly ProjectFile[];
  /** Files that are to go. */
  readonly removed?: readonly ProjectFile[];
  /** All folders of the project: those that were renamed or moved take their directories along. */
  readonly folders?: readonly PhysicalFolder[];
  readonly bounds: WriteBounds;
}

/**
 * Writes the files whose bytes changed and removes those that are to go, all in one step: see `saveStep`. Looks at all of them
 * first: when one was changed on disk since it was read, nothing is written. Returns the absolute paths written.
 */
export function saveFiles(parts: SaveParts): readonly string[] {
  return atOnce(saveFilesSteps(parts));
}

/**
 * The same, yielding within its work: see core/turns/turns.ts. Nothing may be edited meanwhile. `onWriting` is called before the
 * first file is written; up to then the work can be given up.
 */
export function* saveFilesSteps(
  parts: SaveParts,
  onWriting: () => void = () => {},
): Generator<void, readonly string[]> {
  const { projectPath, removed = [], folders = [], bounds } = parts;
  settleFormer(projectPath, bounds);
  const plan = yield* planSave(parts);
  yield* refuseConflicts([...plan.dirty, ...removed.filter(({ savedPath }) => savedPath !== null)]);
  refuseOutOfBounds(bounds, writtenPaths({ projectPath, ...plan }));
  const moved = folders.filter(hasMoved);
  onWriting();
  try {
    makeDirectories(moved);
    yield* saveStep(projectPath, plan.entries, plan.directories);
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

/** What a save would do now. Looks at nothing on disk but whether two names lead to one place. Yields: see core/turns/turns.ts. */
export function* planSave({ files, removed = [], folders = [] }: SaveParts): Generator<void, SavePlan> {
  const [head, ...others] = new Set(files);
  // The .wproj last: without it nobody sees that there is a project.
  const inOrder = head === undefined ? [] : [...others, head];
  const dirty = inOrder.filter((file) => isFileDirty(file) && !removed.includes(file));
  const going = removed.filter(({ savedPath }) => savedPath !== null);
  const written: WrittenFile[] = [];
  for (const file of dirty) {
    const bytes = yield* printWwuSteps(file.document);
    const hash = yield* hashSteps(bytes);
    if (hash !== file.savedHash || file.filePath !== file.savedPath) written.push({ file, bytes, hash });
    yield;
  }
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
function* refuseConflicts(files: readonly ProjectFile[]): Generator<void, void> {
  const leaving = formerPlaces(files);
  const conflicts: string[] = [];
  for (const file of files) {
    if (yield* changedOnDisk(file, leaving)) conflicts.push(file.savedPath ?? file.filePath);
    yield;
  }
  if (conflicts.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${conflicts.join(', ')} changed on disk since the project was opened. Nothing was written; the edits are still in memory.`,
    { files: conflicts, reason: 'changed_on_disk' },
  );
}

function* changedOnDisk(file: ProjectFile, leaving: ReadonlySet<string>): Generator<void, boolean> {
  const isTaken = existsSync(file.filePath) && !leaving.has(file.filePath);
  if (file.savedPath === null) return isTaken;
  if (isTaken && !isSamePlace(file.savedPath, file.filePath)) return true;
  const bytes = bytesAt(file.savedPath);
  return bytes === null || (yield* hashSteps(bytes)) !== file.savedHash;
}

/** Null where nothing is, or what is no file. */
function bytesAt(path: string): Buffer | null {
  try {
    return existsSync(path) ? readRegularFile(path) : null;
  } catch (failure) {
    if (failure instanceof NotRegularFile) return null;
    throw failure;
  }
}
