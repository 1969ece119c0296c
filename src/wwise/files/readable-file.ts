import { constants, promises as fs } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { nearest } from '../../core/nearest.ts';

/**
 * The real absolute path of a file that may be read. A relative path counts from the first allowed directory.
 * Throws PATH_NOT_ALLOWED when it lies outside the allowed directories, links followed; FILE_NOT_FOUND with similarly
 * named files of the folder; FILE_UNREADABLE for a folder or a file without permission.
 */
export async function readableFile(path: string, allowedDirs: readonly string[]): Promise<string> {
  const real = await allowedPath(path, allowedDirs, 'file');
  const stat = await fs.stat(real);
  if (!stat.isFile()) throw unreadable(real, 'is a folder, not a file');
  try {
    await fs.access(real, constants.R_OK);
  } catch (error) {
    throw unreadable(real, 'may not be read by this user', error);
  }
  return real;
}

/** The same for a folder: its real absolute path. FILE_UNREADABLE for a file. */
export async function readableFolder(path: string, allowedDirs: readonly string[]): Promise<string> {
  const real = await allowedPath(path, allowedDirs, 'folder');
  if ((await fs.stat(real)).isDirectory()) return real;
  throw new WwiseFlowError('FILE_UNREADABLE', `"${real}" is a file, not a folder.`, {
    hint: 'Give the path of a folder.',
    details: { path: real },
  });
}

async function allowedPath(
  path: string,
  allowedDirs: readonly string[],
  kind: 'file' | 'folder',
): Promise<string> {
  const wanted = resolve(allowedDirs[0] ?? '.', path);
  const roots = await Promise.all(allowedDirs.map((dir) => realPathOrSelf(dir)));
  const allowed = (real: string) => roots.some((root) => contains(root, real));
  const real = await realPath(wanted);
  if (real === undefined) {
    // Whether a file outside exists is nobody's business, so containment is decided first.
    const folder = await deepestRealFolder(wanted);
    throw allowed(folder) ? await notFound(wanted, kind) : notAllowed(path, wanted, allowedDirs);
  }
  if (!allowed(real)) throw notAllowed(path, real, allowedDirs);
  return real;
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way));
}

async function realPath(path: string): Promise<string | undefined> {
  try {
    return await fs.realpath(path);
  } catch {
    return undefined;
  }
}

async function realPathOrSelf(dir: string): Promise<string> {
  return (await realPath(dir)) ?? resolve(dir);
}

async function deepestRealFolder(path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const real = await realPath(folder);
    if (real !== undefined || folder === dirname(folder)) return real ?? folder;
  }
}

async function notFound(path: string, kind: 'file' | 'folder'): Promise<WwiseFlowError> {
  const folder = dirname(path);
  const names = await fs.readdir(folder).catch(() => undefined);
  const candidates = nearest(basename(path), names ?? []).map((name) => join(folder, name));
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((near) => `"${near}"`).join(' or ')}?`;
  const reason = names === undefined ? ` The folder "${folder}" does not exist either.` : meant;
  return new WwiseFlowError('FILE_NOT_FOUND', `No ${kind} "${path}".${reason}`, {
    hint: `Give the absolute path of an existing ${kind}.`,
    details: { path, candidates },
  });
}

function notAllowed(path: string, real: string, allowedDirs: readonly string[]): WwiseFlowError {
  const leads = real === path ? '' : ` (it leads to "${real}")`;
  return new WwiseFlowError('PATH_NOT_ALLOWED', `"${path}"${leads} lies outside the allowed directories.`, {
    hint: 'Copy the file into one of details.allowedDirs, or start the server with --allow-dir for its folder.',
    details: { path, allowedDirs },
  });
}

function unreadable(path: string, reason: string, cause?: unknown): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', `"${path}" ${reason}.`, {
    hint: 'Give the path of a readable file.',
    details: { path },
    cause,
  });
}
