import { WwiseFlowError } from '../../core/errors.ts';

/** Where this process runs, as far as file paths are concerned. */
export type HostKind = 'windows' | 'mac' | 'wsl' | 'linux';

export interface PathMapOptions {
  readonly host: HostKind;
  readonly homeDir: string;
  /** Name of the Linux distribution under WSL: files outside /mnt are `\\wsl.localhost\<name>\...` for Windows. */
  readonly wslDistribution?: string | undefined;
  /** The user's own pairs of folders, tried before everything else, longest first. */
  readonly table?: readonly FolderPair[] | undefined;
}

export interface FolderPair {
  readonly local: string;
  readonly wwise: string;
}

/** The same file as this process and as Wwise write it. */
export interface PathMap {
  /**
   * An absolute path of this machine in Wwise's words; any other text comes back as it is. `example` is a path this Wwise
   * wrote, to show how it writes them. Throws FILE_UNREADABLE where nothing shows how Wwise sees the file.
   */
  toWwise(localPath: string, example: string): string;
  /** A path that needs no translation, or has none, comes back as it is. */
  toLocal(wwisePath: string): string;
}

/**
 * Translates between the two views. Wwise on a Mac runs behind Windows paths with `/` as drive Z: and the home directory
 * as Y: (WAAPI documentation); an agent inside WSL sees drive C: as /mnt/c.
 */
export function createPathMap({ host, homeDir, wslDistribution, table = [] }: PathMapOptions): PathMap {
  const byLocal = [...table].sort((a, b) => b.local.length - a.local.length);
  const byWwise = [...table].sort((a, b) => b.wwise.length - a.wwise.length);
  return {
    toWwise(localPath, example) {
      for (const { local, wwise } of byLocal) {
        const rest = below(localPath, local);
        if (rest !== undefined) return joinAs(wwise, rest);
      }
      if (host === 'windows' || !localPath.startsWith('/') || !isWindowsPath(example)) return localPath;
      if (host === 'wsl') return fromWslToWindows(localPath, wslDistribution, example);
      // Behind these drives Wwise sees all of this machine; behind any other it is on a machine of its own.
      if (/^[YZ]:/i.test(example)) return `Z:${backslashes(localPath)}`;
      throw notSeen(localPath, example);
    },
    toLocal(wwisePath) {
      for (const { local, wwise } of byWwise) {
        const rest = below(wwisePath, wwise);
        if (rest !== undefined) return joinAs(local, rest);
      }
      if (host === 'windows' || !isWindowsPath(wwisePath)) return wwisePath;
      if (host === 'wsl') return fromWindowsToWsl(wwisePath, wslDistribution);
      const [, drive = '', rest = ''] = /^([A-Z]):[\\/]?(.*)$/is.exec(wwisePath) ?? [];
      const path = rest.replaceAll('\\', '/');
      if (drive.toUpperCase() === 'Z') return `/${path}`;
      return drive.toUpperCase() === 'Y' ? `${homeDir}/${path}` : wwisePath;
    },
  };
}

function isWindowsPath(path: string): boolean {
  return /^[A-Z]:[\\/]/i.test(path) || path.startsWith('\\\\');
}

function fromWslToWindows(path: string, distribution: string | undefined, example: string): string {
  const mounted = /^\/mnt\/([a-z])(?:\/(.*))?$/is.exec(path);
  if (mounted !== null) return `${mounted[1]?.toUpperCase()}:\\${backslashes(mounted[2] ?? '')}`;
  if (distribution === undefined) throw notSeen(path, example);
  return `\\\\wsl.localhost\\${distribution}${backslashes(path)}`;
}

/** Files of another distribution, or on a share, are not seen from inside this one. */
function fromWindowsToWsl(path: string, distribution: string | undefined): string {
  const shared = /^\\\\wsl(?:\.localhost|\$)\\([^\\]+)(\\.*)?$/is.exec(path);
  const isOurs = distribution === undefined || shared?.[1]?.toLowerCase() === distribution.toLowerCase();
  if (shared !== null) return isOurs ? (shared[2] ?? '\\').replaceAll('\\', '/') : path;
  const [, drive = '', rest = ''] = /^([A-Z]):[\\/]?(.*)$/is.exec(path) ?? [];
  return drive === '' ? path : `/mnt/${drive.toLowerCase()}/${rest.replaceAll('\\', '/')}`;
}

/** What of a path lies below a folder, without case for Windows folders; '' for the folder itself. */
function below(path: string, folder: string): string | undefined {
  const trimmed = folder.replace(/[\\/]+$/, '');
  const fold = isWindowsPath(folder)
    ? (text: string) => text.toLowerCase().replaceAll('/', '\\')
    : (text: string) => text;
  if (fold(path) === fold(trimmed)) return '';
  const next = path[trimmed.length];
  const isBelow = fold(path).startsWith(fold(trimmed)) && (next === '/' || next === '\\');
  return isBelow ? path.slice(trimmed.length + 1) : undefined;
}

/** A rest below a folder, with the separator the folder uses. */
function joinAs(folder: string, rest: string): string {
  const separator = isWindowsPath(folder) ? '\\' : '/';
  const base = folder.replace(/[\\/]+$/, '');
  return rest === '' ? base || separator : base + separator + rest.replaceAll(/[\\/]/g, separator);
}

function backslashes(path: string): string {
  return path.replaceAll('/', '\\');
}

function notSeen(localPath: string, example: string): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_UNREADABLE',
    `Wwise writes paths like "${example}": how it sees "${localPath}" is not known.`,
    {
      hint: 'Share the folder with the machine of Wwise and start with --map-path LOCAL=WWISE, for example --map-path /srv/audio=S:\\Audio.',
      details: { path: localPath, wwisePath: example },
    },
  );
}
