import { dirname, isAbsolute, relative, sep } from 'node:path';
import { flagName, isListSetting, type Mapping, type Setting, type SettingValue } from '../setting.ts';
import { settingOf } from '../settings.ts';
import type { ConfigDisk, ConfigFile, ConfigSection, Connection, DatabaseEntry } from './config-file.ts';
import { type ConfigProblem, memberPointer } from './problems.ts';

const trustIt = 'Start with --config and this file if you trust it, or take the setting out.';

/**
 * What a file that was only found in the current directory says and may not say: it may have come with a project of
 * others, so it starts no program, reaches no address and opens no folder outside of its own.
 */
export function folderProblems(file: ConfigFile, disk: ConfigDisk): ConfigProblem[] {
  const isInside: IsInside = (path) => isInFolderOf(file, path, disk);
  return [file.base, ...file.environments.values()].flatMap((section) => [
    ...settingProblems(section, isInside),
    ...[...section.connections.values()].flatMap((connection) => connectionProblems(connection, isInside)),
    // It would choose what a workflow, of others as well, may send away.
    ...[...section.databases.values()].flatMap((entry) => databaseProblems(entry, isInside)),
    ...[...section.secrets.values()].map(({ pointer }) => notFromThere(pointer)),
  ]);
}

/** True when a path lies in the folder of the file, links resolved. */
export function isInFolderOf(file: ConfigFile, path: string, { realPath }: ConfigDisk): boolean {
  const way = relative(realPath(dirname(file.path)), realPath(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

type IsInside = (path: string) => boolean;

function settingProblems({ settings }: ConfigSection, isInside: IsInside): ConfigProblem[] {
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

function connectionProblems({ pointer, wwise, project }: Connection, isInside: IsInside): ConfigProblem[] {
  const address =
    wwise === undefined ? [] : [notFromFolder(memberPointer(pointer, 'wwise'), settingOf('wwise'))];
  const path =
    project === undefined || isInside(project) ? [] : [outside(memberPointer(pointer, 'project'), project)];
  return [...address, ...path];
}

function databaseProblems({ pointer, sqlite, postgres }: DatabaseEntry, isInside: IsInside): ConfigProblem[] {
  if (postgres !== undefined) return [notFromThere(memberPointer(pointer, 'postgres'))];
  return sqlite === undefined || isInside(sqlite) ? [] : [outside(memberPointer(pointer, 'sqlite'), sqlite)];
}

function pathsOf(value: SettingValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isListSetting(value)) return [];
  return value.flatMap((item: string | Mapping) => (typeof item === 'string' ? [item] : []));
}

function notFromFolder(pointer: string, setting: Setting): ConfigProblem {
  return notFromThere(pointer, ` (${flagName(setting)})`);
}

function notFromThere(pointer: string, which = ''): ConfigProblem {
  const message = `is not taken from a file that was only found in the current directory${which}.`;
  return { pointer, message, hint: trustIt };
}

function outside(pointer: string, path: string): ConfigProblem {
  const message = `${path} lies outside of the folder of a file that was only found in the current directory.`;
  return { pointer, message, hint: trustIt, code: 'PATH_NOT_ALLOWED' };
}
