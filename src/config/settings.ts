/**
 * The settings every way of starting WwiseFlow shares. One row gives the flag, its environment twin and the
 * line of the README's configuration table.
 */
export interface Setting {
  readonly key: SettingKey;
  /** The flag as commander reads it: `--wwise <url>`. */
  readonly flag: string;
  readonly env: string;
  readonly kind: 'text' | 'list' | 'paths' | 'pairs' | 'switch';
  readonly description: string;
  /** What holds when nothing is said, in words. */
  readonly otherwise: string;
}

export type SettingKey =
  | 'wwise'
  | 'project'
  | 'toolsets'
  | 'tools'
  | 'excludeTools'
  | 'readOnly'
  | 'allowDir'
  | 'state'
  | 'expectProject'
  | 'wwiseConsole'
  | 'mapPath'
  | 'callTimeout'
  | 'lockedPatience'
  | 'queueLength'
  | 'maxConcurrency'
  | 'maxPerSecond'
  | 'logLevel';

/** What one source (the command line, the environment) says. A setting it does not mention is absent. */
export interface RawSettings {
  readonly wwise?: string;
  readonly project?: string;
  readonly toolsets?: readonly string[];
  readonly tools?: readonly string[];
  readonly excludeTools?: readonly string[];
  readonly readOnly?: boolean;
  readonly allowDir?: readonly string[];
  readonly state?: string;
  readonly expectProject?: string;
  readonly wwiseConsole?: string;
  readonly mapPath?: readonly string[];
  readonly callTimeout?: readonly string[];
  readonly lockedPatience?: string;
  readonly queueLength?: string;
  readonly maxConcurrency?: string;
  readonly maxPerSecond?: string;
  readonly logLevel?: string;
}

export const defaultWwiseUrl = 'ws://127.0.0.1:8080/waapi';

export const settings: readonly Setting[] = [
  {
    key: 'wwise',
    flag: '--wwise <url>',
    env: 'WWISEFLOW_WWISE',
    kind: 'text',
    description: 'WAAPI address of a running Wwise; http://... for HTTP POST',
    otherwise: defaultWwiseUrl,
  },
  {
    key: 'project',
    flag: '--project <file>',
    env: 'WWISEFLOW_PROJECT',
    kind: 'text',
    description: 'edit this .wproj with the embedded engine instead of a running Wwise',
    otherwise: 'a running Wwise is used',
  },
  {
    key: 'toolsets',
    flag: '--toolsets <names>',
    env: 'WWISEFLOW_TOOLSETS',
    kind: 'list',
    description:
      'offer only these toolsets, comma-separated; "default" adds the usual tools, "all" is everything',
    otherwise: 'about 25 tools for common work',
  },
  {
    key: 'tools',
    flag: '--tools <names>',
    env: 'WWISEFLOW_TOOLS',
    kind: 'list',
    description: 'offer these commands, comma-separated; alone: only these, with --toolsets: these too',
    otherwise: 'every command of the toolsets',
  },
  {
    key: 'excludeTools',
    flag: '--exclude-tools <names>',
    env: 'WWISEFLOW_EXCLUDE_TOOLS',
    kind: 'list',
    description: 'never offer these commands, comma-separated; wins over the two above',
    otherwise: 'none',
  },
  {
    key: 'readOnly',
    flag: '--read-only',
    env: 'WWISEFLOW_READ_ONLY',
    kind: 'switch',
    description: 'refuse every command that changes the project',
    otherwise: 'off',
  },
  {
    key: 'allowDir',
    flag: '--allow-dir <dir>',
    env: 'WWISEFLOW_ALLOW_DIR',
    kind: 'paths',
    description:
      'read files under this directory and write new ones there; repeatable. Relative paths count from the current directory',
    otherwise: 'the current directory and the directory of --project',
  },
  {
    key: 'state',
    flag: '--state <dir>',
    env: 'WWISEFLOW_STATE',
    kind: 'text',
    description: 'where the memo and the audit log are kept',
    otherwise: 'the user’s state directory',
  },
  {
    key: 'expectProject',
    flag: '--expect-project <name|guid>',
    env: 'WWISEFLOW_EXPECT_PROJECT',
    kind: 'text',
    description: 'refuse to change any other project',
    otherwise: 'any project',
  },
  {
    key: 'wwiseConsole',
    flag: '--wwise-console <file>',
    env: 'WWISEFLOW_WWISE_CONSOLE',
    kind: 'text',
    description: 'the WwiseConsole program that the console toolset runs',
    otherwise: 'that of the Wwise in WWISEROOT',
  },
  {
    key: 'mapPath',
    flag: '--map-path <local=wwise>',
    env: 'WWISEFLOW_MAP_PATH',
    kind: 'pairs',
    description: 'Wwise sees this local folder under that path, as in /srv/audio=S:\\Audio; repeatable',
    otherwise: 'the same paths; drives under /mnt in WSL, Z: and Y: on a Mac',
  },
  {
    key: 'callTimeout',
    flag: '--call-timeout <function=seconds>',
    env: 'WWISEFLOW_CALL_TIMEOUT',
    kind: 'pairs',
    description:
      'how long a WAAPI function may take, by URI, or "default" for all without a limit of their own; repeatable',
    otherwise: '30 s; imports, object.set and saving 5 min, generating SoundBanks 60 min',
  },
  {
    key: 'lockedPatience',
    flag: '--locked-patience <seconds>',
    env: 'WWISEFLOW_LOCKED_PATIENCE',
    kind: 'text',
    description: 'how long a call is repeated while Wwise shows a dialog or loads',
    otherwise: '10 s',
  },
  {
    key: 'queueLength',
    flag: '--queue-length <calls>',
    env: 'WWISEFLOW_QUEUE_LENGTH',
    kind: 'text',
    description: 'how many calls may wait for Wwise; more are refused',
    otherwise: '1000',
  },
  {
    key: 'maxConcurrency',
    flag: '--max-concurrency <nodes>',
    env: 'WWISEFLOW_MAX_CONCURRENCY',
    kind: 'text',
    description:
      'how many reading nodes of all workflow runs together may be under way at once; changes take turns anyway',
    otherwise: '32, and 8 of each run',
  },
  {
    key: 'maxPerSecond',
    flag: '--max-per-second <nodes>',
    env: 'WWISEFLOW_MAX_PER_SECOND',
    kind: 'text',
    description:
      'how many nodes of all workflow runs together may begin in a second; nodes that share calls count as one',
    otherwise: 'no limit but the maxPerSecond of a workflow, which holds for all its runs together',
  },
  {
    key: 'logLevel',
    flag: '--log-level <level>',
    env: 'WWISEFLOW_LOG_LEVEL',
    kind: 'text',
    description: 'how much the log on stderr says: debug, info, warn, error or silent',
    otherwise: 'info for the servers, warn for the rest',
  },
];

/** Splits `a, b,,c` into its names. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
