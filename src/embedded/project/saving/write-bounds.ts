import { dirname, isAbsolute, relative } from 'node:path';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { realPlace } from '../disk/real-place.ts';

/** Where the files of a project may be written. Links in it come with the project, and whoever made it may be a stranger. */
export interface WriteBounds {
  /** Why nothing may be written at this path, as a sentence without its end; undefined where it may. */
  refusal(path: string): string | undefined;
}

/** Files of a project are written in its own folder and in the allowed directories, with all links followed. */
export function writeBounds(projectPath: string, allowedDirs: readonly string[]): WriteBounds {
  const roots = [dirname(projectPath), ...allowedDirs].map((directory) => realPlace(directory));
  return {
    refusal(path) {
      const place = realPlace(path);
      if (roots.some((root) => isInside(root, place))) return undefined;
      return `"${path}" leads through a link to "${place}", outside the project's folder and the allowed directories`;
    },
  };
}

/** Throws ak.wwise.file_error that names those of these paths that must not be written, and where they lead. */
export function refuseOutOfBounds(bounds: WriteBounds, paths: readonly string[]): void {
  const refused = [...new Set(paths)].flatMap((path) => {
    const reason = bounds.refusal(path);
    return reason === undefined ? [] : [{ path, reason }];
  });
  if (refused.length === 0) return;
  throw waapiErrors.fileError(
    `Not done: ${refused.map(({ reason }) => reason).join('; ')}. Nothing was written.`,
    { files: refused.map(({ path }) => path), reason: 'leads_outside' },
  );
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way));
}
