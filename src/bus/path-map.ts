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
  /** `projectFilePath` shows how this Wwise writes paths: a Windows path unless it is the embedded engine's. */
  toWwise(localPath: string, projectFilePath: string): string;
  /** A path that needs no translation comes back as it is. */
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
    toWwise(localPath, projectFilePath) {
      for (const { local, wwise } of byLocal) {
        const rest = below(localPath, local);
        if (rest !== undefined) return joinAs(wwise, rest);
      }
      if (host === 'windows' || isWindowsPath(localPath) || !isWindowsPath(projectFilePath)) return localPath;
      const mounted = /^\/mnt\/([a-z])(?:\/(.*))?$/i.exec(localPath);
      if (host === 'wsl' && mounted !== null)
        return `${mounted[1]?.toUpperCase()}:\\${backslashes(mounted[2] ?? '')}`;
      if (host === 'wsl') return `\\\\wsl.localhost\\${wslDistribution ?? 'Linux'}${backslashes(localPath)}`;
      return `Z:${backslashes(localPath)}`;
    },
    toLocal(wwisePath) {
      for (const { local, wwise } of byWwise) {
        const rest = below(wwisePath, wwise);
        if (rest !== undefined) return joinAs(local, rest);
      }
      if (host === 'windows' || !isWindowsPath(wwisePath)) return wwisePath;
      if (host === 'wsl') return fromWindowsInWsl(wwisePath);
      const [, drive = '', rest = ''] = /^([A-Z]):[\\/]?(.*)$/i.exec(wwisePath) ?? [];
      const path = rest.replaceAll('\\', '/');
      if (drive.toUpperCase() === 'Z') return `/${path}`;
      return drive.toUpperCase() === 'Y' ? `${homeDir}/${path}` : wwisePath;
    },
  };
}

/** `local=wwise`, as --map-path takes it; undefined when there is no `=` or a side is empty. */
export function parseFolderPair(text: string): FolderPair | undefined {
  const [local = '', wwise = ''] = text.split('=', 2).map((side) => side.trim());
  return local === '' || wwise === '' ? undefined : { local, wwise };
}

function isWindowsPath(path: string): boolean {
  return /^[A-Z]:[\\/]/i.test(path) || path.startsWith('\\\\');
}

function fromWindowsInWsl(path: string): string {
  const shared = /^\\\\wsl(?:\.localhost|\$)\\[^\\]+(\\.*)?$/i.exec(path);
  if (shared !== null) return (shared[1] ?? '\\').replaceAll('\\', '/');
  const [, drive = '', rest = ''] = /^([A-Z]):[\\/]?(.*)$/i.exec(path) ?? [];
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
  return rest === '' ? base : base + separator + rest.replaceAll(/[\\/]/g, separator);
}

function backslashes(path: string): string {
  return path.replaceAll('/', '\\');
}
