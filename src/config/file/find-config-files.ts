import { isAbsolute, join, parse } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { originName, type Said } from '../setting.ts';
import { type ConfigDisk, type ConfigFile, configFileName } from './config-file.ts';
import { readConfigFile } from './read-config-file.ts';

/** Where a start looks for configuration files. */
export interface FileSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: string;
}

/**
 * The files that hold, the stronger one first: the one that was named, else the user's own and then that of the current
 * directory, which is not trusted. Never that of a root directory, where desktop clients start servers.
 * @throws WwiseFlowError FILE_NOT_FOUND when the named file is not there; what readConfigFile throws.
 */
export function findConfigFiles(
  named: Said | undefined,
  surroundings: FileSurroundings,
  disk: ConfigDisk,
): ConfigFile[] {
  if (named !== undefined) {
    const path = String(named.value);
    const file = readConfigFile(path, true, disk);
    if (file !== undefined) return [file];
    throw new WwiseFlowError('FILE_NOT_FOUND', `${originName(named.origin)}: there is no file ${path}.`, {
      hint: 'Name a configuration file that exists, or leave it out.',
      details: { file: path },
    });
  }
  const [own, here] = placesOf(surroundings);
  const files = [readConfigFile(own, true, disk)];
  if (here !== null && disk.realPath(here) !== disk.realPath(own))
    files.push(readConfigFile(here, false, disk));
  return files.filter((file) => file !== undefined);
}

/** The paths of the user's own file and of that in the current directory; null: there is none to look for. */
export function placesOf(surroundings: FileSurroundings): readonly [own: string, here: string | null] {
  const { cwd } = surroundings;
  const here = cwd === parse(cwd).root ? null : join(cwd, configFileName);
  return [join(userConfigDir(surroundings), configFileName), here];
}

function userConfigDir({ env, homeDir, platform }: FileSurroundings): string {
  if (platform === 'win32') return join(env.APPDATA || join(homeDir, 'AppData', 'Roaming'), 'wwiseflow');
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'wwiseflow');
  const given = env.XDG_CONFIG_HOME ?? '';
  return join(isAbsolute(given) ? given : join(homeDir, '.config'), 'wwiseflow');
}
