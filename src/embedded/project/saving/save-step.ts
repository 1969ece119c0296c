import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonObject } from '../../../core/json.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { realPlace } from '../disk/real-place.ts';
import { discardFile, flushDirectory } from './durable-file.ts';
import {
  entryFiles,
  type JournalEntry,
  type MovedDirectory,
  newJournal,
  removeJournal,
  type SaveJournal,
  writeJournal,
  writeJournalSteps,
} from './save-journal.ts';
import { settleSave } from './settle-save.ts';
import { checkMoved, discardBeside, ForeignContent, hashAt, putNew, stageNewSteps } from './swap-files.ts';
import { keepContents, keptDirectory, undoEntries } from './undo-entries.ts';
import type { WriteBounds } from './write-bounds.ts';

/**
 * Changes files of a project as one step: all of them or none, also across a kill, a power cut or a rename that fails. The new
 * contents are written beside their places and flushed, then a journal that names every file with its content before and
 * after; the next start completes or undoes what a journal stands for. Nothing somebody else wrote meanwhile is overwritten.
 * Throws ak.wwise.file_error that says how every file was left. Yields between two files: see core/turns/turns.ts; a process that
 * ends there leaves what the next start completes or undoes.
 */
export function* saveStep(
  projectPath: string,
  changes: readonly JournalEntry[],
  directories: readonly MovedDirectory[] = [],
): Generator<void, void> {
  if (changes.length === 0) return;
  refuseReadOnly(changes.map(({ from }) => realPlace(from)));
  const journal = newJournal(projectPath, changes, directories);
  yield* stageAll(journal);
  try {
    for (const entry of journal.entries) {
      at(entry, () => putNew(entry, journal));
      yield;
    }
    for (const entry of journal.entries) {
      at(entry, () => checkMoved(entry, journal));
      yield;
    }
    flushAll(journal);
    at(journal.entries[0], () => removeJournal(projectPath));
  } catch (failure) {
    throw undone(journal, failure);
  }
  for (const entry of journal.entries) {
    quietly(() => discardBeside(entry, journal));
    yield;
  }
}

/** An undo that failed left its journal: before anything else is looked at and written it must be settled. */
export function settleFormer(projectPath: string, bounds: WriteBounds): void {
  try {
    settleSave(projectPath, bounds, 'undo');
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(
      `Not saved: an earlier save could not be undone and still cannot: ${reason}. The edits are still in memory.`,
      { files: [projectPath], reason: 'write_failed' },
    );
  }
}

/** Version control marks files it guards as read-only: a rename would walk over that. */
function refuseReadOnly(places: readonly string[]): void {
  const readOnly = places.filter((place) => existsSync(place) && (statSync(place).mode & 0o222) === 0);
  if (readOnly.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${readOnly.join(', ')} ${readOnly.length === 1 ? 'is' : 'are'} read-only. Nothing was written; check out or unlock the files and save again.`,
    { files: readOnly, reason: 'read_only' },
  );
}

function* stageAll(journal: SaveJournal): Generator<void, void> {
  try {
    for (const entry of journal.entries) {
      at(entry, () => {
        const { aside, withdrawn } = entryFiles(entry, journal);
        for (const stale of [aside, withdrawn]) discardFile(stale);
      });
      yield* atEach(entry, stageNewSteps(entry, journal));
      yield;
    }
    flushAll(journal);
    yield* writeJournalSteps(journal);
  } catch (failure) {
    for (const entry of journal.entries) quietly(() => discardBeside(entry, journal));
    throw notSaved(failure, 'Nothing was written; the edits are still in memory.', {});
  }
}

/** Undoes what was done and returns the error that says so, or how each file was left. */
function undone(journal: SaveJournal, failure: unknown): Error {
  quietly(() => writeJournal({ ...journal, decision: 'undo' }));
  const problems = undoEntries(journal);
  if (problems.length === 0) {
    flushAll(journal);
    quietly(() => keepContents(journal, keptDirectory(journal.projectPath), false));
    quietly(() => removeJournal(journal.projectPath));
    for (const entry of journal.entries) quietly(() => discardBeside(entry, journal));
    return notSaved(
      failure,
      'Every file is again as it was before the save; the edits are still in memory.',
      {},
    );
  }
  const states = Object.fromEntries(journal.entries.map((entry) => [entry.place, howLeft(entry)]));
  const listed = Object.entries(states).map(([path, state]) => `${path} ${state}`);
  return notSaved(
    failure,
    `What was done could not be undone (${problems.join('; ')}): ${listed.join('; ')}. The next save or start undoes the rest; the edits are still in memory.`,
    { states },
  );
}

function howLeft({ place, before, after }: JournalEntry): string {
  const present = hashAt(realPlace(place));
  if (present === before) return before === null ? 'is not there, as before' : 'is as before';
  if (present === after) return after === null ? 'is removed' : 'holds the new content';
  return present === null ? 'is missing' : 'was changed by somebody else';
}

function notSaved(failure: unknown, outcome: string, details: JsonObject): Error {
  const { path, problem } =
    failure instanceof AtFile
      ? { path: failure.place, problem: failure.cause }
      : { path: '', problem: failure };
  const where = { files: [path], ...details };
  if (problem instanceof ForeignContent) {
    return waapiErrors.fileError(`Not saved: ${path} changed on disk while it was being saved. ${outcome}`, {
      ...where,
      reason: 'changed_on_disk',
    });
  }
  const reason = problem instanceof Error ? problem.message : String(problem);
  return waapiErrors.fileError(`Not saved: ${path} cannot be written: ${reason}. ${outcome}`, {
    ...where,
    reason: 'write_failed',
  });
}

/** A failure with the file it came of. */
class AtFile extends Error {
  readonly place: string;
  constructor(place: string, cause: unknown) {
    super(`at ${place}`, { cause });
    this.place = place;
  }
}

function at(entry: JournalEntry | undefined, work: () => void): void {
  try {
    work();
  } catch (failure) {
    throw new AtFile(entry?.place ?? '', failure);
  }
}

function* atEach(entry: JournalEntry, work: Generator<void, void>): Generator<void, void> {
  try {
    yield* work;
  } catch (failure) {
    throw new AtFile(entry.place, failure);
  }
}

function flushAll(journal: SaveJournal): void {
  const places = journal.entries.map((entry) => dirname(entryFiles(entry, journal).place));
  for (const directory of new Set(places)) flushDirectory(directory);
}

/** What is left over is removed at the next start. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // In use, or gone.
  }
}
