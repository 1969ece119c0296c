import { type Layer, saidOf } from './layers.ts';
import { isListSetting, type Mapping, type SettingKey, type SettingValue } from './setting.ts';

/** What the strongest source says of each setting, by the kind of its value; undefined where nobody says anything. */
export interface SettingReader {
  text(key: SettingKey): string | undefined;
  texts(key: SettingKey): readonly string[] | undefined;
  number(key: SettingKey): number | undefined;
  isOn(key: SettingKey): boolean;
  mappings(key: SettingKey): readonly Mapping[];
  timeouts(key: SettingKey): ReadonlyMap<string, number>;
}

/** A reader over these sources, the stronger ones first. */
export function settingsFrom(layers: readonly Layer[]): SettingReader {
  const said = (key: SettingKey): SettingValue | undefined => saidOf(layers, key)?.value;
  return {
    text: (key) => {
      const value = said(key);
      return typeof value === 'string' ? value : undefined;
    },
    texts: (key) => {
      const items = itemsOf(said(key));
      return items?.filter((item) => typeof item === 'string');
    },
    number: (key) => {
      const value = said(key);
      return typeof value === 'number' ? value : undefined;
    },
    isOn: (key) => said(key) === true,
    mappings: (key) => (itemsOf(said(key)) ?? []).filter((item) => typeof item === 'object'),
    timeouts: (key) => {
      const value = said(key);
      return value instanceof Map ? value : new Map();
    },
  };
}

function itemsOf(value: SettingValue | undefined): readonly (string | Mapping)[] | undefined {
  return value !== undefined && isListSetting(value) ? value : undefined;
}
