import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import { overrideRows } from './overrides.gen.ts';

/** Members of an object whose values have no effect while this override is off, because another object decides. */
export interface LostValues {
  readonly override: string;
  readonly members: readonly string[];
  /** The object that decides. */
  readonly source: JsonObject;
}

/** Rows by GUID, asked for `parent` and the members of `lostValueReturns`. */
export type OverrideRowsById = ReadonlyMap<string, JsonObject>;

/** A colour is not heard, and loop points are of files. Members by the expressions they are asked for. */
const rules = overrideRows
  .filter(({ always }) => !always)
  .map(({ override, members, defaults }) => ({
    override,
    overrideKey: `@${override}`,
    members: members.map((name) => ({ name, key: `@${name}`, standard: defaults[name] })),
  }));

/** What to ask of an object and of those above it, to hand them to `lostValues`. */
export const lostValueReturns: readonly string[] = [
  'parent',
  ...rules.flatMap(({ overrideKey, members }) => [overrideKey, ...members.map(({ key }) => key)]),
];

/** The query for the busses that new objects store as their Output Bus, which nobody chose. */
export const mainBusQuery = '$ from type Bus where parent.type = "WorkUnit"';

/**
 * Values that were set on an object and have no effect, because something above decides while an override is off. A value
 * counts only where it would change something: when it is neither the default nor what is in effect anyway. New objects
 * store the main bus (`unchosen`: their GUIDs) and the default Conversion, which nobody chose.
 */
export function lostValues(
  row: JsonObject,
  rows: OverrideRowsById,
  unchosen: ReadonlySet<string>,
): readonly LostValues[] {
  const found: LostValues[] = [];
  for (const { override, overrideKey, members } of rules) {
    if (row[overrideKey] !== false) continue;
    let source: JsonObject | undefined;
    let lost: string[] | undefined;
    for (const { name, key, standard } of members) {
      const value = row[key];
      // Most are as new objects have them: then it does not matter who decides.
      if (value === undefined || value === standard || !isChosen(value, unchosen)) continue;
      source ??= decidingFor(row, override, rows);
      if (source === row) break;
      if (isSame(value, source[key])) continue;
      lost ??= [];
      lost.push(name);
    }
    if (lost !== undefined && source !== undefined) found.push({ override, members: lost, source });
  }
  return found;
}

/** The object whose values count: the nearest that overrides, or the topmost that could. */
export function decidingFor(row: JsonObject, override: string, rows: OverrideRowsById): JsonObject {
  const key = `@${override}`;
  let source = row;
  for (
    let at: JsonObject | undefined = row;
    at !== undefined;
    at = rows.get(referenceIdOf(at.parent) ?? '')
  ) {
    const isSet = at[key];
    if (typeof isSet === 'boolean') source = at;
    if (isSet === true) return at;
    if (isSet === undefined && !passesOn.has(refOf(at).type)) return source;
  }
  return source;
}

/** What stands between two objects without taking part in what is inherited. */
export const passesOn: ReadonlySet<string> = new Set(['WorkUnit', 'Folder']);

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
