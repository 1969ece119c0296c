import { promises as fs } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep, win32 } from 'node:path';
import { platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { WwiseFlowError } from '../errors.ts';
import { specialKind } from './regular-file.ts';

/** Where files may lie. */
export interface PathRules {
  /** Directories that may be read from and written to. */
  readonly allowedDirs: readonly string[];
  /** What relative paths count from, whatever the allowed directories are: where the program was started. */
  readonly startDir: string;
  /** A path as the back-end writes it, as this machine does; others as they are. Default: all as they are. */
  readonly toLocal?: ((path: string) => string) | undefined;
  /** The folders of the open project; asked only for what lies in no allowed directory. Default: there is none. */
  readonly projectDirs?: (() => Promise<ProjectDirs>) | undefined;
}

export interface ProjectDirs {
  readonly dir: string;
  readonly originalsDir: string;
}

/**
 * `read`: in an allowed directory or the project's folder. `write`: in an allowed directory, but not in a `.git` below it: git
 * executes what lies there. `project`: in the project's
 * folder or its Originals.
 */
export type PathAccess = 'read' | 'write' | 'project';

export interface CheckedPath {
  /** Absolute, links resolved as far as it exists. As it was given where only the back-end sees it. */
  readonly path: string;
  readonly exists: boolean;
  /** True for what was named by a link, which is not in its path any more; links to folders above it do not count. */
  readonly isLink: boolean;
  /** False for a path of the back-end's machine that is not seen from here: it was compared by its words alone. */
  readonly isSeen: boolean;
}

/**
 * The one check of every path that reaches a back-end or the disk. Understands `..`, links, both separators, `file:` URLs, drive
 * letters, shares and, by `toLocal`, the drives by which another program sees this machine.
 * Throws PATH_NOT_ALLOWED for what lies elsewhere, or of which it is not known where it lies; FILE_UNREADABLE for a named pipe, a socket
 * or a device: whoever opens one waits, perhaps for ever.
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
  // A back-end may read a backslash as a separator, so it must not pass for part of a name here.
  const wanted = resolve(startDir, sep === '/' ? local.replaceAll('\\', '/') : local);
  const { path, exists, dangling } = await followed(wanted);
  const roots = access === 'project' ? [] : await Promise.all(rules.allowedDirs.map(realOrSelf));
  const around = roots.filter((root) => contains(root, path));
  const isOfGit = access === 'write' && around.length > 0 && around.every((root) => isGitsOwn(root, path));
  const isInside =
    (around.length > 0 && !isOfGit) ||
    (access !== 'write' && (await inProject(rules, (dir) => contains(dir, path), true)));
  if (isInside && !dangling) {
    if (exists) await refuseSpecial(path);
    return { path, exists, isLink: await isLinkAt(wanted), isSeen: true };
  }
  const counted = isAbsolute(local)
    ? undefined
    : { from: startDir, candidates: access === 'read' ? await belowAllowed(local, roots) : [] };
  throw notAllowed(
    given,
    path,
    access,
    rules.allowedDirs,
    dangling ? 'is a link to nowhere' : isOfGit ? "lies in git's own folder" : undefined,
    counted,
  );
}

/** Files of that relative path that are there below a folder that may be read from: clients start servers in folders of their own. */
async function belowAllowed(local: string, roots: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    roots.map(async (root) => {
      const path = await realPath(join(root, sep === '/' ? local.replaceAll('\\', '/') : local));
      return path !== undefined && path !== root && contains(root, path) ? [path] : [];
    }),
  );
  return [...new Set(found.flat())];
}

async function refuseSpecial(path: string): Promise<void> {
  const kind = specialKind(await fs.stat(path));
  if (kind === undefined) return;
  throw new WwiseFlowError('FILE_UNREADABLE', `"${path}" is ${kind}, not a file.`, {
    hint: 'Give the path of an ordinary file.',
    details: { path },
  });
}

/** Only the back-end sees it: its words must lie below a folder that is named in the same way. */
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
    return { path, exists: true, isLink: false, isSeen: false };
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
    if (await isLinkAt(at)) return { path: at, exists: false, dangling: true };
    if (at === dirname(at)) return { path, exists: false, dangling: false };
    rest.unshift(at.slice(dirname(at).length).replace(/^[\\/]/, ''));
  }
}

async function isLinkAt(path: string): Promise<boolean> {
  return fs.lstat(path).then(
    (stat) => stat.isSymbolicLink(),
    () => false,
  );
}

function contains(root: string, path: string): boolean {
  const way = relative(folded(root), folded(path));
  return way === '' || (!isAbsolute(way) && way !== '..' && !/^\.\.[\\/]/.test(way));
}

/** Whether it lies in a `.git`, in each way that a file system may spell it. */
function isGitsOwn(root: string, path: string): boolean {
  return relative(root, path)
    .split(/[\\/]/)
    .some((segment) =>
      /^(\.git|git~\d)[. ]*(:.*)?$/i.test(
        segment.replaceAll(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''),
      ),
    );
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
  counted?: { readonly from: string; readonly candidates: readonly string[] },
): WwiseFlowError {
  const shown = given.slice(0, 500).replaceAll('\0', '\\0');
  const leads =
    path === given
      ? ''
      : ` (it leads to "${path.slice(0, 500)}"${counted === undefined ? '' : `, counted from "${counted.from}"`})`;
  const where = access === 'project' ? "the project's folder" : 'the allowed directories';
  const what = why === undefined ? `lies outside ${where}` : `is outside ${where}: it ${why}`;
  return new WwiseFlowError('PATH_NOT_ALLOWED', `"${shown}"${why === undefined ? leads : ''} ${what}.`, {
    hint: counted === undefined ? hints[access] : relativeHint(access, counted.candidates),
    details: {
      path: shown,
      allowedDirs,
      ...(counted === undefined ? {} : { countedFrom: counted.from }),
      ...(counted === undefined || counted.candidates.length === 0 ? {} : { candidates: counted.candidates }),
    },
  });
}

function relativeHint(access: PathAccess, [nearest]: readonly string[]): string {
  if (nearest !== undefined) return `Did you mean "${nearest}"? Give the full path of a file.`;
  return `Give the full path: this one counts from where the server was started. ${hints[access]}`;
}

const hints: Readonly<Record<PathAccess, string>> = {
  read: 'Copy the file into one of details.allowedDirs, or start the server with --allow-dir for its folder.',
  write: 'Write below one of details.allowedDirs, or start the server with --allow-dir for the folder.',
  project: "Name files in the project's folder only.",
};
