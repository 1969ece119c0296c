import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { NotRegularFile, readRegularFile } from '../../../core/files/regular-file.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import { type ProjectHead, readProjectHead } from '../../model/index/project-head.ts';
import { WwuParseProblem } from '../../wwu/parse-problem.ts';
import { attribute } from '../../wwu/tree.ts';
import type { BrokenFile } from '../opened-project.ts';
import { hashSteps } from '../saving/hash-of.ts';
import { journalPath } from '../saving/save-journal.ts';
import { newestSchema } from './newer-schema.ts';
import { type DocumentType, readDocument, UnreadableDocument } from './read-document.ts';

export interface ProjectFiles {
  readonly head: ProjectHead;
  /** The .wproj first, then every readable Work Unit, folder by folder, by name. */
  readonly files: readonly ProjectFile[];
  readonly brokenFiles: readonly BrokenFile[];
  /** Absolute directory of a physical folder, by its path in the .wproj. */
  directoryOf(path: string): string;
}

/**
 * Reads a project from disk. The .wproj names only folders; the Work Units in them are found by looking (measured). A Work
 * Unit that does not parse is reported and left alone; a .wproj that does not is an error. Files in `kept`, by their place on disk, are taken as they are.
 * Yields between two files and within large ones: see `core/turns/turns.ts`.
 */
export function* readProjectFiles(
  projectPath: string,
  kept: ReadonlyMap<string, ProjectFile> = new Map(),
): Generator<void, ProjectFiles> {
  const project = kept.get(projectPath) ?? (yield* readProjectFile(projectPath));
  const head = readProjectHead(project.document);
  if (head === undefined) {
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `${projectPath} is not a Wwise project: it has no <Project>.`,
      {
        hint: 'Give the .wproj file of a Wwise project.',
        details: { filePath: projectPath },
      },
    );
  }
  const root = dirname(projectPath);
  const files: ProjectFile[] = [project];
  const brokenFiles: BrokenFile[] = [];
  for (const { path } of head.physicalFolders) {
    for (const filePath of workUnitFiles(directoryOf(path))) {
      yield;
      try {
        files.push(kept.get(filePath) ?? (yield* readFileSteps(filePath, 'WorkUnit', project.schema)));
      } catch (problem) {
        brokenFiles.push({ filePath, problem: reasonOf(problem) });
      }
    }
  }
  return { head, files, brokenFiles, directoryOf };

  function directoryOf(path: string): string {
    return findIgnoringCase(root, path.split('\\'));
  }
}

/** Reads one file of a project of this schema: no file is newer than its project. Throws what readDocument throws, and what the system says. */
export function readFile(filePath: string, type: DocumentType, projectSchema: number): ProjectFile {
  return atOnce(readFileSteps(filePath, type, projectSchema));
}

function* readFileSteps(
  filePath: string,
  type: DocumentType,
  projectSchema: number,
): Generator<void, ProjectFile> {
  const bytes = readRegularFile(filePath);
  const document = yield* readDocument(bytes, type, Math.max(newestSchema, projectSchema));
  return {
    filePath,
    document,
    schema: Number(attribute(document.root, 'SchemaVersion') ?? 0),
    state: 0,
    savedState: 0,
    savedPath: filePath,
    savedHash: yield* hashSteps(bytes),
    isLoaded: true,
  };
}

/** Why a file could not be read, in words; whatever else went wrong is thrown on. */
export function reasonOf(problem: unknown): string {
  if (problem instanceof NotRegularFile) return `it is ${problem.kind}, not a file`;
  if (problem instanceof WwuParseProblem || problem instanceof UnreadableDocument) return problem.message;
  if (!(problem instanceof Error) || !('code' in problem)) throw problem;
  if (problem.code === 'ENOENT') return 'it is not there, or a link to a file that is not';
  return problem.code === 'EACCES'
    ? 'this user may not read it'
    : `the system refuses it: ${problem.message}`;
}

function* readProjectFile(projectPath: string): Generator<void, ProjectFile> {
  if (!existsSync(projectPath)) {
    const isCutOff = existsSync(journalPath(projectPath));
    throw new WwiseFlowError('FILE_NOT_FOUND', `There is no project at ${projectPath}.`, {
      hint: isCutOff
        ? 'A save of it was cut off: open the project for writing (wwiseflow doctor --project), which completes or undoes it.'
        : 'Give the path of an existing .wproj file, or make one with `wwiseflow new PROJECT.wproj`.',
      details: { filePath: projectPath, candidates: projectsNear(projectPath) },
    });
  }
  try {
    return yield* readFileSteps(projectPath, 'Project', Number.POSITIVE_INFINITY);
  } catch (problem) {
    const reason = reasonOf(problem);
    throw new WwiseFlowError('FILE_UNREADABLE', `${projectPath} cannot be read: ${reason}.`, {
      hint: isOfAnotherVersion(problem) ? migrate : mend,
      details: { filePath: projectPath, problem: reason },
      cause: problem,
    });
  }
}

function isOfAnotherVersion(problem: unknown): boolean {
  return problem instanceof UnreadableDocument && problem.isOfAnotherVersion;
}

const mend =
  'Mend the file (resolve the merge conflict, restore it from version control) and try again; it was left untouched.';

/** A project too new is opened all the same: only one that is too old gets here. */
const migrate =
  'Nothing is broken: it is a project of an older Wwise. Open and save it with the Wwise you use (2017.1 or newer), which migrates it, or run `WwiseConsole migrate PROJECT.wproj`; then open it here. It was left untouched.';

function projectsNear(projectPath: string): readonly string[] {
  const directory = dirname(projectPath);
  return existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.wproj')) : [];
}

/** The Work Units that lie in a directory, by name. */
export function workUnitFiles(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.name.toLowerCase().endsWith('.wwu') && isFile(directory, entry))
    .map((entry) => join(directory, entry.name))
    .sort((a, b) => (basename(a).toLowerCase() < basename(b).toLowerCase() ? -1 : 1));
}

/** A link to a file is one, as Wwise sees it; one that leads nowhere stands for a file that was not fetched. */
function isFile(directory: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return statSync(join(directory, entry.name), { throwIfNoEntry: false })?.isFile() !== false;
}

/** Projects are made on Windows, where case does not matter: on Linux a folder may differ from its name in the .wproj by case. */
function findIgnoringCase(root: string, parts: readonly string[]): string {
  let at = root;
  for (const part of parts) {
    const exact = join(at, part);
    const found =
      existsSync(exact) || !existsSync(at)
        ? undefined
        : readdirSync(at).find((name) => name.toLowerCase() === part.toLowerCase());
    at = found === undefined ? exact : join(at, found);
  }
  return at;
}
