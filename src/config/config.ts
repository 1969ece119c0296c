import { dirname, join, parse, resolve } from 'node:path';
import { type Profile, profiles } from '../core/access/profile.ts';
import { WwiseFlowError } from '../core/errors.ts';
import type { LogLevel } from '../core/log.ts';
import { shownAddress } from '../core/secrets/without-credentials.ts';
import type { Subcommand } from './argv/subcommand.ts';
import { type ConfiguredDatabase, databasesOf } from './databases-of.ts';
import { type ConfigDisk, noDisk } from './file/config-file.ts';
import { findConfigFiles } from './file/find-config-files.ts';
import { type FileInUse, fileInUse, layersOf } from './layers.ts';
import { optionsOfSettings } from './options-of.ts';
import { parseArgv } from './parse-argv.ts';
import { parseEnv } from './parse-env.ts';
import { reportSettings, type SettingReport } from './report-settings.ts';
import { type Secrets, secretsOf } from './secrets-of.ts';
import { type ServerAddress, serverAddress } from './server-address.ts';
import type { Mapping, SaidSettings, SettingKey } from './setting.ts';
import { type SettingReader, settingsFrom } from './setting-reader.ts';
import { logLevels } from './settings.ts';
import { checkSubcommandProfile } from './subcommand-profile.ts';
import { type ChosenTarget, chooseTarget, onlyProjectFile, type Target, targetKeys } from './target.ts';

/** Which commands are offered. Null: not narrowed. */
export interface ToolChoice {
  readonly toolsets: readonly string[] | null;
  readonly tools: readonly string[] | null;
  readonly excludeTools: readonly string[];
  readonly readOnly: boolean;
  /** A project that a newer Wwise saved may be edited. */
  readonly forceNewer: boolean;
  /** Who the start is for: `reader` with `--read-only`, `admin` where nothing was said. */
  readonly profile: Profile;
}

/** Everything a start decides, frozen. Paths are absolute. */
export interface Config {
  readonly subcommand: Subcommand;
  readonly target: Target;
  readonly choice: ToolChoice;
  /** Directories that files may be read from and written to. */
  readonly allowedDirs: readonly string[];
  /** Where the program was started: what relative paths count from. */
  readonly startDir: string;
  /** Where the memo and the audit log are kept. */
  readonly stateDir: string;
  /** The PostgreSQL that machines share; null: what is kept is in the state directory. */
  readonly database: ServerAddress | null;
  /** The Redis that machines share; null: none. */
  readonly redis: ServerAddress | null;
  /** The bucket with what runs leave; null: it is in the state directory. */
  readonly artifacts: ServerAddress | null;
  /** The file with what /health warns of; undefined: the usual thresholds. */
  readonly thresholdsPath: string | undefined;
  /** Where traces are sent to; null: none are kept. */
  readonly traces: ServerAddress | null;
  /** Which workers take the runs begun here, and which runs a worker takes. */
  readonly queueName: string;
  /** Name or GUID of the only project that may be changed. */
  readonly expectProject: string | null;
  /** The WwiseConsole program; null when none is known. */
  readonly consolePath: string | null;
  /** How files are called here and by Wwise. */
  readonly paths: PathSettings;
  /** What the connection to Wwise waits for and holds; undefined where nothing was said. */
  readonly limits: ConnectionLimits;
  /** After so long without a call a server lets a project go; 0: never. */
  readonly idleMs: number;
  /** What workflow runs may take, all together; undefined where nothing was said. */
  readonly runLimits: RunLimits;
  /** What workflows may ask of programs and machines other than the back-end. */
  readonly remote: RemoteSettings;
  /** Folders with templates of the user's own, the last one the strongest. */
  readonly templateDirs: readonly string[];
  /** Packages or folders of plug-ins, in the order they are loaded. */
  readonly plugins: readonly string[];
  readonly logLevel: LogLevel;
  /** What workflows read as `secrets`, by name; `WORKSPACE/NAME` is for that workspace alone. */
  readonly secrets: Secrets;
  /** What workflows read from and write to, by name; `WORKSPACE/NAME` is for that workspace alone. */
  readonly databases: ReadonlyMap<string, ConfiguredDatabase>;
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

export interface RemoteSettings {
  /** Folders with presets of the user's own, the last one the strongest. */
  readonly presetDirs: readonly string[];
  /** Hosts of private networks that a redirect may lead to. */
  readonly redirectHosts: readonly string[];
  /** Programs that may be run, by name or path. */
  readonly programs: readonly string[];
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
  const { subcommand } = fromArgv;
  const fromEnv = parseEnv(env, cwd);
  const chosen = (key: SettingKey) => fromArgv.settings.get(key) ?? fromEnv.settings.get(key);
  // Help is given whatever a file says.
  const files = subcommand.kind === 'print' ? [] : findConfigFiles(chosen('config'), surroundings, disk);
  const layers = layersOf(fromArgv.settings, fromEnv.settings, files);
  const target = chooseTarget(layers, files, chosen('env'), { ...surroundings, disk, projectFilesIn });
  const raw = settingsFrom(layers);
  const profile = readProfile(raw);
  checkSubcommandProfile(subcommand, profile);
  return Object.freeze({
    subcommand: Object.freeze(
      subcommand.kind === 'init'
        ? { ...subcommand, ...initialised(fromArgv.settings, fromEnv.settings, target) }
        : resolveSubcommand(subcommand, target.target, cwd, projectFilesIn),
    ),
    target: target.target,
    choice: Object.freeze({
      toolsets: raw.texts('toolsets') ?? null,
      tools: raw.texts('tools') ?? null,
      excludeTools: raw.texts('excludeTools') ?? [],
      readOnly: profile === 'reader',
      forceNewer: raw.isOn('forceNewer'),
      profile,
    }),
    allowedDirs: Object.freeze(readAllowedDirs(raw, target.target, cwd)),
    startDir: cwd,
    stateDir: raw.text('state') ?? defaultStateDir(surroundings),
    database: serverAddress(layers, 'database', { env, disk }),
    redis: serverAddress(layers, 'redis', { env, disk }),
    artifacts: serverAddress(layers, 'artifacts', { env, disk }),
    thresholdsPath: raw.text('thresholds'),
    traces: serverAddress(layers, 'traces', { env, disk }) ?? usualCollector(env),
    queueName: readQueueName(raw),
    expectProject: raw.text('expectProject') ?? null,
    consolePath: raw.text('wwiseConsole') ?? defaultConsolePath(surroundings),
    paths: Object.freeze(readPaths(raw, surroundings)),
    limits: Object.freeze(readLimits(raw)),
    idleMs: (raw.number('idleMinutes') ?? 15) * 60_000,
    runLimits: Object.freeze({
      maxConcurrency: raw.number('maxConcurrency'),
      maxPerSecond: raw.number('maxPerSecond'),
    }),
    templateDirs: raw.texts('templates') ?? [],
    plugins: raw.texts('plugin') ?? [],
    remote: Object.freeze({
      presetDirs: raw.texts('presets') ?? [],
      redirectHosts: (raw.texts('allowRedirect') ?? []).map((host) => host.toLowerCase()),
      programs: raw.texts('allowProgram') ?? [],
    }),
    logLevel: logLevels.find((level) => level === raw.text('logLevel')) ?? usualLogLevel(subcommand),
    secrets: secretsOf(env, files, chosen('env'), disk),
    databases: databasesOf(env, files, chosen('env'), disk),
    files: Object.freeze(files.map((file) => fileInUse(file, chosen('env')))),
    settings: Object.freeze(reportSettings(layers, target)),
    warnings: Object.freeze([...fromEnv.warnings]),
  });
}

/** What `init` hands on: the strongest target alone, so that the entry does not name two. */
function initialised(argv: SaidSettings, env: SaidSettings, { target, said }: ChosenTarget) {
  const both = new Map([...env, ...argv]);
  for (const key of targetKeys) if (!said.has(key)) both.delete(key);
  const isOfFile = said.size > 0 && !targetKeys.some((key) => both.has(key));
  // The file may not be found where the client starts the server.
  const named = isOfFile && target.kind === 'project' ? ['--project', target.filePath] : [];
  return { options: [...named, ...optionsOfSettings(both, target)], namesTarget: said.size > 0 };
}

/** `--read-only` and the profile `reader` are one thing, and the narrower of the two holds. */
function readProfile(raw: SettingReader): Profile {
  if (raw.isOn('readOnly')) return 'reader';
  return profiles.find((profile) => profile === raw.text('profile')) ?? 'admin';
}

function readQueueName(raw: SettingReader): string {
  const name = raw.text('queue') ?? 'default';
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return name;
  throw new WwiseFlowError('INVALID_INPUT', `"${name}" cannot be the name of a queue.`, {
    hint: 'Use 1 to 64 letters, digits, "_" and "-".',
    details: { queue: name },
  });
}

/** Where the installation that the launcher made known keeps it on Windows. */
function defaultConsolePath({ env }: Surroundings): string | null {
  const root = env.WWISEROOT?.trim() ?? '';
  return root === '' ? null : join(root, 'Authoring', 'x64', 'Release', 'bin', 'WwiseConsole.exe');
}

function resolveSubcommand(
  subcommand: Subcommand,
  target: Target,
  cwd: string,
  projectFilesIn: (dir: string) => readonly string[],
): Subcommand {
  const projectFile = (path: string) => onlyProjectFile(resolve(cwd, path), 'The project', projectFilesIn);
  if (subcommand.kind === 'run' || subcommand.kind === 'explain')
    return { ...subcommand, flowPath: resolve(cwd, subcommand.flowPath) };
  if (subcommand.kind === 'resume' && subcommand.flowPath !== undefined)
    return { ...subcommand, flowPath: resolve(cwd, subcommand.flowPath) };
  if (subcommand.kind === 'compare') {
    const [a, b] = subcommand.flowPaths;
    return { ...subcommand, flowPaths: [resolve(cwd, a), resolve(cwd, b)] };
  }
  if (subcommand.kind === 'waapi-server') {
    const { projectPath } = subcommand;
    if (projectPath !== null) return { ...subcommand, projectPath: projectFile(projectPath) };
    return { ...subcommand, projectPath: target.kind === 'project' ? target.filePath : null };
  }
  if (subcommand.kind === 'check') return { ...subcommand, projectPath: projectFile(subcommand.projectPath) };
  if (subcommand.kind === 'new') return { ...subcommand, projectPath: resolve(cwd, subcommand.projectPath) };
  return subcommand;
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
function usualLogLevel(subcommand: Subcommand): LogLevel {
  return ['mcp', 'serve', 'worker', 'waapi-server'].includes(subcommand.kind) ? 'info' : 'warn';
}

/** The collector that every program with OpenTelemetry sends to; null where none is named, or none that is understood. */
function usualCollector(env: Surroundings['env']): ServerAddress | null {
  const url = env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  return /^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')
    ? Object.freeze({ url, address: shownAddress(url) })
    : null;
}
