/** One setting that every way of starting WwiseFlow shares: its flag, its variable and its key in the configuration file. */
export interface Setting {
  readonly key: SettingKey;
  /** Where it stands in the file: at the top, in a section, only at the top of the whole file, or not in it at all. */
  readonly section: Section | 'top' | 'base' | 'none';
  /** The flag as commander reads it: `--wwise <url>`. */
  readonly flag: string;
  readonly env: string;
  readonly kind: SettingKind;
  /** Of a number. */
  readonly range?: NumberRange;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /** Of a server: what its address begins with, without `://`. */
  readonly schemes?: readonly string[];
  /** What a file that was only found in the current directory may say: anything, what lies in that directory, or nothing. */
  readonly inFolder: 'any' | 'inside' | 'never';
  readonly description: string;
  /** What holds when nothing is said, in words. */
  readonly otherwise: string;
}

/** A group of settings in the file. */
export type Section = 'tools' | 'policies' | 'limits';

export type SettingKey =
  | 'config'
  | 'env'
  | 'connection'
  | 'wwise'
  | 'project'
  | 'toolsets'
  | 'tools'
  | 'excludeTools'
  | 'readOnly'
  | 'forceNewer'
  | 'profile'
  | 'allowDir'
  | 'state'
  | 'database'
  | 'artifacts'
  | 'thresholds'
  | 'traces'
  | 'redis'
  | 'queue'
  | 'expectProject'
  | 'wwiseConsole'
  | 'mapPath'
  | 'callTimeout'
  | 'lockedPatience'
  | 'idleMinutes'
  | 'queueLength'
  | 'maxConcurrency'
  | 'maxPerSecond'
  | 'presets'
  | 'templates'
  | 'plugin'
  | 'allowRedirect'
  | 'allowProgram'
  | 'logLevel';

/** `address` and `server` may hold a secret; `mappings` are pairs of paths, `timeouts` seconds by name. */
export type SettingKind =
  | 'text'
  | 'address'
  | 'server'
  | 'path'
  | 'paths'
  | 'list'
  | 'switch'
  | 'number'
  | 'choice'
  | 'mappings'
  | 'timeouts';

export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  readonly whole: boolean;
}

/** A folder here and as Wwise sees it. */
export interface Mapping {
  readonly local: string;
  readonly wwise: string;
}

/** Where a secret stands: in an environment variable, or as the text of a file (its path is absolute). */
export type SecretReference = { readonly env: string } | { readonly file: string };

/** What a source says, checked and with absolute paths. Timeouts are seconds. */
export type SettingValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly Mapping[]
  | ReadonlyMap<string, number>
  | SecretReference;

/** Where a value was said. */
export type Origin =
  | { readonly from: 'flag'; readonly name: string }
  | { readonly from: 'variable'; readonly name: string }
  | {
      readonly from: 'file';
      readonly file: string;
      readonly pointer: string;
      /** The section of `environments` it stands in; null: at the top. */
      readonly environment: string | null;
    };

export interface Said {
  readonly value: SettingValue;
  readonly origin: Origin;
}

/** What one source says. What it does not mention is absent. */
export type SaidSettings = ReadonlyMap<SettingKey, Said>;

/** How an error names the origin: `--state`, `WWISEFLOW_STATE`, `"/state" in C:\x\wwiseflow.config.json`. */
export function originName(origin: Origin): string {
  return origin.from === 'file' ? `"${origin.pointer}" in ${origin.file}` : origin.name;
}

/** `--allow-dir` of `--allow-dir <dir>`. */
export function flagName({ flag }: Pick<Setting, 'flag'>): string {
  return flag.split(' ')[0] ?? flag;
}

/** How the setting is reached in the file, as in `limits.queueLength`; null when it does not stand there. */
export function fileKey({ key, section }: Setting): string | null {
  if (section === 'none') return null;
  return section === 'top' || section === 'base' ? key : `${section}.${key}`;
}

export function isListSetting(value: SettingValue): value is readonly string[] | readonly Mapping[] {
  return Array.isArray(value);
}

export function isReference(value: SettingValue): value is SecretReference {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Map);
}
