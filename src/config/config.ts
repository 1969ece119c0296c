import { dirname, join, parse, resolve } from 'node:path';
import type { LogLevel } from '../core/log.ts';
import type { Door } from './argv/door.ts';
import { type ConfigDisk, noDisk } from './file/config-file.ts';
import { findConfigFiles } from './file/find-config-files.ts';
import { type FileInUse, fileInUse, layersOf } from './layers.ts';
import { parseArgv } from './parse-argv.ts';
import { parseEnv } from './parse-env.ts';
import { reportSettings, type SettingReport } from './report-settings.ts';
import type { Mapping, SettingKey } from './setting.ts';
import { type SettingReader, settingsFrom } from './setting-reader.ts';
import { logLevels } from './settings.ts';
import { chooseTarget, type Target } from './target.ts';

/** Which commands are offered. Null: not narrowed. */
export interface ToolChoice {
  readonly toolsets: readonly string[] | null;
  readonly tools: readonly string[] | null;
  readonly excludeTools: readonly string[];
  readonly readOnly: boolean;
}

/** Everything a start decides, frozen. Paths are absolute. */
export interface Config {
  readonly door: Door;
  readonly target: Target;
  readonly choice: ToolChoice;
  /** Directories that files may be read from and written to. */
  readonly allowedDirs: readonly string[];
  /** Where the program was started: what relative paths count from. */
  readonly startDir: string;
  /** Where the memo and the audit log are kept. */
  readonly stateDir: string;
  /** Name or GUID of the only project that may be changed. */
  readonly expectProject: string | null;
  /** The WwiseConsole program; null when none is known. */
  readonly consolePath: string | null;
  /** How files are called here and by Wwise. */
  readonly paths: PathSettings;
  /** What the connection to Wwise waits for and holds; undefined where nothing was said. */
  readonly limits: ConnectionLimits;
  /** What workflow runs may take, all together; undefined where nothing was said. */
  readonly runLimits: RunLimits;
  readonly logLevel: LogLevel;
  /** The configuration files that hold, the stronger one first. */
  readonly files: readonly FileInUse[];
  /** Every setting with its value as it may be shown, and where it was said. */
  readonly settings: readonly SettingReport[];
  /** What looked wrong but does not prevent the start. */
  readonly warnings: readonly string[];
}

export interface PathSettings {
  readonly host: 'windows' | 'mac' | 'wsl' | 'linux';
  readonly homeDir: string;
  readonly wslDistribution: string | undefined;
  /** Folders here and as Wwise sees them. */
  readonly table: readonly Mapping[];
}

export interface ConnectionLimits {
  /** By WAAPI function, in milliseconds; `default` for those without a limit of their own. */
  readonly timeLimitsMs: Readonly<Record<string, number>>;
  readonly lockedPatienceMs: number | undefined;
  readonly maxQueueLength: number | undefined;
}

export interface RunLimits {
  /** Reading nodes under way at once. */
  readonly maxConcurrency: number | undefined;
  /** Nodes that begin in a second. */
  readonly maxPerSecond: number | undefined;
}

/** What config needs to know about the machine; handed in so that reading a config stays pure. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: string;
  readonly version: string;
  /** Whether the drives of Windows lie under /mnt, as in WSL. Default: no. */
  readonly hasWindowsDrives?: boolean;
  /** Names of the project files (`.wproj`) in a folder; empty for what is no folder. Default: none anywhere. */
  readonly projectFilesIn?: (dir: string) => readonly string[];
  /** How configuration files are read. Default: there are none. */
  readonly disk?: ConfigDisk;
}

/**
 * One frozen Config from command line, environment and configuration files; the earlier of these wins.
 * @throws WwiseFlowError INVALID_INPUT naming the offending flag, variable or key of a file; of the files also FILE_NOT_FOUND,
 * FILE_UNREADABLE and PATH_NOT_ALLOWED.
 */
export function readConfig(surroundings: Surroundings): Config {
  const { env, cwd, disk = noDisk, projectFilesIn = () => [] } = surroundings;
  const fromArgv = parseArgv(surroundings.argv, surroundings.version, cwd);
  const { door } = fromArgv;
  const fromEnv = parseEnv(env, cwd);
  const chosen = (key: SettingKey) => fromArgv.settings.get(key) ?? fromEnv.settings.get(key);
  // Help is given whatever a file says.
  const files = door.kind === 'print' ? [] : findConfigFiles(chosen('config'), surroundings, disk);
  const layers = layersOf(fromArgv.settings, fromEnv.settings, files);
  const target = chooseTarget(layers, files, chosen('env'), { ...surroundings, disk, projectFilesIn });
  const raw = settingsFrom(layers);
  return Object.freeze({
    door: Object.freeze(resolveDoor(door, cwd)),
    target: target.target,
    choice: Object.freeze({
      toolsets: raw.texts('toolsets') ?? null,
      tools: raw.texts('tools') ?? null,
      excludeTools: raw.texts('excludeTools') ?? [],
      readOnly: raw.isOn('readOnly'),
    }),
    allowedDirs: Object.freeze(readAllowedDirs(raw, target.target, cwd)),
    startDir: cwd,
    stateDir: raw.text('state') ?? defaultStateDir(surroundings),
    expectProject: raw.text('expectProject') ?? null,
    consolePath: raw.text('wwiseConsole') ?? defaultConsolePath(surroundings),
    paths: Object.freeze(readPaths(raw, surroundings)),
    limits: Object.freeze(readLimits(raw)),
    runLimits: Object.freeze({
      maxConcurrency: raw.number('maxConcurrency'),
      maxPerSecond: raw.number('maxPerSecond'),
    }),
    logLevel: logLevels.find((level) => level === raw.text('logLevel')) ?? usualLogLevel(door),
    files: Object.freeze(files.map((file) => fileInUse(file, chosen('env')))),
    settings: Object.freeze(reportSettings(layers, target)),
    warnings: Object.freeze([...fromEnv.warnings]),
  });
}

/** Where the installation that the launcher made known keeps it on Windows. */
function defaultConsolePath({ env }: Surroundings): string | null {
  const root = env.WWISEROOT?.trim() ?? '';
  return root === '' ? null : join(root, 'Authoring', 'x64', 'Release', 'bin', 'WwiseConsole.exe');
}

function resolveDoor(door: Door, cwd: string): Door {
  if (door.kind === 'run') return { ...door, flowPath: resolve(cwd, door.flowPath) };
  if (door.kind === 'resume' && door.flowPath !== undefined)
    return { ...door, flowPath: resolve(cwd, door.flowPath) };
  if (door.kind === 'waapi-server') {
    const { projectPath } = door;
    return { ...door, projectPath: projectPath === null ? null : resolve(cwd, projectPath) };
  }
  if (door.kind === 'new' || door.kind === 'check') {
    return { ...door, projectPath: resolve(cwd, door.projectPath) };
  }
  return door;
}

function readAllowedDirs(raw: SettingReader, target: Target, cwd: string): string[] {
  const given = raw.texts('allowDir');
  if (given !== undefined) return [...new Set(given)];
  // Desktop clients start servers in the root directory: that must not open the whole disk.
  const current = cwd === parse(cwd).root ? [] : [cwd];
  const beside = target.kind === 'project' ? [dirname(target.filePath)] : [];
  return [...new Set([...current, ...beside])];
}

function defaultStateDir({ env, homeDir, platform }: Surroundings): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homeDir, 'AppData', 'Local'), 'wwiseflow');
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'wwiseflow');
  return join(env.XDG_STATE_HOME || join(homeDir, '.local', 'state'), 'wwiseflow');
}

function readPaths(
  raw: SettingReader,
  { env, homeDir, platform, hasWindowsDrives }: Surroundings,
): PathSettings {
  const wslDistribution = env.WSL_DISTRO_NAME || undefined;
  const inWsl = platform === 'linux' && (wslDistribution !== undefined || hasWindowsDrives === true);
  const elsewhere = platform === 'darwin' ? 'mac' : inWsl ? 'wsl' : 'linux';
  const table = raw.mappings('mapPath');
  return { host: platform === 'win32' ? 'windows' : elsewhere, homeDir, wslDistribution, table };
}

function readLimits(raw: SettingReader): ConnectionLimits {
  const limits = [...raw.timeouts('callTimeout')].map(([name, seconds]) => [name, seconds * 1000]);
  const lockedPatience = raw.number('lockedPatience');
  return {
    timeLimitsMs: Object.freeze(Object.fromEntries(limits)),
    lockedPatienceMs: lockedPatience === undefined ? undefined : lockedPatience * 1000,
    maxQueueLength: raw.number('queueLength'),
  };
}

/** A server logs what it does; on a terminal the output itself says it. */
function usualLogLevel(door: Door): LogLevel {
  return door.kind === 'mcp' || door.kind === 'waapi-server' ? 'info' : 'warn';
}
