import { join } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import { shownAddress } from '../core/secrets/without-credentials.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { hiddenAddress, isAddress } from './address.ts';
import type { ConfigDisk, ConfigFile, Connection } from './file/config-file.ts';
import { placesOf } from './file/find-config-files.ts';
import { isInFolderOf } from './file/folder-file.ts';
import { environmentOf, findConnection, type Layer } from './layers.ts';
import { readSecret } from './read-secret.ts';
import { isReference, type Origin, originName, type Said, type SettingKey } from './setting.ts';
import { defaultWwiseUrl } from './settings.ts';

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

/** The target and what led to it. */
export interface ChosenTarget {
  readonly target: Target;
  /** What of `connection`, `wwise` and `project` holds, as it may be shown. */
  readonly said: ReadonlyMap<SettingKey, { readonly shown: string; readonly origin: Origin }>;
}

export interface TargetSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: string;
  readonly disk: ConfigDisk;
  readonly projectFilesIn: (dir: string) => readonly string[];
}

/** The settings that lead to a target. */
export const targetKeys = ['connection', 'wwise', 'project'] as const;

/**
 * The target of the strongest source that names one, whatever its kind.
 * @param chosenEnv what the command line or the environment says of `env`
 * @throws WwiseFlowError INVALID_INPUT for a source that names two, an address that is none, a connection there is not;
 * what readSecret throws
 */
export function chooseTarget(
  layers: readonly Layer[],
  files: readonly ConfigFile[],
  chosenEnv: Said | undefined,
  around: TargetSurroundings,
): ChosenTarget {
  for (const { settings, file } of layers) {
    const named = targetKeys.filter((key) => settings.has(key));
    const [key] = named;
    const said = key === undefined ? undefined : settings.get(key);
    if (key === undefined || said === undefined) continue;
    checkOneTarget(settings, named);
    if (key === 'wwise') return throughAddress(said, around);
    if (key === 'project') return throughProject(String(said.value), said.origin, file, around);
    return throughConnection(said, file === null ? files : [file], chosenEnv, around);
  }
  return { target: wwiseAt(defaultWwiseUrl, defaultWwiseUrl), said: new Map() };
}

function checkOneTarget(settings: Layer['settings'], named: readonly SettingKey[]): void {
  if (named.length < 2) return;
  const said = named.flatMap((key) => settings.get(key) ?? []);
  const names = said.map(({ origin }) => originName(origin)).join(' and ');
  throw new WwiseFlowError('INVALID_INPUT', `${names} exclude each other.`, {
    hint: 'Give the address of a running Wwise, a project file or the name of a connection.',
    details: Object.fromEntries(
      named.map((key) => [key, shownAddress(String(settings.get(key)?.value ?? ''))]),
    ),
  });
}

function throughAddress({ value, origin }: Said, around: TargetSurroundings): ChosenTarget {
  const isSecret = isReference(value);
  const url = isSecret ? readSecret(value, originName(origin), around.env, around.disk) : String(value);
  const shown = isSecret ? hiddenAddress(url) : shownAddress(url);
  if (!isAddress(url)) throw noAddress(origin, isSecret ? null : shown);
  return { target: wwiseAt(url, shown), said: new Map([['wwise', { shown, origin }]]) };
}

function throughProject(
  path: string,
  origin: Origin,
  file: ConfigFile | null,
  around: TargetSurroundings,
): ChosenTarget {
  const filePath = projectFileOf(path, origin, around);
  if (file !== null && !file.trusted && !isInFolderOf(file, filePath, around.disk)) {
    throw new WwiseFlowError(
      'PATH_NOT_ALLOWED',
      `${originName(origin)} leads to ${filePath}, which lies outside of its folder.`,
      { hint: 'Start with --project and that file, or with --config if you trust it.' },
    );
  }
  const target: Target = Object.freeze({ kind: 'project', filePath });
  return { target, said: new Map([['project', { shown: filePath, origin }]]) };
}

function throughConnection(
  said: Said,
  files: readonly ConfigFile[],
  chosenEnv: Said | undefined,
  around: TargetSurroundings,
): ChosenTarget {
  const name = String(said.value);
  const found = findConnection(files, chosenEnv, name);
  if (found === undefined) throw noConnection(said, name, files, chosenEnv, around);
  const { connection, file, environment } = found;
  const origin = (member: string): Origin => {
    const pointer = `${connection.pointer}/${member}`;
    return { from: 'file', file: file.path, pointer, environment };
  };
  const chosen =
    connection.project === undefined
      ? throughAddress({ value: addressOf(connection, origin, around), origin: origin('wwise') }, around)
      : throughProject(connection.project, origin('project'), file, around);
  return { ...chosen, said: new Map([['connection', { shown: name, origin: said.origin }], ...chosen.said]) };
}

function addressOf(
  { wwise = '', user = '', password }: Connection,
  origin: (member: string) => Origin,
  { env, disk }: TargetSurroundings,
) {
  if (password === undefined || typeof wwise !== 'string') return wwise;
  const url = new URL(wwise);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(readSecret(password, originName(origin('password')), env, disk));
  return url.href;
}

function noConnection(
  { origin }: Said,
  name: string,
  files: readonly ConfigFile[],
  chosenEnv: Said | undefined,
  around: TargetSurroundings,
): WwiseFlowError {
  const known = [
    ...new Set(
      files.flatMap((file) => {
        const section = file.environments.get(environmentOf(file, chosenEnv) ?? '');
        return [...(section?.connections.keys() ?? []), ...file.base.connections.keys()];
      }),
    ),
  ];
  const places = placesOf(around).filter((path) => path !== null);
  const message =
    files.length === 0
      ? 'there is no configuration file.'
      : `there is no connection "${name}".${didYouMean(name, known)}`;
  return new WwiseFlowError('INVALID_INPUT', `${originName(origin)}: ${message}`, {
    hint:
      known.length > 0
        ? `Choose from: ${known.join(', ')}.`
        : `Add it to "connections" in ${files[0]?.path ?? places.join(' or ')}.`,
    details: { connection: name, candidates: known, files: files.map(({ path }) => path) },
  });
}

function wwiseAt(url: string, address: string): Target {
  return Object.freeze({ kind: 'wwise', url, address });
}

/** @param shown null: not even a part of it may be shown. */
function noAddress(origin: Origin, shown: string | null): WwiseFlowError {
  const what = shown === null ? 'leads to what' : `"${shown}"`;
  return new WwiseFlowError(
    'INVALID_INPUT',
    `${originName(origin)} ${what} is neither a WebSocket nor an HTTP address.`,
    { hint: `Write it like ${defaultWwiseUrl}, or http://127.0.0.1:8090/waapi for HTTP POST.` },
  );
}

function projectFileOf(path: string, origin: Origin, { projectFilesIn }: TargetSurroundings): string {
  return onlyProjectFile(path, originName(origin), projectFilesIn);
}

/**
 * The project file that is meant: the file itself, or the only one in the folder that was named.
 * @param name how the source calls it, for errors
 * @throws WwiseFlowError INVALID_INPUT where the folder holds none, or several
 */
export function onlyProjectFile(
  path: string,
  name: string,
  projectFilesIn: TargetSurroundings['projectFilesIn'],
): string {
  if (path.toLowerCase().endsWith('.wproj')) return path;
  const names = projectFilesIn(path);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return join(path, only);
  const found =
    names.length === 0 ? 'is not a .wproj file and holds none' : `holds ${names.length} .wproj files`;
  const shown = shownAddress(path);
  throw new WwiseFlowError('INVALID_INPUT', `${name} "${shown}" ${found}.`, {
    hint:
      names.length === 0
        ? 'Name the .wproj file of the project, or the folder it lies in.'
        : `Name one of them: ${names.map((name) => join(path, name)).join(', ')}.`,
    details: { project: shown, candidates: names.map((name) => join(path, name)) },
  });
}
