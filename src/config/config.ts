import { dirname, join, parse, resolve } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import type { LogLevel } from '../core/log.ts';
import { didYouMean } from '../core/nearest.ts';
import { shownAddress } from '../core/without-credentials.ts';
import type { Door } from './argv/door.ts';
import { parseArgv } from './parse-argv.ts';
import { parseEnv } from './parse-env.ts';
import { defaultWwiseUrl, type RawSettings } from './settings.ts';

/** Where the calls go: a running Wwise, or a project file edited by the embedded engine. */
export type Target =
  | {
      readonly kind: 'wwise';
      /** To connect to; may hold a user and a password. */
      readonly url: string;
      /** To show. */
      readonly address: string;
    }
  | { readonly kind: 'project'; readonly filePath: string };

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
  /** What looked wrong but does not prevent the start. */
  readonly warnings: readonly string[];
}

export interface PathSettings {
  readonly host: 'windows' | 'mac' | 'wsl' | 'linux';
  readonly homeDir: string;
  readonly wslDistribution: string | undefined;
  /** Folders here and as Wwise sees them. */
  readonly table: readonly { readonly local: string; readonly wwise: string }[];
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
}

/**
 * One frozen Config from argv and environment; what the command line says wins over the environment.
 * @throws WwiseFlowError INVALID_INPUT naming the offending flag or variable.
 */
export function readConfig(surroundings: Surroundings): Config {
  const fromArgv = parseArgv(surroundings.argv, surroundings.version);
  const fromEnv = parseEnv(surroundings.env);
  checkOneTarget(fromArgv.settings, '--wwise and --project');
  checkOneTarget(fromEnv.settings, 'WWISEFLOW_WWISE and WWISEFLOW_PROJECT');
  const merged = mergeSettings(fromArgv.settings, fromEnv.settings);
  return finalize(fromArgv.door, merged, fromEnv.warnings, surroundings);
}

/** The command line over the environment. A target on the command line replaces the environment's, whatever its kind. */
function mergeSettings(argv: RawSettings, env: RawSettings): RawSettings {
  const { wwise, project, ...rest } = env;
  const argvHasTarget = argv.wwise !== undefined || argv.project !== undefined;
  return argvHasTarget ? { ...rest, ...argv } : { ...env, ...argv };
}

/** Fills the defaults, makes paths absolute, checks values and freezes. */
function finalize(
  door: Door,
  raw: RawSettings,
  warnings: readonly string[],
  surroundings: Surroundings,
): Config {
  const target = readTarget(raw, surroundings);
  const choice: ToolChoice = Object.freeze({
    toolsets: raw.toolsets ?? null,
    tools: raw.tools ?? null,
    excludeTools: raw.excludeTools ?? [],
    readOnly: raw.readOnly ?? false,
  });
  return Object.freeze({
    door: Object.freeze(resolveDoor(door, surroundings.cwd)),
    target,
    choice,
    allowedDirs: Object.freeze(readAllowedDirs(raw, target, surroundings.cwd)),
    startDir: surroundings.cwd,
    stateDir: raw.state === undefined ? defaultStateDir(surroundings) : resolve(surroundings.cwd, raw.state),
    expectProject: raw.expectProject ?? null,
    consolePath: readConsolePath(raw, surroundings),
    paths: Object.freeze(readPaths(raw, surroundings)),
    limits: Object.freeze(readLimits(raw)),
    runLimits: Object.freeze(readRunLimits(raw)),
    logLevel: readLogLevel(raw.logLevel ?? usualLogLevel(door)),
    warnings: Object.freeze([...warnings]),
  });
}

/** Where it was said to be, else where the installation that the launcher made known keeps it on Windows. */
function readConsolePath(raw: RawSettings, { env, cwd }: Surroundings): string | null {
  if (raw.wwiseConsole !== undefined) return resolve(cwd, raw.wwiseConsole);
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

function checkOneTarget(raw: RawSettings, names: string): void {
  if (raw.wwise === undefined || raw.project === undefined) return;
  throw new WwiseFlowError('INVALID_INPUT', `${names} exclude each other.`, {
    hint: 'Give the address of a running Wwise or a project file, not both.',
    details: { wwise: shownAddress(raw.wwise), project: shownAddress(raw.project) },
  });
}

function readTarget(raw: RawSettings, surroundings: Surroundings): Target {
  if (raw.project !== undefined)
    return Object.freeze({ kind: 'project', filePath: projectFileOf(raw.project, surroundings) });
  const url = raw.wwise ?? defaultWwiseUrl;
  if (!/^(wss?|http):$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `--wwise "${shownAddress(url)}" is neither a WebSocket nor an HTTP address.`,
      {
        hint: `Write it like ${defaultWwiseUrl}, or http://127.0.0.1:8090/waapi for HTTP POST.`,
      },
    );
  }
  return Object.freeze({ kind: 'wwise', url, address: shownAddress(url) });
}

/** The project file that is meant: the file itself, or the only one in the folder that was named. */
function projectFileOf(given: string, { cwd, projectFilesIn = () => [] }: Surroundings): string {
  const path = resolve(cwd, given);
  if (path.toLowerCase().endsWith('.wproj')) return path;
  const names = projectFilesIn(path);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return join(path, only);
  const found =
    names.length === 0 ? 'is not a .wproj file and holds none' : `holds ${names.length} .wproj files`;
  throw new WwiseFlowError('INVALID_INPUT', `--project "${shownAddress(given)}" ${found}.`, {
    hint:
      names.length === 0
        ? 'Name the .wproj file of the project, or the folder it lies in.'
        : `Name one of them: ${names.map((name) => join(given, name)).join(', ')}.`,
    details: { project: shownAddress(given), candidates: names.map((name) => join(path, name)) },
  });
}

function readAllowedDirs(raw: RawSettings, target: Target, cwd: string): string[] {
  const given = raw.allowDir?.map((dir) => resolve(cwd, dir));
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
  raw: RawSettings,
  { cwd, env, homeDir, platform, hasWindowsDrives }: Surroundings,
): PathSettings {
  const table = (raw.mapPath ?? []).map((text) => {
    const [local, wwise] = readPair('--map-path', text, '/srv/audio=S:\\Audio');
    return { local: resolve(cwd, local), wwise };
  });
  const wslDistribution = env.WSL_DISTRO_NAME || undefined;
  const inWsl = platform === 'linux' && (wslDistribution !== undefined || hasWindowsDrives === true);
  const elsewhere = platform === 'darwin' ? 'mac' : inWsl ? 'wsl' : 'linux';
  return { host: platform === 'win32' ? 'windows' : elsewhere, homeDir, wslDistribution, table };
}

function readLimits(raw: RawSettings): ConnectionLimits {
  const limits = (raw.callTimeout ?? []).map((text): [string, number] => {
    const [name, seconds] = readPair('--call-timeout', text, 'ak.wwise.core.soundbank.generate=7200');
    if (name !== 'default' && !/^ak(\.\w+)+$/.test(name)) {
      throw new WwiseFlowError('INVALID_INPUT', `--call-timeout "${text}" names no WAAPI function.`, {
        hint: 'Write the whole URI, as in ak.wwise.core.object.get=60, or default=60.',
      });
    }
    return [name, readNumber('--call-timeout', seconds, 'seconds', 0.001, 86_400) * 1000];
  });
  const { lockedPatience, queueLength } = raw;
  return {
    timeLimitsMs: Object.freeze(Object.fromEntries(limits)),
    lockedPatienceMs:
      lockedPatience === undefined
        ? undefined
        : readNumber('--locked-patience', lockedPatience, 'seconds', 0, 86_400) * 1000,
    maxQueueLength:
      queueLength === undefined
        ? undefined
        : Math.floor(readNumber('--queue-length', queueLength, 'calls', 1, 1_000_000)),
  };
}

function readRunLimits({ maxConcurrency, maxPerSecond }: RawSettings): RunLimits {
  return {
    maxConcurrency:
      maxConcurrency === undefined
        ? undefined
        : Math.floor(readNumber('--max-concurrency', maxConcurrency, 'nodes', 1, 1000)),
    maxPerSecond:
      maxPerSecond === undefined
        ? undefined
        : readNumber('--max-per-second', maxPerSecond, 'nodes', 0.01, 1_000_000),
  };
}

/** `name=value`; a value may hold further equals signs. */
function readPair(flag: string, text: string, example: string): readonly [string, string] {
  const [name = '', ...rest] = text.split('=');
  const pair = [name.trim(), rest.join('=').trim()] as const;
  if (pair.every((side) => side !== '')) return pair;
  throw new WwiseFlowError('INVALID_INPUT', `${flag} "${text}" lacks one side of its equals sign.`, {
    hint: `Write it like ${flag} ${example}.`,
  });
}

function readNumber(flag: string, text: string, unit: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new WwiseFlowError('INVALID_INPUT', `${flag} "${text}" is not a number of ${unit}.`, {
    hint: `Give a number from ${least} to ${most}.`,
  });
}

const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** A server logs what it does; on a terminal the output itself says it. */
function usualLogLevel(door: Door): LogLevel {
  return door.kind === 'mcp' || door.kind === 'waapi-server' ? 'info' : 'warn';
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((candidate) => candidate === text.toLowerCase());
  if (level !== undefined) return level;
  throw new WwiseFlowError('INVALID_INPUT', `"${text}" is not a log level.${didYouMean(text, logLevels)}`, {
    hint: `Use one of ${logLevels.join(', ')}.`,
  });
}
