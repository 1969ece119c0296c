import { overrideRows } from '../../bus/overrides/overrides.gen.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { flatMapInTurns } from '../../core/turns.ts';
import { askRows } from '../objects/ask-rows.ts';
import { knownValues } from '../objects/known-values.ts';
import { referenceIdOf, refOf } from '../objects/object-row.ts';
import type { Check, Finding } from './rules.ts';

/**
 * Values that were set on an object and have no effect, because something above decides while an override is off. A value
 * is reported only where it would change something: when it is neither the default nor what is in effect anyway. New objects
 * store the main bus and the default Conversion, which nobody chose.
 */
export const noEffect: Check = async (_rules, context) => {
  const { year } = await context.project();
  const types = [...playing, year >= 2025 ? 'PropertyContainer' : 'ActorMixer'];
  const members = rules.flatMap(({ override, members: own }) => [override, ...own]).map((name) => `@${name}`);
  const objects = await knownValues(`$ from type ${types.join(', ')}`, ['parent', ...members], context);
  const between = await knownValues('$ from type WorkUnit, Folder', ['parent'], context);
  const mainBusses = await askRows('$ from type Bus where parent.type = "WorkUnit"', ['id'], context);
  const unchosen = new Set(mainBusses.map(({ id }) => String(id).toUpperCase()));
  const rows = new Map([...between, ...objects]);
  const findings = await flatMapInTurns(objects.values(), (row) => findingsOf(row, rows, unchosen));
  return findings.toSorted((a, b) => (a.object.path < b.object.path ? -1 : 1));
};

const playing: readonly string[] = [
  'Sound',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'MusicSegment',
  'MusicTrack',
  'MusicPlaylistContainer',
  'MusicSwitchContainer',
];

/** A colour is not heard, and loop points are of files. */
const rules = overrideRows.filter(({ always }) => !always);

type Rows = ReadonlyMap<string, JsonObject>;

function findingsOf(row: JsonObject, rows: Rows, unchosen: ReadonlySet<string>): Finding[] {
  return rules.flatMap(({ override, members, defaults }) => {
    if (row[`@${override}`] !== false) return [];
    const source = inEffect(row, override, rows);
    if (source === row) return [];
    const lost = members.filter((member) => {
      const [value, effective] = [row[`@${member}`], source[`@${member}`]];
      if (value === undefined || isSame(value, effective) || value === defaults[member]) return false;
      return isChosen(value, unchosen);
    });
    if (lost.length === 0) return [];
    const message = `${lost.join(', ')} ${lost.length === 1 ? 'has' : 'have'} no effect: "${refOf(source).path}" decides while ${override} is off.`;
    return [{ object: refOf(row), message }];
  });
}

/** The object whose values count: the nearest that overrides, or the topmost that could. */
function inEffect(row: JsonObject, override: string, rows: Rows): JsonObject {
  let source = row;
  for (
    let at: JsonObject | undefined = row;
    at !== undefined;
    at = rows.get(referenceIdOf(at.parent) ?? '')
  ) {
    const isSet = at[`@${override}`];
    if (typeof isSet === 'boolean') source = at;
    if (isSet === true) return at;
    if (isSet === undefined && !['WorkUnit', 'Folder'].includes(refOf(at).type)) return source;
  }
  return source;
}

/** A list of Effects or Metadata says something when it is not empty, a reference when it is not what new objects store. */
function isChosen(value: Json, unchosen: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (!isJsonObject(value)) return true;
  const id = referenceIdOf(value);
  return id !== null && !unchosen.has(id) && value.name !== 'Default Conversion Settings';
}

function isSame(one: Json, other: Json | undefined): boolean {
  if (isJsonObject(one)) return referenceIdOf(one) === referenceIdOf(other);
  if (typeof one === 'number' && typeof other === 'number') return Math.fround(one) === Math.fround(other);
  return one === other;
}
