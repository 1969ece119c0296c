import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import { readRegularFile } from '../core/files/regular-file.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../core/json.ts';

/** The package of a plug-in on disk. */
export interface PluginPackage {
  readonly dir: string;
  /** The module that its `exports` or `main` names. */
  readonly entry: string;
  readonly name: string;
  readonly version: string | null;
}

/**
 * The package that a plug-in is named by: a folder, from `startDir` on, or the name of a package that is installed there, around it or
 * beside this program (`packageDir`). Throws PACKAGE_MISSING, and FILE_UNREADABLE for a folder that is no package.
 */
export function findPackage(named: string, startDir: string, packageDir: string): PluginPackage {
  const dir = isFolderName(named) ? resolve(startDir, named) : installedIn(named, startDir, packageDir);
  if (dir === undefined || !isFolder(dir)) throw notFound(named, startDir);
  const file = join(dir, 'package.json');
  const described = existsSync(file) ? readDescription(file) : {};
  const entry = join(dir, entryOf(described) ?? 'index.js');
  if (!existsSync(entry)) throw noEntry(named, entry);
  return {
    dir,
    entry,
    name: asString(described.name) ?? named,
    version: asString(described.version) ?? null,
  };
}

/** `./x`, `../x`, `/x` and `C:\x`; all else is the name of a package. */
function isFolderName(named: string): boolean {
  return isAbsolute(named) || /^\.{1,2}([\\/]|$)/.test(named);
}

function installedIn(name: string, startDir: string, packageDir: string): string | undefined {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name) || name.startsWith('.')) return undefined;
  const around = [...foldersUp(startDir), ...foldersUp(packageDir)];
  return around.map((dir) => join(dir, 'node_modules', name)).find(isFolder);
}

function foldersUp(dir: string): readonly string[] {
  const above = dirname(dir);
  return above === dir ? [dir] : [dir, ...foldersUp(above)];
}

function isFolder(dir: string): boolean {
  return statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readDescription(file: string): JsonObject {
  try {
    const value: Json = JSON.parse(readRegularFile(file, LARGEST_DESCRIPTION).toString('utf8'));
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw new WwiseFlowError('FILE_UNREADABLE', `"${file}" is no description of a package.`, {
      hint: 'Repair it: it is to be a JSON object with "name" and "exports" or "main".',
      details: { path: file },
      cause,
    });
  }
  return {};
}

const LARGEST_DESCRIPTION = 1_000_000;

/** Of `exports` what an import takes of the package itself; else `main`. */
function entryOf({ exports, main }: JsonObject): string | undefined {
  const own = isJsonObject(exports) ? (exports['.'] ?? exports) : exports;
  return targetOf(own) ?? asString(main);
}

function targetOf(target: Json | undefined): string | undefined {
  if (!isJsonObject(target)) return asString(target);
  return ['node', 'import', 'default'].map((condition) => targetOf(target[condition])).find(Boolean);
}

function notFound(named: string, startDir: string): WwiseFlowError {
  return new WwiseFlowError('PACKAGE_MISSING', `There is no plug-in "${named}".`, {
    hint: isFolderName(named)
      ? 'Name a folder that is there in --plugin, absolute or from where the program is started.'
      : `Install it (npm install ${named}) where the program is started, or name its folder: ./${named}.`,
    details: { plugin: named, startDir },
  });
}

function noEntry(named: string, entry: string): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', `The plug-in "${named}" has no module "${entry}".`, {
    hint: 'Say in its package.json which module it is, by "exports" or "main"; build it first where it is built.',
    details: { plugin: named, path: entry },
  });
}
