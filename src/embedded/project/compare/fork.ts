import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import type { Json } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import { flatMapInTurns, inTurns, isTurnLong, nextTurn } from '../../../core/turns/turns.ts';
import { isFileDirty, type ProjectFile } from '../../model/index/project-file.ts';
import { printWwu, printWwuSteps } from '../../wwu/print.ts';
import { openProject } from '../open-project.ts';
import type { OpenedProject } from '../opened-project.ts';
import { originalsCopiedOnWrite } from '../originals/originals.ts';
import { originalsState } from '../originals/originals-state.ts';
import { hashOf } from '../saving/hash-of.ts';
import { hashAt } from '../saving/swap-files.ts';

/** A file's bytes before and after; null where there is no such file. */
export interface ForkedFile {
  /** Where the file lies, or would lie, in the project itself. */
  readonly filePath: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A file that would be put into the Originals. */
export interface ForkedOriginal {
  readonly filePath: string;
  readonly sizeBytes: number;
  /** True when a file that is there now would be overwritten. */
  readonly replaces: boolean;
  /** Of one that would be overwritten: the sources of the project that play it, by path. */
  readonly playedBy?: readonly string[];
}

/** An image of a project that can be edited and saved without touching the project. */
export interface ProjectFork {
  /** An ordinary open project over the image; closing it is the fork's part. */
  readonly image: OpenedProject;
  /** The files whose bytes differ from those at the fork. */
  changedFiles(): Promise<readonly ForkedFile[]>;
  /** The files written below Originals. */
  newOriginals(): readonly ForkedOriginal[];
  /** The state of every file in the Originals that was looked for or would be written, when it first was. */
  originalsLookedAt(): Readonly<Record<string, string>>;
  /** Whether a file lies in the image, and is gone with it. */
  holds(filePath: string): boolean;
  /** Whether something was done to the image that a project saves at once. */
  readonly isSavedAtOnce: boolean;
  /** Where a file of the image lies in the project. */
  inProject(filePath: string): string;
  /** A value with the image's paths replaced by the project's. */
  inProjectPaths(value: Json): Json;
  close(): void;
}

/**
 * Forks a project as it is in memory, unsaved changes included: its files are laid out in a temporary directory and opened
 * there; Originals are read from the project and written beside the image. A file that was changed on disk since it was read
 * makes the image refuse to save, as the project would.
 * Nothing may be edited meanwhile: it pauses between files.
 */
export async function forkProject(source: OpenedProject, log: Log): Promise<ProjectFork> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-image-')));
  const projectDir = dirname(source.filePath);
  const imageDir = join(place, 'project');
  const overlayDir = join(place, 'originals');
  const toImage = (path: string): string => join(imageDir, relative(projectDir, path));
  const toProject = (path: string): string => join(projectDir, relative(imageDir, path));
  const lookedAt = new Map<string, string>();
  const stateOf = originalsState();
  const onLook = (path: string): void => {
    if (!lookedAt.has(path)) lookedAt.set(path, stateOf(path));
  };
  const discard = (): void => rmSync(place, { recursive: true, force: true });
  try {
    const before = new Map<string, Buffer>();
    for (const file of source.files) {
      const bytes = await inTurns(printWwuSteps(file.document));
      if (isTurnLong()) await nextTurn();
      before.set(file.filePath, bytes);
      write(toImage(file.filePath), bytes);
    }
    for (const { filePath } of source.brokenFiles) write(toImage(filePath), bytesOnDisk(filePath));
    const image = await openProject(join(imageDir, basename(source.filePath)), {
      log,
      forceNewer: source.forceNewer,
      bounds: { refusal: (path) => source.bounds.refusal(toProject(path)) },
      originals: originalsCopiedOnWrite(source.originals, overlayDir, onLook),
    });
    // What is unsaved in the project is so in its image: a save of it writes those files too.
    const unsaved = new Set(source.files.filter(isFileDirty).map(({ filePath }) => toImage(filePath)));
    for (const file of image.files) if (unsaved.has(file.filePath)) file.savedState = -1;
    for (const conflict of conflictsOf(source)) write(toImage(conflict), bytesOnDisk(conflict));

    let isSavedAtOnce = false;
    image.onSavedAtOnce(() => {
      isSavedAtOnce = true;
    });
    const changedFiles = async (): Promise<ForkedFile[]> => {
      const after = new Map(image.files.map((file) => [toProject(file.filePath), file]));
      const paths = [...new Set([...before.keys(), ...after.keys()])];
      return flatMapInTurns(
        paths,
        (filePath) => {
          const [old, file] = [before.get(filePath), after.get(filePath)];
          // A file read and never edited is in its first state: printing it would give what was read.
          if (old !== undefined && file?.state === 0) return [];
          const bytes = file && printWwu(file.document);
          if (old !== undefined && bytes !== undefined && old.equals(bytes)) return [];
          return [
            { filePath, before: old?.toString('utf8') ?? null, after: bytes?.toString('utf8') ?? null },
          ];
        },
        1,
      );
    };

    return {
      image,
      changedFiles,
      get isSavedAtOnce() {
        return isSavedAtOnce;
      },
      inProject: toProject,
      originalsLookedAt: () => Object.fromEntries(lookedAt),
      holds: (filePath) => filePath.startsWith(place + sep),
      newOriginals: () => {
        const written = filesBelow(overlayDir).map((path) => {
          const filePath = join(source.originalsDir, relative(overlayDir, path));
          return { filePath, sizeBytes: statSync(path).size, replaces: existsSync(filePath) };
        });
        if (!written.some(({ replaces }) => replaces)) return written;
        const players = playersByFile(source);
        return written.map((file) =>
          file.replaces ? { ...file, playedBy: players.get(file.filePath.toLowerCase()) ?? [] } : file,
        );
      },
      inProjectPaths: (value) =>
        renamed(value, [
          [overlayDir, source.originalsDir],
          [imageDir, projectDir],
        ]),
      close() {
        image.close();
        discard();
      },
    };
  } catch (failure) {
    discard();
    throw failure;
  }
}

/**
 * What distinguishes two states of a project, by file: the hash of its bytes on disk, and the edits made since. Two equal
 * answers mean that nothing happened in between, or that all of it was undone.
 */
export async function fingerprintOf(project: OpenedProject): Promise<Readonly<Record<string, string>>> {
  const marks = await flatMapInTurns(project.files, (file) => [[file.filePath, markOf(file)] as const], 1);
  return Object.fromEntries([
    ...marks,
    ...project.brokenFiles.map(({ filePath }) => [filePath, 'broken'] as const),
  ]);
}

function markOf(file: ProjectFile): string {
  const onDisk = hashAt(file.filePath) ?? 'not saved';
  return isFileDirty(file) ? `${onDisk}, edited: ${hashOf(printWwu(file.document))}` : onDisk;
}

function conflictsOf(source: OpenedProject): string[] {
  return source.files.flatMap(({ savedPath, savedHash }) => {
    if (savedPath === null) return [];
    return hashAt(savedPath) === savedHash ? [] : [savedPath];
  });
}

function playersByFile({ model }: OpenedProject): ReadonlyMap<string, readonly string[]> {
  const players = new Map<string, string[]>();
  for (const audioSource of model.ofType('AudioFileSource')) {
    const file = model.audioFile(audioSource)?.absolutePath.toLowerCase();
    if (file !== undefined) players.set(file, [...(players.get(file) ?? []), model.path(audioSource)]);
  }
  return players;
}

/** A file that was deleted meanwhile is as much in the way of a save as one that was changed. */
function bytesOnDisk(filePath: string): Buffer {
  return existsSync(filePath) ? readRegularFile(filePath) : Buffer.alloc(0);
}

function write(filePath: string, bytes: Buffer): void {
  mkdirSync(dirname(filePath), { recursive: true });
  writeFileSync(filePath, bytes);
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function renamed(value: Json, pairs: readonly (readonly [string, string])[]): Json {
  if (typeof value === 'string') return pairs.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, pairs));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, renamed(member, pairs)]],
    ),
  );
}
