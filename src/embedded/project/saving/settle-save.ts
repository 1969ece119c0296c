import { existsSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import { isSamePlace } from '../disk/same-place.ts';
import { moveRest, removeEmptyDirectory } from '../folders/move-directories.ts';
import { flushDirectory } from './durable-file.ts';
import {
  entryFiles,
  type JournalEntry,
  journalPath,
  readJournal,
  removeJournal,
  type SaveJournal,
  writeJournal,
  writtenPaths,
} from './save-journal.ts';
import { checkMoved, discardBeside, ForeignContent, putNew, stageNewSteps, stateOf } from './swap-files.ts';
import { keepContents, keptDirectory, undoEntries } from './undo-entries.ts';
import type { WriteBounds } from './write-bounds.ts';

/** What became of a save that had been cut off. */
export interface SettledSave {
  readonly outcome: 'completed' | 'undone';
  /** The files of the save, absolute. */
  readonly files: readonly string[];
  /** Files that somebody else changed after it was cut off: they are left as they are. */
  readonly foreign: readonly string[];
  /** The folder with the contents that the undo would have lost. */
  readonly keptIn: string | null;
}

/**
 * Completes or undoes the save that a journal beside the project stands for; null without one. It is completed, so that no
 * work is lost, unless somebody changed one of its files since, or put it back. With `decision` 'undo' it is undone in any
 * case, and the new content is not kept: whoever asks has the edits in memory. Only for whoever holds the lock.
 * Throws FILE_UNREADABLE when it can be done neither way; the journal is then still there.
 */
export function settleSave(projectPath: string, bounds: WriteBounds, decision?: 'undo'): SettledSave | null {
  const found = readJournal(projectPath);
  if (found === null) return null;
  const outside = writtenPaths(found).flatMap((path) => bounds.refusal(path) ?? []);
  if (outside.length > 0) throw unsettled(found, outside.join('; '), undefined);
  const journal = decision === undefined ? found : { ...found, decision };
  try {
    return completes(journal) && complete(journal) ? done(journal, 'completed') : undo(journal, decision);
  } catch (failure) {
    if (failure instanceof WwiseFlowError) throw failure;
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw unsettled(journal, reason, failure);
  }
}

/** The files of a save that was cut off, for whoever may only look; empty without one. A journal that cannot be read stands for itself. */
export function unsettledFiles(projectPath: string): readonly string[] {
  try {
    return readJournal(projectPath)?.entries.map(({ place }) => place) ?? [];
  } catch {
    return [journalPath(projectPath)];
  }
}

/** In words, for whoever opens the project. */
export function settledNotice({ outcome, files, foreign, keptIn }: SettledSave): string {
  const listed = files.join(', ');
  if (outcome === 'completed') return `A save that was cut off has been completed: ${listed}.`;
  const why =
    foreign.length === 0
      ? 'its files were put back since, or an undo of it had begun'
      : `${foreign.join(', ')} changed on disk since and was left as it is`;
  const kept =
    keptIn === null ? '' : ` What it would have written, and what was replaced, is kept in ${keptIn}.`;
  return `A save that was cut off has been undone, because ${why}: ${listed}.${kept}`;
}

function completes(journal: SaveJournal): boolean {
  if (journal.decision === 'undo') return false;
  const states = journal.entries.map((entry) => stateOf(entry, journal));
  if (states.includes('foreign')) return false;
  const lastPlaced = Math.max(states.lastIndexOf('after'), states.lastIndexOf('between'));
  // They are placed in order, and moved aside first: what holds its former content nevertheless was put back by somebody.
  return journal.entries.every(
    (entry, index) =>
      states[index] !== 'before' || (index > lastPlaced && !existsSync(entryFiles(entry, journal).aside)),
  );
}

/** False when somebody changed a file just now: then all is to be undone. */
function complete(journal: SaveJournal): boolean {
  try {
    for (const entry of journal.entries) {
      atOnce(stageNewSteps(entry, journal));
      putNew(entry, journal);
    }
    for (const entry of journal.entries) checkMoved(entry, journal);
    return true;
  } catch (failure) {
    if (failure instanceof ForeignContent) return false;
    throw failure;
  }
}

function undo(journal: SaveJournal, decision: 'undo' | undefined): SettledSave {
  const isForeign = (entry: JournalEntry): boolean => stateOf(entry, journal) === 'foreign';
  const foreign = journal.entries.filter(isForeign).map(({ place }) => place);
  if (journal.decision !== 'undo') writeJournal({ ...journal, decision: 'undo' });
  const problems = undoEntries(journal);
  if (problems.length > 0) throw unsettled(journal, problems.join('; '), undefined);
  const directory = keptDirectory(journal.projectPath);
  const hasKept = keepContents(journal, directory, decision === undefined);
  return { ...done(journal, 'undone'), foreign, keptIn: hasKept ? directory : null };
}

function done(journal: SaveJournal, outcome: SettledSave['outcome']): SettledSave {
  const { projectPath, entries, directories } = journal;
  const parents = entries.map((entry) => dirname(entryFiles(entry, journal).place));
  for (const directory of new Set(parents)) flushDirectory(directory);
  removeJournal(projectPath);
  for (const entry of entries) discardBeside(entry, journal);
  for (const { from, to } of directories) {
    if (outcome === 'completed') moveRest(from, to);
    else if (!isSamePlace(from, to)) removeEmptyDirectory(to);
  }
  return { outcome, files: entries.map(({ place }) => place), foreign: [], keptIn: null };
}

function unsettled({ projectPath, entries }: SaveJournal, reason: string, cause: unknown): WwiseFlowError {
  const root = dirname(projectPath);
  const files = entries.map(({ place }) => relative(root, place)).join(', ');
  return new WwiseFlowError(
    'FILE_UNREADABLE',
    `A save of ${projectPath} was cut off and can neither be completed nor undone: ${reason}. Files: ${files}.`,
    {
      hint: `Make the files and their folders writable and try again; or put them right with version control and delete ${journalPath(projectPath)}.`,
      details: { filePath: projectPath, files: entries.map(({ place }) => place), problem: reason },
      cause,
    },
  );
}
