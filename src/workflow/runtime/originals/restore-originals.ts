import { existsSync, rmSync, statSync } from 'node:fs';
import { parse } from 'node:path';
import type { UndoableProject } from '../../../core/backend/undoable-project.ts';
import { toWwiseFlowError } from '../../../core/errors.ts';
import { contentHash } from '../../../core/files/content-hash.ts';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import {
  keyOf,
  listFiles,
  type OriginalsRecord,
  originalStem,
  readRecord,
  writeRecord,
} from './originals-record.ts';
import { asideName, linkCopy, restoreName, type SetAside, setAside } from './set-aside.ts';

export interface RestoredOriginals {
  readonly removedFiles: readonly string[];
  readonly restoredFiles: readonly string[];
  /** What could not be put right, each as a sentence. */
  readonly problems: readonly string[];
}

/**
 * Puts the Originals folder back: removes the files that came with this run's imports and were not there before, and
 * restores what was overwritten. `namedFiles` are files that the imports said they wrote. Can be called again, also after
 * it was killed.
 */
export async function restoreOriginals(
  dir: string,
  namedFiles: readonly string[],
  undoable: UndoableProject | undefined,
): Promise<RestoredOriginals> {
  const record = readRecord(dir);
  if (record === undefined) {
    const problems =
      namedFiles.length === 0
        ? []
        : ['What the imports copied into Originals is not known and was left there.'];
    return { removedFiles: [], restoredFiles: [], problems };
  }
  return restore(dir, record, namedFiles, undoable);
}

/** A file to take away, or to put an earlier one in its place. */
interface Candidate extends SetAside {
  /** The copy that belongs there; undefined: nothing does. */
  readonly copy: string | undefined;
}

/**
 * Originals are other people's too. A file is removed or replaced only while it is byte for byte what this run wrote, when
 * all of the project could be asked, and no source plays it (to replace it: none that did not play it before). Each is
 * first taken from its name, then looked at, and who plays it is asked again: whoever imports the same file from then on
 * writes one of its own, and whoever did before is seen. What is left is named.
 */
export async function restore(
  dir: string,
  record: OriginalsRecord,
  namedFiles: readonly string[],
  undoable: UndoableProject | undefined,
): Promise<RestoredOriginals> {
  const hashes = new Set(Object.values(record.imported));
  const problems = await putBackAll(asideOf(readRecord(dir) ?? record), hashes);
  const found = [
    ...(await filesToRemove(record, namedFiles, hashes, problems)),
    ...(await filesToRestore(record, hashes, problems)),
  ];
  const removedFiles: string[] = [];
  const restoredFiles: string[] = [];
  if (found.length === 0) {
    forgetAside(dir);
    return { removedFiles, restoredFiles, problems };
  }
  const kept = await reasonsToStay(record, undoable);
  const free = found.filter((one) => !stays(one, kept(one), problems));
  remember(dir, free);
  const taken: Candidate[] = [];
  for (const one of free) if (await take(one, hashes, problems)) taken.push(one);
  const keptNow = taken.length === 0 ? kept : await reasonsToStay(record, undoable);
  for (const one of taken) {
    const isStaying = stays(one, keptNow(one), problems);
    await attempt(one.file, problems, async () => {
      if (isStaying) return;
      if (one.copy !== undefined && !linkCopy(one.copy, one.file)) {
        problems.push(`"${one.file}" was written anew by somebody else and was left as it is.`);
        return;
      }
      rmSync(one.aside);
      (one.copy === undefined ? removedFiles : restoredFiles).push(one.file);
    });
    // What stays, and what could not be removed, has its name again.
    await attempt(one.file, problems, () => returned(one, hashes, problems));
  }
  forgetAside(dir);
  return { removedFiles, restoredFiles, problems };
}

/** Files that came since the run began and have the content of what it imported; one it named and that has not is reported. */
async function filesToRemove(
  record: OriginalsRecord,
  namedFiles: readonly string[],
  hashes: ReadonlySet<string>,
  problems: string[],
): Promise<Candidate[]> {
  const before = new Set(record.files.map(keyOf));
  const stems = new Set(Object.keys(record.imported).map((path) => parse(path).name.toLowerCase()));
  const named = new Set(namedFiles.map(keyOf));
  const found: Candidate[] = [];
  for (const file of listFiles(record.root)) {
    if (before.has(keyOf(file))) continue;
    const couldBe =
      named.has(keyOf(file)) ||
      [parse(file).name.toLowerCase(), originalStem(file)].some((stem) => stems.has(stem));
    if (!couldBe) continue;
    if (hashes.has(await hashOrNone(file))) found.push({ file, aside: asideName(file), copy: undefined });
    else if (named.has(keyOf(file))) problems.push(changedSince(file));
  }
  return found;
}

/** Files that the run overwrote and nobody since. */
async function filesToRestore(
  record: OriginalsRecord,
  hashes: ReadonlySet<string>,
  problems: string[],
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const [file, copy] of Object.entries(record.kept)) {
    if (!existsSync(copy)) {
      problems.push(`"${file}" was left: the copy of what it was before is gone.`);
      continue;
    }
    if (existsSync(file) && sameContent(file, copy)) continue;
    const present = existsSync(file) ? await hashOrNone(file) : undefined;
    if (present !== undefined && hashes.has(present)) {
      found.push({ file, aside: asideName(file), copy });
      continue;
    }
    problems.push(changedSince(file, present === undefined ? 'removed' : 'changed'));
  }
  return found;
}

/** Takes a file from its name and looks whether it is what the run wrote; what is not gets its name back. */
async function take(one: Candidate, hashes: ReadonlySet<string>, problems: string[]): Promise<boolean> {
  let isTaken = false;
  await attempt(one.file, problems, async () => {
    if (!setAside(one)) return;
    if (hashes.has(await hashOrNone(one.aside))) {
      isTaken = true;
      return;
    }
    problems.push(changedSince(one.file));
    await returned(one, hashes, problems);
  });
  return isTaken;
}

function changedSince(file: string, how: 'changed' | 'removed' = 'changed'): string {
  return `"${file}" was ${how} since the run by somebody else and was left as it is.`;
}

type Reason = (one: Candidate) => string | undefined;

/** Says why a file must stay; undefined where nothing speaks against it. What cannot be asked keeps every file. */
async function reasonsToStay(
  record: OriginalsRecord,
  undoable: UndoableProject | undefined,
): Promise<Reason> {
  if (undoable === undefined) return () => 'there is no project that could be asked who plays it.';
  const answer = await undoable.playedFiles().catch((thrown: unknown) => toWwiseFlowError(thrown).message);
  if (typeof answer === 'string') return () => `who plays it could not be asked: ${answer}`;
  const playersOf = new Map<string, string[]>();
  for (const { id, path } of answer.players)
    playersOf.set(keyOf(path), [...(playersOf.get(keyOf(path)) ?? []), id]);
  return ({ file, copy }) => {
    const players = playersOf.get(keyOf(file)) ?? [];
    if (copy === undefined && players.length > 0) return 'a source of the project plays it.';
    const before = record.players[file];
    if (copy !== undefined && players.some((id) => before?.includes(id) !== true))
      return before === undefined
        ? 'who played it before the run is not known.'
        : 'a source plays it that did not before the run.';
    return answer.isComplete ? undefined : 'part of the project could not be read, and may play it.';
  };
}

function stays({ file }: Candidate, why: string | undefined, problems: string[]): boolean {
  if (why !== undefined) problems.push(`"${file}" was left: ${why}`);
  return why !== undefined;
}

async function returned(one: SetAside, ours: ReadonlySet<string>, problems: string[]): Promise<void> {
  const problem = await restoreName(one, ours);
  if (problem !== undefined) problems.push(problem);
}

/** What a rollback that was killed had set aside gets its name back before anything else. */
async function putBackAll(held: readonly SetAside[], ours: ReadonlySet<string>): Promise<string[]> {
  const problems: string[] = [];
  for (const one of held) await attempt(one.file, problems, () => returned(one, ours, problems));
  return problems;
}

function asideOf({ aside }: OriginalsRecord): readonly SetAside[] {
  return Object.entries(aside).map(([file, name]) => ({ file, aside: name }));
}

function remember(dir: string, candidates: readonly SetAside[]): void {
  const record = readRecord(dir);
  if (record !== undefined)
    writeRecord(dir, {
      ...record,
      aside: Object.fromEntries(candidates.map(({ file, aside }) => [file, aside])),
    });
}

/** What still lies aside stays in the record, for the next time. */
function forgetAside(dir: string): void {
  const record = readRecord(dir);
  if (record === undefined || Object.keys(record.aside).length === 0) return;
  const left = Object.entries(record.aside).filter(([, name]) => existsSync(name));
  writeRecord(dir, { ...record, aside: Object.fromEntries(left) });
}

async function hashOrNone(file: string): Promise<string> {
  return contentHash(file).catch(() => '');
}

function sameContent(one: string, other: string): boolean {
  return statSync(one).size === statSync(other).size && readRegularFile(one).equals(readRegularFile(other));
}

async function attempt(file: string, problems: string[], act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    problems.push(`"${file}": ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
