import { dirname, isAbsolute, relative, sep } from 'node:path';
import { flagName, isList, type Mapping, type Setting, type SettingValue } from '../setting.ts';
import { settingOf } from '../settings.ts';
import type { ConfigDisk, ConfigFile, ConfigSection, Connection } from './config-file.ts';
import { memberPointer, type Problem } from './problems.ts';

const trustIt = 'Start with --config and this file if you trust it, or take the setting out.';

/**
 * What a file that was only found in the current directory says and may not say: it may have come with a project of
 * others, so it starts no program, reaches no address and opens no folder outside of its own.
 */
export function folderProblems(file: ConfigFile, disk: ConfigDisk): Problem[] {
  const isInside: IsInside = (path) => isInFolderOf(file, path, disk);
  return [file.base, ...file.environments.values()].flatMap((section) => [
    ...settingProblems(section, isInside),
    ...[...section.connections.values()].flatMap((connection) => connectionProblems(connection, isInside)),
  ]);
}

/** True when a path lies in the folder of the file, links resolved. */
export function isInFolderOf(file: ConfigFile, path: string, { realPath }: ConfigDisk): boolean {
  const way = relative(realPath(dirname(file.path)), realPath(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

type IsInside = (path: string) => boolean;

function settingProblems({ settings }: ConfigSection, isInside: IsInside): Problem[] {
  return [...settings].flatMap(([key, { value, origin }]) => {
    const pointer = origin.from === 'file' ? origin.pointer : '';
    const setting = settingOf(key);
    if (setting.inFolder === 'never') return [notFromFolder(pointer, setting)];
    if (setting.inFolder === 'any') return [];
    return pathsOf(value)
      .filter((path) => !isInside(path))
      .map((path) => outside(pointer, path));
  });
}

function connectionProblems({ pointer, wwise, project }: Connection, isInside: IsInside): Problem[] {
  const address =
    wwise === undefined ? [] : [notFromFolder(memberPointer(pointer, 'wwise'), settingOf('wwise'))];
  const path =
    project === undefined || isInside(project) ? [] : [outside(memberPointer(pointer, 'project'), project)];
  return [...address, ...path];
}

function pathsOf(value: SettingValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isList(value)) return [];
  return value.flatMap((item: string | Mapping) => (typeof item === 'string' ? [item] : []));
}

function notFromFolder(pointer: string, setting: Setting): Problem {
  const message = `is not taken from a file that was only found in the current directory (${flagName(setting)}).`;
  return { pointer, message, hint: trustIt };
}

function outside(pointer: string, path: string): Problem {
  const message = `${path} lies outside of the folder of a file that was only found in the current directory.`;
  return { pointer, message, hint: trustIt, code: 'PATH_NOT_ALLOWED' };
}
