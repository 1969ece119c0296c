import { homedir } from 'node:os';
import { join, sep } from 'node:path';

/**
 * A file path from Wwise as this machine writes it. On a Mac, Wwise speaks Windows paths whose drive Z: is `/`
 * and whose drive Y: is the home directory; everywhere else the path is returned as it came.
 */
export function toLocalPath(wwisePath: string): string {
  if (sep !== '/') return wwisePath;
  const [, drive, rest = ''] = /^([YZ]):[\\/]?(.*)$/i.exec(wwisePath) ?? [];
  if (drive === undefined) return wwisePath;
  const path = rest.replaceAll('\\', '/');
  return drive.toUpperCase() === 'Z' ? `/${path}` : join(homedir(), path);
}

/** A path of this machine as Wwise wants it; `projectFilePath` shows which way this Wwise writes paths. */
export function toWwisePath(localPath: string, projectFilePath: string): string {
  const speaksWindows = /^[A-Z]:[\\/]/i.test(projectFilePath);
  return sep === '/' && speaksWindows ? `Z:${localPath.replaceAll('/', '\\')}` : localPath;
}
