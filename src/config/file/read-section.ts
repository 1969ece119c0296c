import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { nearest } from '../../core/text/nearest.ts';
import { fileKey, type Said, type SettingKey } from '../setting.ts';
import { settings } from '../settings.ts';
import type { ConfigSection, Connection, DatabaseEntry, NamedSecret } from './config-file.ts';
import { memberPointer } from './problems.ts';
import { readConnections } from './read-connections.ts';
import { readDatabases } from './read-databases.ts';
import { readSecrets } from './read-secrets.ts';
import { type ReportConfigProblem, readSetting } from './read-setting.ts';
import { memberNames, type Shape, sectionShape } from './shape.ts';

/** Where a section stands and whom its problems are reported to. */
export interface SectionPosition {
  readonly file: string;
  readonly dir: string;
  readonly environment: string | null;
  readonly pointer: string;
  readonly report: ReportConfigProblem;
}

/** The settings, connections, secrets and databases of an object of the file: the file itself, or a section of `environments`. */
export function readSection(value: Json, shape: Shape, position: SectionPosition): ConfigSection {
  const found = new Map<SettingKey, Said>();
  let connections: ReadonlyMap<string, Connection> = new Map();
  let secrets: ReadonlyMap<string, NamedSecret> = new Map();
  let databases: ReadonlyMap<string, DatabaseEntry> = new Map();
  for (const object of objectAt(value, position)) readMembers(object, shape, position);
  return { settings: found, connections, secrets, databases };

  function readMembers(object: JsonObject, of: Shape, at: SectionPosition): void {
    for (const [name, member = null] of Object.entries(object)) {
      const pointer = memberPointer(at.pointer, name);
      const setting = of.settings.get(name);
      const section = of.sections.find((known) => known === name);
      if (setting !== undefined) {
        const read = readSetting(setting, member, { ...at, pointer });
        const origin = { from: 'file', file: at.file, pointer, environment: at.environment } as const;
        if (read !== undefined) found.set(setting.key, { value: read, origin });
      } else if (section !== undefined) {
        for (const inner of objectAt(member, { ...at, pointer }))
          readMembers(inner, sectionShape(section), { ...at, pointer });
      } else if (name === 'connections' && of.others.includes(name)) {
        connections = readConnections(member, { ...at, pointer });
      } else if (name === 'secrets' && of.others.includes(name)) {
        secrets = readSecrets(member, { ...at, pointer });
      } else if (name === 'databases' && of.others.includes(name)) {
        databases = readDatabases(member, { ...at, pointer });
      } else if (!memberNames(of).includes(name)) {
        reportUnknown(name, of, at);
      }
    }
  }
}

/** The value when it is an object, in a list; otherwise nothing, which is reported. */
export function objectAt(
  value: Json,
  { pointer, report }: Pick<SectionPosition, 'pointer' | 'report'>,
): JsonObject[] {
  if (isJsonObject(value)) return [value];
  report({ pointer, message: 'must be an object.', hint: 'Write { ... } there.' });
  return [];
}

/** An unknown key: what it is near to here, or the section where it belongs. */
function reportUnknown(name: string, shape: Shape, { pointer, report }: SectionPosition): void {
  const here = nearest(name, memberNames(shape));
  const elsewhere = settings
    .filter((setting) => setting.key === name)
    .flatMap((known) => fileKey(known) ?? []);
  const candidates = elsewhere.length > 0 ? elsewhere : here;
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((known) => `"${known}"`).join(' or ')}?`;
  const hint = `There is ${memberNames(shape).join(', ')}.`;
  report({ pointer: memberPointer(pointer, name), message: `means nothing.${meant}`, hint });
}
