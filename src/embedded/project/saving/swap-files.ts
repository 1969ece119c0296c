import { existsSync, linkSync, renameSync } from 'node:fs';
import { NotRegularFile, readRegularFile } from '../../../core/files/regular-file.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import { discardFile, takeRights, writeFlushedSteps } from './durable-file.ts';
import { hashOf } from './hash-of.ts';
import { inParts } from './json-pieces.ts';
import { entryFiles, type JournalEntry, type SaveJournal } from './save-journal.ts';

/**
 * Where an entry stands, by what is on disk: `between` has the former content out of its place and the new one not in it
 * yet; `foreign` holds what is neither the former content nor the new one.
 */
export type EntryState = 'before' | 'between' | 'after' | 'foreign';

export function stateOf(entry: JournalEntry, journal: SaveJournal): EntryState {
  const { place, from, aside } = entryFiles(entry, journal);
  const { before, after } = entry;
  const present = hashAt(place);
  const moved = hashAt(aside);
  // Who had the former file open may have written to it after it was moved.
  if (moved !== null && moved !== before) return 'foreign';
  if (present === after) return 'after';
  if (present === before || (from !== place && hashAt(from) === before)) return 'before';
  return present === null && moved !== null ? 'between' : 'foreign';
}

/** Writes the new content of an entry beside its place, unless it is there already. Yields: see core/turns/turns.ts. */
export function* stageNewSteps(entry: JournalEntry, journal: SaveJournal): Generator<void, void> {
  const { place, from, staged } = entryFiles(entry, journal);
  if (entry.bytes === null || hashAt(staged) === entry.after) return;
  yield* writeFlushedSteps(staged, inParts(entry.bytes));
  takeRights(staged, existsSync(place) ? place : from);
}

/** Somebody else changed the file of an entry while it was being saved. */
export class ForeignContent extends Error {
  readonly entry: JournalEntry;
  constructor(entry: JournalEntry) {
    super(`${entry.place} changed on disk`);
    this.entry = entry;
  }
}

/**
 * Brings the new content of an entry into place. What is there is moved out of the way, never written over: what somebody
 * else put there up to that moment is kept. Throws ForeignContent, or what the system throws.
 */
export function putNew(entry: JournalEntry, journal: SaveJournal): void {
  const { place, from, staged, aside } = entryFiles(entry, journal);
  const state = stateOf(entry, journal);
  if (state === 'after') return;
  if (state === 'foreign') throw new ForeignContent(entry);
  if (state === 'before' && entry.before !== null) moveAside(entry, from, aside);
  if (entry.after !== null) putExclusively(entry, staged, place);
}

/**
 * Brings the former content back, or whatever was moved out of the way; the reverse of `putNew`. Content that is neither
 * stays. Throws what the system throws.
 */
export function putBack(entry: JournalEntry, journal: SaveJournal): void {
  const { place, from, aside, withdrawn } = entryFiles(entry, journal);
  const present = hashAt(place);
  if (present !== null && present === entry.after) {
    renameSync(place, withdrawn);
    if (hashAt(withdrawn) !== entry.after) {
      putExclusively(entry, withdrawn, place);
      return;
    }
  }
  if (existsSync(aside) && !existsSync(from)) putExclusively(entry, aside, from);
}

/** Throws ForeignContent when what was moved out of the way is not what the save was made for. */
export function checkMoved(entry: JournalEntry, journal: SaveJournal): void {
  const moved = hashAt(entryFiles(entry, journal).aside);
  if (moved !== null && moved !== entry.before) throw new ForeignContent(entry);
}

/** Removes what lies beside the files of an entry. */
export function discardBeside(entry: JournalEntry, journal: SaveJournal): void {
  const { staged, aside, withdrawn } = entryFiles(entry, journal);
  for (const path of [staged, aside, withdrawn]) discardFile(path);
}

/** The hash of the file at a path; null where nothing is. What is no file is named (`a named pipe`): that is the hash of none. */
export function hashAt(path: string): string | null {
  try {
    return existsSync(path) ? hashOf(readRegularFile(path)) : null;
  } catch (failure) {
    if (failure instanceof NotRegularFile) return failure.kind;
    throw failure;
  }
}

function moveAside(entry: JournalEntry, from: string, aside: string): void {
  discardFile(aside);
  try {
    renameSync(from, aside);
  } catch (failure) {
    if (systemCode(failure) === 'ENOENT') throw new ForeignContent(entry);
    throw failure;
  }
}

/** A link fails where a rename would write over a file that came into being meanwhile. */
function putExclusively(entry: JournalEntry, source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (failure) {
    if (systemCode(failure) === 'EEXIST') throw new ForeignContent(entry);
    if (!withoutLinks.has(systemCode(failure) ?? '')) throw failure;
    if (existsSync(target)) throw new ForeignContent(entry);
    renameSync(source, target);
  }
}

/** What disks answer that know no hard links: FAT, some network drives. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);
