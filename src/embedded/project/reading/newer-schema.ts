import { basename } from 'node:path';
import type { SavedVersion } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** The newest layout of files that is known: of Wwise 2025.1 (measured). */
export const newestSchema = 133;

/** In words, for whoever opens a project that a newer Wwise saved; undefined where its layout is known. */
export function newerNotice(
  projectPath: string,
  version: SavedVersion,
  isForced: boolean,
): string | undefined {
  const what = savedByNewer(basename(projectPath), version);
  if (what === undefined) return undefined;
  return isForced
    ? `${what}: what is new in it is kept as it is and may be misread. It can be edited because of --force-newer.`
    : `${what}: it is open for reading, what is new in it may be misread, and every edit is refused. --force-newer opens it for editing.`;
}

/** What a report says of such a project: whoever reads it may have opened it in either way. */
export function newerThanKnown(fileName: string, version: SavedVersion): string | undefined {
  const what = savedByNewer(fileName, version);
  return what && `${what}: what is new in it may be misread, and it is edited with --force-newer only.`;
}

function savedByNewer(fileName: string, version: SavedVersion): string | undefined {
  if (version.schema <= newestSchema) return undefined;
  return `${fileName} was saved by Wwise ${version.year}.${version.major} (schema ${version.schema}; known here up to ${newestSchema}, which is 2025.1)`;
}

/** Throws ak.wwise.file_error for an edit of such a project, unless whoever started this wanted it. */
export function refuseNewer(projectPath: string, version: SavedVersion, isForced: boolean): void {
  if (isForced || version.schema <= newestSchema) return;
  throw waapiErrors.fileError(
    `Not done: ${basename(projectPath)} was saved by a newer Wwise (schema ${version.schema}, known here up to ${newestSchema}).`,
    { files: [projectPath], reason: 'newer_schema', schema: version.schema },
  );
}
