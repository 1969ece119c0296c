import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, parse, resolve } from 'node:path';
import { z } from 'zod';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { contentHash } from '../../wwise/files/content-hash.ts';
import { folderIsSeen } from '../../wwise/files/folder-is-seen.ts';
import type { ProjectDoor } from '../../wwise/undo/project-door.ts';

/** Watches what a run's imports do to the Originals folder, which no undo of Wwise touches. */
export interface OriginalsWatch {
  /** Called before nodes that may import: lists the folder once, and keeps a copy of what could be overwritten. */
  beforeImport(nodes: readonly ImportNode[]): Promise<void>;
  /** These nodes' imports were taken back: the folder becomes again what it was, but for what `kept` imported. */
  afterTakeBack(nodes: readonly ImportNode[], kept: readonly ImportNode[]): Promise<void>;
}

export interface ImportNode {
  readonly command: string;
  readonly input: Json;
}

export interface RestoredOriginals {
  readonly removedFiles: readonly string[];
  readonly restoredFiles: readonly string[];
  /** What could not be put right, each as a sentence. */
  readonly problems: readonly string[];
}

/** Watches nothing: for runs without a state directory or a project. */
export const noOriginalsWatch: OriginalsWatch = {
  beforeImport: async () => {},
  afterTakeBack: async () => {},
};

/** `dir`: where the listing and the copies of this run are kept; what an earlier part of the run left there counts. */
export function watchOriginals(door: ProjectDoor, dir: string, log: Log): OriginalsWatch {
  let record: OriginalsRecord | undefined;
  let byName = new Map<string, string[]>();

  const begin = async (): Promise<OriginalsRecord> => {
    const known = readRecord(dir);
    const started = known ?? { root: await originalsRoot(door), files: [], kept: {}, imported: {} };
    const files = known?.files ?? listFiles(started.root);
    byName = groupByName(files);
    return { ...started, files };
  };

  const keep = async (path: string, { imported, kept }: OriginalsRecord): Promise<void> => {
    const sha256 = await contentHash(path);
    imported[path] = sha256;
    for (const original of byName.get(basename(path).toLowerCase()) ?? []) {
      if (kept[original] !== undefined || !existsSync(original)) continue;
      const present = await contentHash(original);
      // The same content is used where it lies.
      if (present !== sha256) kept[original] = keepCopy(original, present, dir);
    }
  };

  const pathsOf = (nodes: readonly ImportNode[]): readonly string[] =>
    nodes.flatMap(({ command, input }) => door.inputFiles(command, input));

  return {
    beforeImport: async (nodes) => {
      const paths = pathsOf(nodes);
      if (paths.length === 0) return;
      try {
        record ??= await begin();
        for (const path of paths) await keep(path, record);
        writeRecord(dir, record);
      } catch (thrown) {
        // The import itself says what is wrong with its file; without a listing a rollback says what it could not check.
        log.debug({ reason: toWwiseFlowError(thrown).message }, 'The Originals folder could not be listed.');
      }
    },
    afterTakeBack: async (nodes, keptNodes) => {
      const paths = pathsOf(nodes);
      if (record === undefined || paths.length === 0) return;
      const { problems } = await restore(withoutImports(record, paths, pathsOf(keptNodes)), [], door);
      for (const problem of problems) log.warn({ problem }, 'Originals could not be put right');
    },
  };
}

/**
 * Puts the Originals folder back: removes the files that came with this run's imports and were not there before, and
 * restores what was overwritten. `namedFiles` are files that the imports said they wrote.
 */
export async function restoreOriginals(
  dir: string,
  namedFiles: readonly string[],
  door: ProjectDoor | undefined,
): Promise<RestoredOriginals> {
  const record = readRecord(dir);
  if (record === undefined) {
    const problems =
      namedFiles.length === 0
        ? []
        : ['What the imports copied into Originals is not known and was left there.'];
    return { removedFiles: [], restoredFiles: [], problems };
  }
  return restore(record, namedFiles, door);
}

/**
 * Originals are other people's too. A file is removed or replaced only while it is byte for byte what this run wrote; it is
 * removed only when all of the project could be asked and no source plays it. What is left is named.
 */
async function restore(
  record: OriginalsRecord,
  namedFiles: readonly string[],
  door: ProjectDoor | undefined,
): Promise<RestoredOriginals> {
  const removedFiles: string[] = [];
  const restoredFiles: string[] = [];
  const problems: string[] = [];
  const before = new Set(record.files.map(keyOf));
  const hashes = new Set(Object.values(record.imported));
  const stems = new Set(Object.keys(record.imported).map((path) => parse(path).name.toLowerCase()));
  const named = new Set(namedFiles.map((path) => keyOf(path)));
  let played: ((file: string) => string | undefined) | undefined;
  for (const file of listFiles(record.root)) {
    if (before.has(keyOf(file))) continue;
    const couldBe =
      named.has(keyOf(file)) ||
      [parse(file).name.toLowerCase(), stemOf(file)].some((stem) => stems.has(stem));
    if (!couldBe || !hashes.has(await contentHash(file))) continue;
    played ??= await playedBy(door);
    const why = played(file);
    if (why !== undefined) problems.push(`"${file}" was left: ${why}`);
    else attempt(file, () => rmSync(file), removedFiles, problems);
  }
  for (const [original, copy] of Object.entries(record.kept)) {
    if (existsSync(original) && sameContent(original, copy)) continue;
    const present = existsSync(original) ? await contentHash(original) : undefined;
    if (present === undefined || !hashes.has(present)) {
      const what = present === undefined ? 'was removed' : 'was changed';
      problems.push(`"${original}" ${what} since the run by somebody else and was left as it is.`);
      continue;
    }
    attempt(original, () => copyFileSync(copy, original), restoredFiles, problems);
  }
  return { removedFiles, restoredFiles, problems };
}

/** Tells why a file must stay; undefined where nothing plays it. What cannot be asked keeps every file. */
async function playedBy(door: ProjectDoor | undefined): Promise<(file: string) => string | undefined> {
  if (door === undefined) return () => 'there is no project that could be asked who plays it.';
  const answer = await door.playedFiles().catch((thrown: unknown) => toWwiseFlowError(thrown).message);
  if (typeof answer === 'string') return () => `who plays it could not be asked: ${answer}`;
  const { paths, isComplete } = answer;
  const keys = new Set(paths.map(keyOf));
  return (file) => {
    if (keys.has(keyOf(file))) return 'a source of the project plays it.';
    return isComplete ? undefined : 'part of the project could not be read, and may play it.';
  };
}

/** The record of what these imports did to the folder, beside those that stay. */
function withoutImports(
  { root, files, kept, imported }: OriginalsRecord,
  gone: readonly string[],
  staying: readonly string[],
): OriginalsRecord {
  const identity = (path: string) => `${basename(path).toLowerCase()} ${imported[path]}`;
  const remain = new Map(staying.map((path) => [basename(path).toLowerCase(), path]));
  const remaining = new Set(staying.map(identity));
  const undone = gone.filter((path) => imported[path] !== undefined && !remaining.has(identity(path)));
  const names = new Set(undone.map((path) => basename(path).toLowerCase()));
  // Where an import that stays had overwritten the original before, its file is what belongs there.
  const overwritten = Object.entries(kept)
    .filter(([original]) => names.has(basename(original).toLowerCase()))
    .map(([original, copy]) => [original, remain.get(basename(original).toLowerCase()) ?? copy]);
  return {
    root,
    files,
    kept: Object.fromEntries(overwritten),
    imported: Object.fromEntries(undone.map((path) => [path, imported[path] ?? ''])),
  };
}

interface OriginalsRecord {
  readonly root: string;
  /** Every file that lay there before the run. */
  readonly files: readonly string[];
  /** Where the copy of an original is that could be overwritten. */
  readonly kept: Record<string, string>;
  /** SHA-256 by path of each file handed in. */
  readonly imported: Record<string, string>;
}

const recordShape: z.ZodType<OriginalsRecord> = z.object({
  root: z.string(),
  files: z.array(z.string()),
  kept: z.record(z.string(), z.string()),
  imported: z.record(z.string(), z.string()),
});

async function originalsRoot(door: ProjectDoor): Promise<string> {
  const { originalsDir } = await door.facts();
  // What cannot be seen from here must not pass for an empty folder.
  if (!folderIsSeen(originalsDir)) throw new Error(`"${originalsDir}" is not seen from this machine.`);
  return resolve(originalsDir);
}

function recordPath(dir: string): string {
  return join(dir, 'originals.json');
}

function readRecord(dir: string): OriginalsRecord | undefined {
  if (!existsSync(recordPath(dir))) return undefined;
  const parsed = recordShape.safeParse(JSON.parse(readFileSync(recordPath(dir), 'utf8')));
  return parsed.success ? parsed.data : undefined;
}

function writeRecord(dir: string, record: OriginalsRecord): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(recordPath(dir), JSON.stringify(record), { mode: 0o600 });
}

function keepCopy(original: string, sha256: string, dir: string): string {
  const copy = join(dir, 'originals', sha256);
  mkdirSync(join(dir, 'originals'), { recursive: true, mode: 0o700 });
  if (!existsSync(copy)) copyFileSync(original, copy);
  return copy;
}

/** Every file below a folder; none when it is not there. */
function listFiles(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function groupByName(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const name = basename(file).toLowerCase();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [file]);
    else group.push(file);
  }
  return groups;
}

/** Names compare without case, as on the machines Wwise runs on. */
function keyOf(path: string): string {
  return resolve(path).toLowerCase();
}

/** The name without its ending and without the number that an import may have put behind it. */
function stemOf(file: string): string {
  return parse(file)
    .name.toLowerCase()
    .replace(/_\d{2,}$/, '');
}

function sameContent(one: string, other: string): boolean {
  return statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other));
}

function attempt(file: string, act: () => void, done: string[], problems: string[]): void {
  try {
    act();
    done.push(file);
  } catch (thrown) {
    problems.push(`"${file}": ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
