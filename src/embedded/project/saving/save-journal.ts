import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pid } from 'node:process';
import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import { realPlace } from '../disk/real-place.ts';
import { flushDirectory, writeDurablySteps } from './durable-file.ts';
import { hashOf } from './hash-of.ts';
import { jsonPieces } from './json-pieces.ts';
import { temporaryName } from './leftovers.ts';

/** What a save does to one path of the project. Hashes name contents; null stands for no file. */
export interface JournalEntry {
  /** Absolute path, as the project names it. */
  readonly place: string;
  /** Where the former content lies: the same path, but for the case of its letters. */
  readonly from: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The new content; null where the file is to go. */
  readonly bytes: Uint8Array | null;
}

/** A save that has begun: written before the first file changes, removed after the last. */
export interface SaveJournal {
  readonly projectPath: string;
  /** Part of the names of the files beside each place. */
  readonly tag: number;
  readonly entries: readonly JournalEntry[];
  /** Directories of renamed or moved folders, absolute. */
  readonly directories: readonly MovedDirectory[];
  /** What the next start is to do with it. */
  readonly decision: 'complete' | 'undo';
}

export interface MovedDirectory {
  readonly from: string;
  readonly to: string;
}

/** Where the files of an entry are while a save is under way, all beside the file itself so that a rename suffices. */
export interface EntryFiles {
  readonly place: string;
  readonly from: string;
  /** The new content, until all is done. */
  readonly staged: string;
  /** The former content, moved out of its place. */
  readonly aside: string;
  /** The new content, taken out of its place again. */
  readonly withdrawn: string;
}

export function newJournal(
  projectPath: string,
  entries: readonly JournalEntry[],
  directories: readonly MovedDirectory[],
): SaveJournal {
  return { projectPath, tag: pid, entries, directories, decision: 'complete' };
}

export function entryFiles({ place, from, after }: JournalEntry, { tag }: SaveJournal): EntryFiles {
  // A link is written through, but what is removed is the link.
  const real = after === null ? join(realPlace(dirname(place)), basename(place)) : realPlace(place);
  const beside = (mark: string): string => join(dirname(real), temporaryName(`${real}${mark}`, tag));
  return {
    place: real,
    from: from === place ? real : realPlace(from),
    staged: beside(''),
    aside: beside('.was'),
    withdrawn: beside('.new'),
  };
}

/** Every path at which a save writes, removes or may have to keep something. A link that is removed goes itself. */
export function writtenPaths({
  projectPath,
  entries,
  directories,
}: Pick<SaveJournal, 'projectPath' | 'entries' | 'directories'>): readonly string[] {
  if (entries.length === 0) return [];
  return [
    ...entries.flatMap(({ place, from, after }) =>
      after === null ? [dirname(place)] : [place, dirname(from)],
    ),
    ...directories.flatMap(({ from, to }) => [from, to]),
    keptRoot(projectPath),
  ];
}

/** Where contents are kept that would be lost otherwise, beside the project and no part of it. */
export function keptRoot(projectPath: string): string {
  return join(dirname(projectPath), '.wwiseflow-kept');
}

export function journalPath(projectPath: string): string {
  return join(dirname(projectPath), `.${basename(projectPath)}.wwiseflow-save`);
}

export function writeJournal(journal: SaveJournal): void {
  atOnce(writeJournalSteps(journal));
}

/** The same, yielding between two entries: all of them together may be larger than one text can be. */
export function* writeJournalSteps(journal: SaveJournal): Generator<void, void> {
  yield* writeDurablySteps(journalPath(journal.projectPath), journalPieces(journal));
}

function* journalPieces(journal: SaveJournal): Generator<Uint8Array> {
  const { projectPath, tag, decision } = journal;
  const inside = (path: string): string => relative(dirname(projectPath), path);
  const head: Omit<z.infer<typeof storedJournal>, 'entries'> = {
    version: 1,
    tag,
    decision,
    directories: journal.directories.map(({ from, to }) => ({ from: inside(from), to: inside(to) })),
  };
  yield* jsonPieces(head, 'entries', journal.entries, ({ place, from, before, after }) => ({
    ...{ place: inside(place), from: inside(from), before, after },
  }));
}

export function removeJournal(projectPath: string): void {
  rmSync(journalPath(projectPath), { force: true });
  flushDirectory(dirname(projectPath));
}

/** The journal of a save that was cut off, or null. Throws FILE_UNREADABLE for one that cannot be understood. */
export function readJournal(projectPath: string): SaveJournal | null {
  const path = journalPath(projectPath);
  if (!existsSync(path)) return null;
  const root = dirname(projectPath);
  const parsed = storedJournal.safeParse(parseJson(textOf(path)));
  if (!parsed.success) throw unreadable(path, 'it is not in the form this version writes');
  const { tag, decision, entries, directories } = parsed.data;
  const absolute = (given: string): string => {
    const full = resolve(root, given);
    const inside = relative(root, full);
    // Whoever made the project may have made the journal, too: it reaches the project's own files only.
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside))
      throw unreadable(path, `it names ${given}, which is not in the folder of the project`);
    return full;
  };
  const workUnit = (given: string): string => {
    const full = absolute(given);
    if (projectFile.test(full) && projectFile.test(realPlace(full))) return full;
    throw unreadable(path, `it names ${given}, which is no file of a project`);
  };
  return {
    projectPath,
    tag,
    decision,
    entries: entries.map(({ place, from, before, after, content }) => {
      const bytes = content === null ? null : Buffer.from(content, 'base64');
      if ((bytes === null ? null : hashOf(bytes)) !== after)
        throw unreadable(path, `its content of ${place} is not whole`);
      return { place: workUnit(place), from: workUnit(from), before, after, bytes };
    }),
    directories: directories.map(({ from, to }) => ({ from: absolute(from), to: absolute(to) })),
  };
}

const projectFile = /\.(wwu|wproj)$/i;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const storedJournal = z.strictObject({
  version: z.literal(1),
  tag: z.int().nonnegative(),
  decision: z.enum(['complete', 'undo']),
  entries: z.array(
    z.strictObject({
      place: z.string(),
      from: z.string(),
      before: sha256.nullable(),
      after: sha256.nullable(),
      content: z.string().nullable(),
    }),
  ),
  directories: z.array(z.strictObject({ from: z.string(), to: z.string() })),
});

function textOf(path: string): string {
  try {
    return readRegularFile(path).toString('utf8');
  } catch (failure) {
    throw unreadable(path, failure instanceof Error ? failure.message : String(failure));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, problem: string): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', `The save journal ${path} cannot be used: ${problem}.`, {
    hint: 'A save was cut off: look at the files with version control, put them right, delete the journal and try again. A newer WwiseFlow may have written it: then open the project with that one.',
    details: { filePath: path, problem },
  });
}
