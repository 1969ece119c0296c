import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';

/**
 * Writes a new file for a caller who named its place. Never overwrites.
 * Throws PATH_NOT_ALLOWED outside the directories (links followed), FILE_CONFLICT when the file exists, INVALID_INPUT for
 * another ending or a relative path.
 */
export function exportFile(
  filePath: string,
  ending: string,
  text: string,
  allowedDirs: readonly string[],
): { filePath: string; sizeBytes: number } {
  if (!isAbsolute(filePath) || extname(filePath).toLowerCase() !== ending) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `"${filePath}" is not an absolute path that ends in ${ending}.`,
      {
        hint: `Give a path such as ${join(allowedDirs[0] ?? '/path/to', `export${ending}`)}.`,
        details: { filePath },
      },
    );
  }
  const place = placeIn(filePath, allowedDirs);
  try {
    writeFileSync(place, text, { flag: 'wx' });
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    if (!exists) {
      throw new WwiseFlowError(
        'FILE_UNREADABLE',
        `"${filePath}" cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
        {
          hint: 'Give a path in a directory that this user may write.',
          details: { filePath },
          cause,
        },
      );
    }
    throw new WwiseFlowError('FILE_CONFLICT', `"${filePath}" exists: nothing was written.`, {
      hint: 'Give another name; existing files are never overwritten.',
      details: { filePath },
      cause,
    });
  }
  return { filePath: place, sizeBytes: Buffer.byteLength(text) };
}

/** Writes a new file below a directory of our own, made when missing. */
export function exportBelow(
  directory: string,
  name: string,
  text: string,
): { filePath: string; sizeBytes: number } {
  mkdirSync(directory, { recursive: true });
  return exportFile(join(directory, name), extname(name), text, [directory]);
}

function placeIn(filePath: string, allowedDirs: readonly string[]): string {
  const folder = realOf(dirname(filePath));
  const isAllowed =
    folder !== undefined &&
    allowedDirs.some((allowed) => {
      const inside = relative(realOf(allowed) ?? allowed, folder);
      return inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
    });
  if (folder !== undefined && isAllowed) return join(folder, basename(filePath));
  const problem =
    folder === undefined
      ? `The folder of "${filePath}" does not exist`
      : `"${filePath}" lies outside the allowed directories`;
  throw new WwiseFlowError(folder === undefined ? 'FILE_NOT_FOUND' : 'PATH_NOT_ALLOWED', `${problem}.`, {
    hint: `Write below ${allowedDirs.join(' or ')}, or start WwiseFlow with another --allow-dir.`,
    details: { filePath, allowedDirs },
  });
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
