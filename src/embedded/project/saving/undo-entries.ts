import { dirname, join, relative } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { writeFlushed } from './durable-file.ts';
import { entryFiles, keptRoot, type SaveJournal } from './save-journal.ts';
import { ForeignContent, hashAt, putBack } from './swap-files.ts';

/** Brings back what was before, last entry first; returns for each that would not go why. Foreign content stays, and is no problem. */
export function undoEntries(journal: SaveJournal): readonly string[] {
  return journal.entries.toReversed().flatMap((entry) => {
    try {
      putBack(entry, journal);
    } catch (failure) {
      if (!(failure instanceof ForeignContent))
        return [`${entry.place}: ${failure instanceof Error ? failure.message : String(failure)}`];
    }
    return [];
  });
}

/** A new folder for contents that would be lost otherwise. */
export function keptDirectory(projectPath: string): string {
  return join(keptRoot(projectPath), new Date().toISOString().replaceAll(':', '-'));
}

/**
 * Copies what an undo would lose below `directory`, by each file's path in the project: the new content as `.new`, and as
 * `.before` what was moved out of a place that is taken by something else now; without `keepAll` only what is neither the
 * former content nor the new one. Returns whether there was anything.
 */
export function keepContents(journal: SaveJournal, directory: string, keepAll: boolean): boolean {
  let hasKept = false;
  for (const entry of journal.entries) {
    const { place, from, aside } = entryFiles(entry, journal);
    const path = join(directory, relative(dirname(journal.projectPath), entry.place));
    if (keepAll && entry.bytes !== null) {
      writeFlushed(`${path}.new`, entry.bytes);
      hasKept = true;
    }
    const former = hashAt(aside);
    if (former === null || former === hashAt(place) || former === hashAt(from)) continue;
    if (!keepAll && former === entry.before) continue;
    writeFlushed(`${path}.before`, readRegularFile(aside));
    hasKept = true;
  }
  return hasKept;
}
