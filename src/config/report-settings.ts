import { withoutCredentials } from '../core/secrets/without-credentials.ts';
import { type Layer, saidOf } from './layers.ts';
import {
  flagName,
  isListSetting,
  type Origin,
  originName,
  type Setting,
  type SettingValue,
} from './setting.ts';
import { settings } from './settings.ts';
import type { ChosenTarget } from './target.ts';

/** A setting, what holds and where that was said. */
export interface SettingReport {
  /** Its flag. */
  readonly setting: string;
  /** As it may be shown: without secrets. */
  readonly value: string;
  readonly from: Origin['from'] | 'default';
  /** The flag, the variable, or the key and the file. */
  readonly source: string;
  readonly file?: string;
  readonly pointer?: string;
  /** The section of `environments`; null: the value stands at the top of the file. */
  readonly environment?: string | null;
}

/** Every setting of the table, in its order. Of connection, wwise and project only what led to the target. */
export function reportSettings(layers: readonly Layer[], target: ChosenTarget): SettingReport[] {
  return settings.map((setting) => {
    const name = flagName(setting);
    if (isTarget(setting)) {
      const held = target.said.get(setting.key);
      if (held !== undefined) return reportOf(name, held.shown, held.origin);
      const isUsed = target.said.size === 0 && setting.key === 'wwise';
      return {
        setting: name,
        value: isUsed ? setting.otherwise : 'not used',
        from: 'default',
        source: 'default',
      };
    }
    const said = saidOf(layers, setting.key);
    if (said !== undefined) return reportOf(name, shownValue(said.value), said.origin);
    return { setting: name, value: setting.otherwise, from: 'default', source: 'default' };
  });
}

function isTarget({ key }: Setting): boolean {
  return key === 'connection' || key === 'wwise' || key === 'project';
}

function reportOf(setting: string, value: string, origin: Origin): SettingReport {
  const common = { setting, value: withoutCredentials(value), from: origin.from };
  if (origin.from !== 'file') return { ...common, source: originName(origin) };
  const { file, pointer, environment } = origin;
  const section = environment === null ? '' : ` (${environment})`;
  return { ...common, source: `${originName(origin)}${section}`, file, pointer, environment };
}

function shownValue(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Map) return [...value].map(([name, seconds]) => `${name}=${seconds}`).join(', ');
  if (!isListSetting(value)) return '(hidden)';
  const texts = value.map((item) => (typeof item === 'string' ? item : `${item.local}=${item.wwise}`));
  return texts.length === 0 ? 'none' : texts.join(', ');
}
