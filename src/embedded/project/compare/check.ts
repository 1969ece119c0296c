import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DuplicateObject, HealthFinding } from '../../../core/backend/project-files.ts';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { atOnce } from '../../../core/turns/turns.ts';
import { createModel } from '../../model/create-model.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import type { ProjectHead } from '../../model/index/project-head.ts';
import { parseWwu } from '../../wwu/parse.ts';
import { printWwu } from '../../wwu/print.ts';
import { audioFindings } from '../health/audio-files.ts';
import { findDuplicateIds } from '../health/duplicate-ids.ts';
import { healthOf } from '../health/health-report.ts';
import type { BrokenFile } from '../opened-project.ts';
import { originalsOnDisk } from '../originals/originals.ts';
import { indexFiles } from '../reading/index-files.ts';
import { readProjectFiles } from '../reading/read-files.ts';
import { unreadableFiles } from '../reading/unreadable-files.ts';
import { unsettledFiles } from '../saving/settle-save.ts';
import { isReadOnly } from '../saving/writable.ts';
import { writeBounds } from '../saving/write-bounds.ts';

export interface FileDifference {
  readonly filePath: string;
  /** Offset of the first byte that would differ. */
  readonly offset: number;
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
}

export interface CheckReport {
  readonly filesRead: number;
  readonly bytesRead: number;
  readonly differences: readonly FileDifference[];
  readonly brokenFiles: readonly { readonly filePath: string; readonly problem: string }[];
  /** Objects that have the GUID of another one. */
  readonly duplicates: readonly DuplicateObject[];
  /** What else is wrong with the project, the gravest first. */
  readonly health: readonly HealthFinding[];
  /** .wwu files below the project that lie in no folder of the .wproj: Wwise does not load them. */
  readonly strayFiles: readonly string[];
  /** Files of a save that was cut off and is neither completed nor undone yet: they may be partly old and partly new. */
  readonly unfinishedSave: readonly string[];
  /** Files that this user may not write, as version control leaves them until they are checked out. */
  readonly readOnlyFiles: readonly string[];
}

/**
 * Loads every file of a project, writes each again in memory and compares: what this engine would write must be what is
 * there, byte for byte. Changes nothing and takes no lock. Throws WwiseFlowError when the .wproj itself cannot be read.
 */
export function checkProject(filePath: string): CheckReport {
  const projectPath = resolve(filePath);
  const read = atOnce(readProjectFiles(projectPath));
  const { files } = read;
  const { index, project } = atOnce(indexFiles(read, files));
  const brokenFiles = unreadableFiles(files, read.brokenFiles, index);
  const differences: FileDifference[] = [];
  let bytesRead = 0;
  for (const file of files) {
    const bytes = readRegularFile(file.filePath);
    bytesRead += bytes.length;
    const difference = firstDifference(file.filePath, bytes, printWwu(parseWwu(bytes)));
    if (difference !== undefined) differences.push(difference);
  }
  const known = new Set([...files, ...brokenFiles].map((file) => file.filePath));
  const strayFiles = workUnitsBelow(dirname(projectPath)).filter((path) => !known.has(path));
  return {
    filesRead: files.length,
    bytesRead,
    differences,
    brokenFiles,
    duplicates: findDuplicateIds(index),
    health: healthAtRest(read.head, index, project, projectPath, brokenFiles),
    strayFiles,
    unfinishedSave: unsettledFiles(projectPath),
    readOnlyFiles: files.map((file) => file.filePath).filter(isReadOnly),
  };
}

function healthAtRest(
  head: ProjectHead,
  index: ObjectIndex,
  project: ObjectNode,
  projectPath: string,
  brokenFiles: readonly BrokenFile[],
): readonly HealthFinding[] {
  const originalsDir = join(dirname(projectPath), ...head.originalsFolder.split(/[\\/]/));
  const { dir, locate } = originalsOnDisk(originalsDir, writeBounds(projectPath, []));
  const model = createModel(index, head, project, dir, locate);
  const unseenFiles = brokenFiles.map(({ filePath }) => filePath);
  const subject = { model, index, originalsDir: dir, unseenFiles };
  return [...atOnce(healthOf(subject)), ...atOnce(audioFindings(subject))];
}

function firstDifference(filePath: string, before: Buffer, after: Buffer): FileDifference | undefined {
  if (before.equals(after)) return undefined;
  let offset = 0;
  while (before[offset] === after[offset] && offset < before.length) offset++;
  const excerpt = (bytes: Buffer) => bytes.subarray(Math.max(0, offset - 20), offset + 40).toString('utf8');
  const line = before.subarray(0, offset).toString('utf8').split('\n').length;
  return { filePath, offset, line, expected: excerpt(before), actual: excerpt(after) };
}

/** Generated and cached folders hold no Work Units of the project. */
const ignoredFolders = new Set([
  '.cache',
  '.backup',
  '.git',
  'GeneratedSoundBanks',
  'Originals',
  'node_modules',
]);

function workUnitsBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return ignoredFolders.has(entry.name) ? [] : workUnitsBelow(path);
    return entry.name.toLowerCase().endsWith('.wwu') ? [path] : [];
  });
}
