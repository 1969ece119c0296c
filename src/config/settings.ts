import { profiles } from '../core/access/profile.ts';
import type { LogLevel } from '../core/log.ts';
import type { Setting, SettingKey } from './setting.ts';
import { sharedSettings } from './shared-settings.ts';

export const defaultWwiseUrl = 'ws://127.0.0.1:8080/waapi';

/** The environments a configuration file may distinguish. */
export const environmentNames = ['dev', 'staging', 'prod'] as const;

export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/**
 * The one table of settings. Each row gives the flag, its variable, its key in the file and in the file's schema, and a
 * line of the documentation.
 */
export const settings: readonly Setting[] = [
  {
    key: 'config',
    section: 'none',
    flag: '--config <file>',
    env: 'WWISEFLOW_CONFIG',
    kind: 'path',
    inFolder: 'never',
    description: 'read this configuration file and no other',
    otherwise:
      'yours in the user’s configuration directory, and within limits the wwiseflow.config.json of the current directory',
  },
  {
    key: 'env',
    section: 'base',
    flag: '--env <name>',
    env: 'WWISEFLOW_ENV',
    kind: 'choice',
    choices: environmentNames,
    inFolder: 'any',
    description: 'the section of "environments" in the configuration file that holds',
    otherwise: 'none',
  },
  {
    key: 'connection',
    section: 'top',
    flag: '--connection <name>',
    env: 'WWISEFLOW_CONNECTION',
    kind: 'text',
    inFolder: 'any',
    description:
      'the entry of "connections" in the configuration file to use, instead of --wwise or --project',
    otherwise: 'none',
  },
  {
    key: 'wwise',
    section: 'top',
    flag: '--wwise <url>',
    env: 'WWISEFLOW_WWISE',
    kind: 'address',
    inFolder: 'never',
    description: 'WAAPI address of a running Wwise; http://... for HTTP POST',
    otherwise: defaultWwiseUrl,
  },
  {
    key: 'project',
    section: 'top',
    flag: '--project <file>',
    env: 'WWISEFLOW_PROJECT',
    kind: 'path',
    inFolder: 'inside',
    description: 'edit this .wproj with the embedded engine instead of a running Wwise',
    otherwise: 'a running Wwise is used',
  },
  {
    key: 'toolsets',
    section: 'tools',
    flag: '--toolsets <names>',
    env: 'WWISEFLOW_TOOLSETS',
    kind: 'list',
    inFolder: 'any',
    description:
      'offer only these toolsets, comma-separated; "default" adds the usual tools, "all" is everything',
    otherwise: 'about 25 tools for common work',
  },
  {
    key: 'tools',
    section: 'tools',
    flag: '--tools <names>',
    env: 'WWISEFLOW_TOOLS',
    kind: 'list',
    inFolder: 'any',
    description: 'offer these commands, comma-separated; alone: only these, with --toolsets: these too',
    otherwise: 'every command of the toolsets',
  },
  {
    key: 'excludeTools',
    section: 'tools',
    flag: '--exclude-tools <names>',
    env: 'WWISEFLOW_EXCLUDE_TOOLS',
    kind: 'list',
    inFolder: 'any',
    description: 'never offer these commands, comma-separated; wins over the two above',
    otherwise: 'none',
  },
  {
    key: 'readOnly',
    section: 'policies',
    flag: '--read-only',
    env: 'WWISEFLOW_READ_ONLY',
    kind: 'switch',
    inFolder: 'any',
    description: 'refuse every command that changes the project',
    otherwise: 'off',
  },
  {
    key: 'forceNewer',
    section: 'policies',
    flag: '--force-newer',
    env: 'WWISEFLOW_FORCE_NEWER',
    kind: 'switch',
    inFolder: 'never',
    description: 'edit a project that a newer Wwise saved, of which parts may be misread',
    otherwise: 'off: it is open for reading',
  },
  {
    key: 'profile',
    section: 'policies',
    flag: '--profile <name>',
    env: 'WWISEFLOW_PROFILE',
    kind: 'choice',
    choices: profiles,
    inFolder: 'any',
    description:
      'who this is for, and so what may be done: reader (nothing is changed), designer (the objects of the project), builder (SoundBanks, source control, WwiseConsole too) or admin',
    otherwise: 'admin, everything',
  },
  {
    key: 'allowDir',
    section: 'policies',
    flag: '--allow-dir <dir>',
    env: 'WWISEFLOW_ALLOW_DIR',
    kind: 'paths',
    inFolder: 'inside',
    description:
      'read files under this directory and write new ones there; repeatable. Relative paths count from the current directory',
    otherwise: 'the current directory and the directory of --project',
  },
  {
    key: 'state',
    section: 'top',
    flag: '--state <dir>',
    env: 'WWISEFLOW_STATE',
    kind: 'path',
    inFolder: 'never',
    description: 'where the memo and the audit log are kept',
    otherwise: 'the user’s state directory',
  },
  ...sharedSettings,
  {
    key: 'expectProject',
    section: 'policies',
    flag: '--expect-project <name|guid>',
    env: 'WWISEFLOW_EXPECT_PROJECT',
    kind: 'text',
    inFolder: 'any',
    description: 'refuse to change any other project',
    otherwise: 'any project',
  },
  {
    key: 'wwiseConsole',
    section: 'top',
    flag: '--wwise-console <file>',
    env: 'WWISEFLOW_WWISE_CONSOLE',
    kind: 'path',
    inFolder: 'never',
    description: 'the WwiseConsole program that the console toolset runs',
    otherwise: 'that of the Wwise in WWISEROOT',
  },
  {
    key: 'mapPath',
    section: 'top',
    flag: '--map-path <local=wwise>',
    env: 'WWISEFLOW_MAP_PATH',
    kind: 'mappings',
    inFolder: 'never',
    description: 'Wwise sees this local folder under that path, as in /srv/audio=S:\\Audio; repeatable',
    otherwise: 'the same paths; drives under /mnt in WSL, Z: and Y: on a Mac',
  },
  {
    key: 'callTimeout',
    section: 'limits',
    flag: '--call-timeout <function=seconds>',
    env: 'WWISEFLOW_CALL_TIMEOUT',
    kind: 'timeouts',
    range: { least: 0.001, most: 86_400, unit: 'seconds', whole: false },
    inFolder: 'any',
    description:
      'how long a WAAPI function may take, by URI, or "default" for all without a limit of their own; repeatable',
    otherwise: '30 s; imports, object.set and saving 5 min, generating SoundBanks 60 min',
  },
  {
    key: 'lockedPatience',
    section: 'limits',
    flag: '--locked-patience <seconds>',
    env: 'WWISEFLOW_LOCKED_PATIENCE',
    kind: 'number',
    range: { least: 0, most: 86_400, unit: 'seconds', whole: false },
    inFolder: 'any',
    description: 'how long a call is repeated while Wwise shows a dialog or loads',
    otherwise: '10 s',
  },
  {
    key: 'idleMinutes',
    section: 'limits',
    flag: '--idle-minutes <minutes>',
    env: 'WWISEFLOW_IDLE_MINUTES',
    kind: 'number',
    range: { least: 0, most: 10_080, unit: 'minutes', whole: false },
    inFolder: 'any',
    description:
      'after how long a server lets a project go that nobody asks anything of and of which nothing is unsaved; 0: never',
    otherwise: '15 minutes',
  },
  {
    key: 'queueLength',
    section: 'limits',
    flag: '--queue-length <calls>',
    env: 'WWISEFLOW_QUEUE_LENGTH',
    kind: 'number',
    range: { least: 1, most: 1_000_000, unit: 'calls', whole: true },
    inFolder: 'any',
    description: 'how many calls may wait for Wwise; more are refused',
    otherwise: '1000',
  },
  {
    key: 'maxConcurrency',
    section: 'limits',
    flag: '--max-concurrency <nodes>',
    env: 'WWISEFLOW_MAX_CONCURRENCY',
    kind: 'number',
    range: { least: 1, most: 1000, unit: 'nodes', whole: true },
    inFolder: 'any',
    description:
      'how many reading nodes of all workflow runs together may be under way at once; changes take turns anyway',
    otherwise: '32, and 8 of each run',
  },
  {
    key: 'maxPerSecond',
    section: 'limits',
    flag: '--max-per-second <nodes>',
    env: 'WWISEFLOW_MAX_PER_SECOND',
    kind: 'number',
    range: { least: 0.01, most: 1_000_000, unit: 'nodes', whole: false },
    inFolder: 'any',
    description:
      'how many nodes of all workflow runs together may begin in a second; nodes that share calls count as one',
    otherwise: 'no limit but the maxPerSecond of a workflow, which holds for all its runs together',
  },
  {
    key: 'presets',
    section: 'top',
    flag: '--presets <dir>',
    env: 'WWISEFLOW_PRESETS',
    kind: 'paths',
    inFolder: 'never',
    description:
      'a folder with presets of services and prompt templates of your own, which go before those of the same name; repeatable',
    otherwise: 'those that WwiseFlow brings, and "presets" in the state directory',
  },
  {
    key: 'templates',
    section: 'top',
    flag: '--templates <dir>',
    env: 'WWISEFLOW_TEMPLATES',
    kind: 'paths',
    inFolder: 'never',
    description:
      'a folder with templates of workflows of your own, which go before those of the same workflowId; repeatable',
    otherwise: 'those that WwiseFlow brings, and "templates" in the state directory',
  },
  {
    key: 'plugin',
    section: 'top',
    flag: '--plugin <packages>',
    env: 'WWISEFLOW_PLUGIN',
    kind: 'list',
    inFolder: 'never',
    description: 'load plug-ins as code, comma-separated: installed packages, or folders as ./mine',
    otherwise: 'none',
  },
  {
    key: 'allowRedirect',
    section: 'policies',
    flag: '--allow-redirect <hosts>',
    env: 'WWISEFLOW_ALLOW_REDIRECT',
    kind: 'list',
    inFolder: 'never',
    description: 'hosts of private networks, comma-separated, to which a service may redirect a request',
    otherwise: 'none',
  },
  {
    key: 'allowProgram',
    section: 'policies',
    flag: '--allow-program <names>',
    env: 'WWISEFLOW_ALLOW_PROGRAM',
    kind: 'list',
    inFolder: 'never',
    description:
      'programs that workflows may run, comma-separated: names that are looked for in PATH, or whole paths',
    otherwise: 'none',
  },
  {
    key: 'logLevel',
    section: 'top',
    flag: '--log-level <level>',
    env: 'WWISEFLOW_LOG_LEVEL',
    kind: 'choice',
    choices: logLevels,
    inFolder: 'never',
    description: 'how much the log on stderr says: debug, info, warn, error or silent',
    otherwise: 'info for the servers, warn for the rest',
  },
];

const byKey = new Map(settings.map((setting) => [setting.key, setting]));

/** The row of a setting. */
export function settingOf(key: SettingKey): Setting {
  const setting = byKey.get(key);
  if (setting === undefined) throw new Error(`The table of settings has no ${key}.`);
  return setting;
}
