import { WwiseFlowError } from '../core/errors.ts';
import { didYouMean } from '../core/text/nearest.ts';
import type { ConfigFile, Connection } from './file/config-file.ts';
import { originName, type Said, type SaidSettings, type SettingKey } from './setting.ts';

/** One source of settings; the stronger ones come first. */
export interface Layer {
  readonly settings: SaidSettings;
  /** The file it comes from; null: the command line or the environment. */
  readonly file: ConfigFile | null;
}

/**
 * The sources in their order: the command line, the environment, then of each file the section of its environment and what
 * stands at its top.
 * @throws WwiseFlowError INVALID_INPUT for an environment that no file has
 */
export function layersOf(argv: SaidSettings, env: SaidSettings, files: readonly ConfigFile[]): Layer[] {
  const chosen = argv.get('env') ?? env.get('env');
  if (chosen !== undefined && !files.some((file) => file.environments.has(String(chosen.value))))
    throw noEnvironment(chosen, files);
  const ofFiles = files.flatMap((file) => {
    const name = environmentOf(file, chosen);
    const section = name === null ? undefined : file.environments.get(name);
    return [...(section === undefined ? [] : [section.settings]), file.base.settings].map((settings) => ({
      settings,
      file,
    }));
  });
  return [{ settings: argv, file: null }, { settings: env, file: null }, ...ofFiles];
}

/**
 * The section of a file that holds: the one that was chosen, else the one the file itself names. A file chooses no section
 * of another one.
 */
export function environmentOf(file: ConfigFile, chosen: Said | undefined): string | null {
  if (chosen !== undefined) return file.environments.has(String(chosen.value)) ? String(chosen.value) : null;
  const own = file.base.settings.get('env');
  if (own === undefined) return null;
  if (file.environments.has(String(own.value))) return String(own.value);
  throw noEnvironment(own, [file]);
}

/** A configuration file that holds, for people. */
export interface FileInUse {
  readonly path: string;
  readonly trusted: boolean;
  readonly environment: string | null;
}

/** What people read about a file. */
export function fileInUse(file: ConfigFile, chosen: Said | undefined): FileInUse {
  return { path: file.path, trusted: file.trusted, environment: environmentOf(file, chosen) };
}

/** What the strongest source says about a setting. */
export function saidOf(layers: readonly Layer[], key: SettingKey): Said | undefined {
  return layers.find(({ settings }) => settings.has(key))?.settings.get(key);
}

/** The connection of that name in the files, the stronger entry first. */
export function findConnection(
  files: readonly ConfigFile[],
  chosen: Said | undefined,
  name: string,
): { connection: Connection; file: ConfigFile; environment: string | null } | undefined {
  for (const file of files) {
    const environment = environmentOf(file, chosen);
    const section = environment === null ? undefined : file.environments.get(environment);
    const inSection = section?.connections.get(name);
    if (inSection !== undefined) return { connection: inSection, file, environment };
    const inBase = file.base.connections.get(name);
    if (inBase !== undefined) return { connection: inBase, file, environment: null };
  }
  return undefined;
}

function noEnvironment({ value, origin }: Said, files: readonly ConfigFile[]): WwiseFlowError {
  const known = [...new Set(files.flatMap((file) => [...file.environments.keys()]))];
  const where = files.length === 0 ? 'there is no configuration file' : 'no configuration file has it';
  return new WwiseFlowError(
    'INVALID_INPUT',
    `${originName(origin)}: there is no environment "${String(value)}", ${where}.${didYouMean(String(value), known)}`,
    {
      hint:
        known.length === 0
          ? 'Add it to "environments" in a configuration file, or name the file with --config.'
          : `Choose from: ${known.join(', ')}.`,
      details: { candidates: known, files: files.map(({ path }) => path) },
    },
  );
}
