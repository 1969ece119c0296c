import { constants, promises as fs } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { checkedPath, type PathRules } from '../../core/files/checked-path.ts';
import { nearest } from '../../core/text/nearest.ts';

/**
 * The real absolute path of a file that may be read. A relative path counts from `startDir`.
 * Throws PATH_NOT_ALLOWED as `checkedPath` does; FILE_NOT_FOUND with similarly named files of the folder; FILE_UNREADABLE
 * for a folder or a file without permission.
 */
export async function readableFile(path: string, rules: PathRules): Promise<string> {
  const real = await existing(path, rules, 'file');
  const stat = await fs.stat(real);
  if (stat.isDirectory()) throw unreadable(real, 'is a folder, not a file');
  try {
    await fs.access(real, constants.R_OK);
  } catch (error) {
    throw unreadable(real, 'may not be read by this user', error);
  }
  return real;
}

/** The same for a folder: its real absolute path. FILE_UNREADABLE for a file. */
export async function readableFolder(path: string, rules: PathRules): Promise<string> {
  const real = await existing(path, rules, 'folder');
  if ((await fs.stat(real)).isDirectory()) return real;
  throw new WwiseFlowError('FILE_UNREADABLE', `"${real}" is a file, not a folder.`, {
    hint: 'Give the path of a folder.',
    details: { path: real },
  });
}

async function existing(path: string, rules: PathRules, kind: 'file' | 'folder'): Promise<string> {
  const checked = await checkedPath(path, 'read', rules);
  if (checked.exists && checked.isSeen) return checked.path;
  throw await notFound(checked.path, kind);
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

function unreadable(path: string, reason: string, cause?: unknown): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', `"${path}" ${reason}.`, {
    hint: 'Give the path of a readable file.',
    details: { path },
    cause,
  });
}
