import type { Section, Setting } from '../setting.ts';
import { settings } from '../settings.ts';

/** The members of an object of the file, by name. */
export interface Shape {
  readonly settings: ReadonlyMap<string, Setting>;
  readonly sections: readonly Section[];
  /** What is no setting. */
  readonly others: readonly ('$schema' | 'environments' | 'connections' | 'secrets' | 'databases')[];
}

export const sectionNames: readonly Section[] = ['tools', 'policies', 'limits'];

/** What the file itself may hold. */
export const fileShape: Shape = {
  settings: settingsIn('top', 'base'),
  sections: sectionNames,
  others: ['$schema', 'connections', 'secrets', 'databases', 'environments'],
};

/** What a section of `environments` may hold. */
export const environmentShape: Shape = {
  settings: settingsIn('top'),
  sections: sectionNames,
  others: ['connections', 'secrets', 'databases'],
};

/** What `tools`, `policies` or `limits` may hold. */
export function sectionShape(section: Section): Shape {
  return { settings: settingsIn(section), sections: [], others: [] };
}

/** The names of all members. */
export function memberNames(shape: Shape): string[] {
  return [...shape.settings.keys(), ...shape.sections, ...shape.others];
}

function settingsIn(...sections: readonly Setting['section'][]): Map<string, Setting> {
  return new Map(
    settings.filter(({ section }) => sections.includes(section)).map((setting) => [setting.key, setting]),
  );
}
