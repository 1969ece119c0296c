import { copyFileSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { UndoableProject } from '../../../core/backend/undoable-project.ts';
import { toWwiseFlowError } from '../../../core/errors.ts';
import { contentHash } from '../../../core/files/content-hash.ts';
import { folderIsSeen } from '../../../core/files/folder-is-seen.ts';
import type { Json } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import { keyOf, listFiles, type OriginalsRecord, readRecord, writeRecord } from './originals-record.ts';
import { restore } from './restore-originals.ts';

/** Watches what a run's imports do to the Originals folder, which no undo touches. */
export interface OriginalsWatch {
  /**
   * Called before nodes that may import, and before calls that import these files: lists the folder once, and keeps a copy of
   * what could be overwritten.
   */
  beforeImport(nodes: readonly ImportNode[], files?: readonly string[]): Promise<void>;
  /** These nodes' imports were rolled back: the folder becomes again what it was, but for what `kept` imported. */
  afterRollBack(nodes: readonly ImportNode[], kept: readonly ImportNode[]): Promise<void>;
  /** What was left in the folder after imports were rolled back, each as a sentence. */
  readonly left: readonly string[];
}

export interface ImportNode {
  readonly command: string;
  readonly input: Json;
}

/** Watches nothing: for runs without a state directory or a project. */
export const noOriginalsWatch: OriginalsWatch = {
  beforeImport: async () => {},
  afterRollBack: async () => {},
  left: [],
};

/** `dir`: where the listing and the copies of this run are kept; what an earlier part of the run left there counts. */
export function watchOriginals(undoable: UndoableProject, dir: string, log: Log): OriginalsWatch {
  let record: OriginalsRecord | undefined;
  let byName = new Map<string, string[]>();
  let players: ReturnType<typeof playersOf> | undefined;
  const left: string[] = [];

  const begin = async (): Promise<OriginalsRecord> => {
    const known = readRecord(dir);
    const started = known ?? {
      root: await originalsRoot(undoable),
      files: [],
      kept: {},
      players: {},
      imported: {},
      aside: {},
    };
    const files = known?.files ?? listFiles(started.root);
    byName = groupByName(files);
    return { ...started, files };
  };

  const keep = async (path: string, { imported, kept, players: known }: OriginalsRecord): Promise<void> => {
    const sha256 = await contentHash(path);
    imported[path] = sha256;
    for (const original of byName.get(basename(path).toLowerCase()) ?? []) {
      if (kept[original] !== undefined || !existsSync(original)) continue;
      const present = await contentHash(original);
      // The same content is used where it lies.
      if (present === sha256) continue;
      kept[original] = keepCopy(original, present, dir);
      // Asked once: whoever comes to play it later is somebody a rollback must not disturb.
      players ??= playersOf(undoable);
      const before = await players;
      if (before !== undefined) known[original] = before.get(keyOf(original)) ?? [];
    }
  };

  const pathsOf = (nodes: readonly ImportNode[]): readonly string[] =>
    nodes.flatMap(({ command, input }) => undoable.inputFiles(command, input).map(realPath));

  return {
    beforeImport: async (nodes, files = []) => {
      const paths = [...pathsOf(nodes), ...files];
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
    afterRollBack: async (nodes, keptNodes) => {
      const paths = pathsOf(nodes);
      if (record === undefined || paths.length === 0) return;
      const { problems } = await restore(
        dir,
        withoutImports(record, paths, pathsOf(keptNodes)),
        [],
        undoable,
      );
      record = { ...record, aside: readRecord(dir)?.aside ?? {} };
      left.push(...problems);
      for (const problem of problems) log.warn({ problem }, 'Originals could not be put right');
    },
    left,
  };
}

/** The record of what these imports did to the folder, beside those that stay. */
function withoutImports(
  { root, files, kept, players, imported, aside }: OriginalsRecord,
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
    players,
    aside,
    imported: Object.fromEntries(undone.map((path) => [path, imported[path] ?? ''])),
  };
}

async function originalsRoot(undoable: UndoableProject): Promise<string> {
  const { originalsDir } = await undoable.facts();
  // What cannot be seen from here must not pass for an empty folder.
  if (!folderIsSeen(originalsDir)) throw new Error(`"${originalsDir}" is not seen from this machine.`);
  return resolve(originalsDir);
}

/** GUIDs of the sources by the file they play; undefined where they cannot be asked. */
async function playersOf(
  undoable: UndoableProject,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const answer = await undoable.playedFiles().catch(() => undefined);
  if (answer === undefined) return undefined;
  const found = new Map<string, string[]>();
  for (const { id, path } of answer.players) found.set(keyOf(path), [...(found.get(keyOf(path)) ?? []), id]);
  return found;
}

/** An original is named after the file behind a link. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function keepCopy(original: string, sha256: string, dir: string): string {
  const copy = join(dir, 'originals', sha256);
  mkdirSync(join(dir, 'originals'), { recursive: true, mode: 0o700 });
  if (!existsSync(copy)) copyFileSync(original, copy);
  return copy;
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
