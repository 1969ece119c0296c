import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { checkedPath } from '../../core/files/checked-path.ts';
import { refuseKeptFile } from '../../core/files/kept-files.ts';

/**
 * Writes a new file for a caller who named its place. Never overwrites.
 * Throws PATH_NOT_ALLOWED outside the directories (links followed) and for a file that WwiseFlow keeps, FILE_CONFLICT when the file exists, INVALID_INPUT for
 * another ending or a relative path.
 */
export async function exportFile(
  filePath: string,
  ending: string,
  text: string,
  allowedDirs: readonly string[],
): Promise<{ filePath: string; sizeBytes: number }> {
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
  // Only absolute paths come here, so nothing counts from anywhere.
  const { path: place } = await checkedPath(filePath, 'write', { allowedDirs, startDir: dirname(filePath) });
  refuseKeptFile(place);
  if (!existsSync(dirname(place))) {
    throw new WwiseFlowError('FILE_NOT_FOUND', `The folder of "${filePath}" does not exist.`, {
      hint: `Write into an existing folder below ${allowedDirs.join(' or ')}.`,
      details: { filePath, allowedDirs },
    });
  }
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
export async function exportBelow(
  directory: string,
  name: string,
  text: string,
): Promise<{ filePath: string; sizeBytes: number }> {
  mkdirSync(directory, { recursive: true });
  return exportFile(join(directory, name), extname(name), text, [directory]);
}
