import { WwiseFlowError } from '../core/errors.ts';
import { shownAddress } from '../core/secrets/without-credentials.ts';
import {
  flagName,
  isListSetting,
  isReference,
  type SaidSettings,
  type Setting,
  type SettingValue,
} from './setting.ts';
import { settings } from './settings.ts';
import type { Target } from './target.ts';

/**
 * Settings as options of the command line, for another start to say the same. Paths are absolute.
 * @param target where the settings name one: what a folder or a relative path led to
 * @throws WwiseFlowError INVALID_INPUT for an address with credentials in it: options are written where others read them
 */
export function optionsOfSettings(said: SaidSettings, target: Target): readonly string[] {
  return settings.flatMap((setting) => {
    const value = said.get(setting.key)?.value;
    if (value === undefined) return [];
    if (setting.key === 'project' && target.kind === 'project') return [flagName(setting), target.filePath];
    if (['address', 'server'].includes(setting.kind) && shownAddress(String(value)) !== value)
      throw withCredentials();
    return optionsOf(setting, value);
  });
}

function optionsOf(setting: Setting, value: SettingValue): readonly string[] {
  const flag = flagName(setting);
  if (typeof value === 'boolean') return value ? [flag] : [];
  if (typeof value !== 'object') return [flag, String(value)];
  if (value instanceof Map) return [...value].flatMap(([name, seconds]) => [flag, `${name}=${seconds}`]);
  if (isReference(value) || !isListSetting(value)) return [];
  if (setting.kind === 'list') return [flag, value.join(',')];
  return value.flatMap((item) => [flag, typeof item === 'string' ? item : `${item.local}=${item.wwise}`]);
}

function withCredentials(): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    'The address holds a user or password, which would be written out.',
    {
      hint: 'Put it into a configuration file as a connection, with the password as { "env": "NAME" }, and say --connection.',
    },
  );
}
