import { promises as fs } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep, win32 } from 'node:path';
import { platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { WwiseFlowError } from '../../core/errors.ts';

/** Where files may lie. */
export interface PathRules {
  /** Directories that may be read from and written to. */
  readonly allowedDirs: readonly string[];
  /** What relative paths count from, whatever the allowed directories are: where the program was started. */
  readonly startDir: string;
  /** A path as Wwise writes it, as this machine does; others as they are. Default: all as they are. */
  readonly toLocal?: ((path: string) => string) | undefined;
  /** The folders of the open project; asked only for what lies in no allowed directory. Default: there is none. */
  readonly projectDirs?: (() => Promise<ProjectDirs>) | undefined;
}

export interface ProjectDirs {
  readonly dir: string;
  readonly originalsDir: string;
}

/**
 * `read`: in an allowed directory or the project's folder. `write`: in an allowed directory. `project`: in the project's
 * folder or its Originals.
 */
export type PathAccess = 'read' | 'write' | 'project';

export interface CheckedPath {
  /** Absolute, links resolved as far as it exists. As it was given where only Wwise sees it. */
  readonly path: string;
  readonly exists: boolean;
  /** False for a path of Wwise's machine that is not seen from here: it was compared by its words alone. */
  readonly isSeen: boolean;
}

/**
 * The one check of every path that reaches Wwise or the disk. Understands `..`, links, both separators, `file:` URLs, drive
 * letters, shares and the drives by which a Wwise on a Mac sees this machine.
 * Throws PATH_NOT_ALLOWED for what lies elsewhere, or cannot be told where it lies.
 */
export async function checkedPath(
  given: string,
  access: PathAccess,
  rules: PathRules,
  startDir = rules.startDir,
): Promise<CheckedPath> {
  if (given.includes('\0'))
    throw notAllowed(given, given, access, rules.allowedDirs, 'holds a NUL character');
  const named = (rules.toLocal ?? same)(fromUrl(given.trim(), access, rules.allowedDirs));
  const isBelowUnseen = sep === '/' && isWindowsPath(startDir) && !isAbsolute(named) && !isWindowsPath(named);
  const local = isBelowUnseen ? win32.join(startDir, named) : named;
  if (sep === '/' && isWindowsPath(local)) return unseenPath(given, local, access, rules);
  // Wwise reads a backslash as a separator, so it must not pass for part of a name here.
  const wanted = resolve(startDir, sep === '/' ? local.replaceAll('\\', '/') : local);
  const { path, exists, dangling } = await followed(wanted);
  const roots = access === 'project' ? [] : await Promise.all(rules.allowedDirs.map(realOrSelf));
  const isInside =
    roots.some((root) => contains(root, path)) ||
    (access !== 'write' && (await inProject(rules, (dir) => contains(dir, path), true)));
  if (isInside && !dangling) return { path, exists, isSeen: true };
  const from = isAbsolute(local) ? undefined : startDir;
  throw notAllowed(
    given,
    path,
    access,
    rules.allowedDirs,
    dangling ? 'is a link to nowhere' : undefined,
    from,
  );
}

/** Whether a text is an absolute path of a file rather than the path of an object in Wwise. */
export function looksLikeFilePath(text: string): boolean {
  return /^\s*(?:\/[^/\s]|\/\/[^/\s]|[a-z]:[\\/]|\\\\[^\\]|file:)/i.test(text);
}

/** Throws PATH_NOT_ALLOWED for a name that leads out of the Originals folder it counts from. */
export function checkInsideOriginals(given: string, whole = given): void {
  const name = given.trim();
  const leadsOut = name.includes('\0') || name.split(/[\\/]/).includes('..');
  if (!leadsOut && !/^(?:[\\/]|[a-z]:|file:)/i.test(name)) return;
  throw new WwiseFlowError(
    'PATH_NOT_ALLOWED',
    `"${whole.slice(0, 300)}" leads out of the Originals folder.`,
    {
      hint: 'Give a folder or file below Originals, such as Weapons\\Rifle.',
      details: { path: given.slice(0, 300) },
    },
  );
}

/** Only Wwise sees it: its words must lie below a folder that is named in the same way. */
async function unseenPath(
  given: string,
  local: string,
  access: PathAccess,
  rules: PathRules,
): Promise<CheckedPath> {
  const path = win32.normalize(local);
  const below = (dir: string): boolean => {
    if (!isWindowsPath(dir)) return false;
    const way = win32.relative(dir.toLowerCase(), path.toLowerCase());
    return way === '' || (!win32.isAbsolute(way) && way.split('\\')[0] !== '..');
  };
  if (access !== 'write' && (await inProject(rules, below, false)))
    return { path, exists: true, isSeen: false };
  const why = 'is a path of Windows, which is not seen from this machine (--map-path makes it known)';
  throw notAllowed(given, path, access, rules.allowedDirs, why);
}

async function inProject(
  { projectDirs }: PathRules,
  isInside: (dir: string) => boolean,
  onDisk: boolean,
): Promise<boolean> {
  const dirs = await projectDirs?.();
  if (dirs === undefined) return false;
  const folders = [dirs.dir, dirs.originalsDir].filter((dir) => dir !== '' && dir !== '.');
  const real = onDisk ? await Promise.all(folders.map(realOrSelf)) : folders;
  return real.some((dir) => dir !== dirname(dir) && isInside(dir));
}

function fromUrl(given: string, access: PathAccess, allowedDirs: readonly string[]): string {
  if (!/^file:/i.test(given)) return given;
  try {
    return fileURLToPath(given);
  } catch {
    throw notAllowed(given, given, access, allowedDirs, 'is the address of no file of this machine');
  }
}

/** The path without links, as far as it exists; what does not exist yet follows by name. */
async function followed(path: string): Promise<{ path: string; exists: boolean; dangling: boolean }> {
  const rest: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    const real = await realPath(at);
    if (real !== undefined) return { path: join(real, ...rest), exists: rest.length === 0, dangling: false };
    // A link that leads nowhere yet would be followed by whoever creates the file.
    const isLink = await fs.lstat(at).then(
      (stat) => stat.isSymbolicLink(),
      () => false,
    );
    if (isLink) return { path: at, exists: false, dangling: true };
    if (at === dirname(at)) return { path, exists: false, dangling: false };
    rest.unshift(at.slice(dirname(at).length).replace(/^[\\/]/, ''));
  }
}

function contains(root: string, path: string): boolean {
  const way = relative(folded(root), folded(path));
  return way === '' || (!isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way));
}

/** Names of files compare without case on these systems, and in any form of their accents on a Mac. */
function folded(path: string): string {
  return platform === 'win32' || platform === 'darwin' ? path.normalize('NFC').toLowerCase() : path;
}

async function realOrSelf(dir: string): Promise<string> {
  return (await realPath(dir)) ?? resolve(dir);
}

async function realPath(path: string): Promise<string | undefined> {
  return fs.realpath(path).catch(() => undefined);
}

function isWindowsPath(path: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\)/i.test(path);
}

function same(path: string): string {
  return path;
}

function notAllowed(
  given: string,
  path: string,
  access: PathAccess,
  allowedDirs: readonly string[],
  why: string | undefined,
  from?: string,
): WwiseFlowError {
  const shown = given.slice(0, 500).replaceAll('\0', '\\0');
  const leads =
    path === given
      ? ''
      : ` (it leads to "${path.slice(0, 500)}"${from === undefined ? '' : `, counted from "${from}"`})`;
  const where = access === 'project' ? "the project's folder" : 'the allowed directories';
  const what = why === undefined ? `lies outside ${where}` : `is outside ${where}: it ${why}`;
  return new WwiseFlowError('PATH_NOT_ALLOWED', `"${shown}"${why === undefined ? leads : ''} ${what}.`, {
    hint: hints[access],
    details: { path: shown, allowedDirs, ...(from === undefined ? {} : { countedFrom: from }) },
  });
}

const hints: Readonly<Record<PathAccess, string>> = {
  read: 'Copy the file into one of details.allowedDirs, or start the server with --allow-dir for its folder.',
  write: 'Write below one of details.allowedDirs, or start the server with --allow-dir for the folder.',
  project: "Name files in the project's folder only.",
};
