import type { GatedWrite, NoEffectYet } from '../../core/backend/no-effect-yet.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Waapi } from '../connection/waapi.ts';
import { lookUpObjects } from '../objects/finding/look-up-objects.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import { knownValues } from '../objects/types/known-values.ts';
import { lostByPosition } from './lost-by-position.ts';
import { passesOn } from './lost-values.ts';

/**
 * Which of these writes have no effect as things are now: the override is off, and there is something above to inherit
 * from (through Work Units and folders). One query for all of them, none when there are no writes; more where an object is
 * gone. Rejects like Waapi.
 */
export async function noEffectYet(
  writes: readonly GatedWrite[],
  waapi: Waapi,
): Promise<readonly NoEffectYet[]> {
  const ofMembers = writes.filter(({ whole }) => whole === undefined);
  const ofPosition = writes.filter(({ whole }) => whole !== undefined);
  const named = [...new Set(ofMembers.map(({ object }) => object))].filter((object) => !object.includes('"'));
  const returns = [...new Set(ofMembers.flatMap(({ override, member }) => [override, ...needsOf(member)]))];
  const found = new Map<string, NoEffectYet>();
  for (let start = 0; start < named.length; start += BATCH_SIZE) {
    const batch = new Set(named.slice(start, start + BATCH_SIZE));
    const rows = await withAncestors(
      [...batch],
      returns.map((name) => `@${name}`),
      waapi,
    );
    const rowOf = rowsByName(rows);
    for (const write of ofMembers) {
      const row = batch.has(write.object) ? rowOf(write.object) : undefined;
      for (const one of row === undefined ? [] : lacksOf(row, write, rows))
        found.set([one.id, one.member, one.by, one.override].join(), one);
    }
  }
  for (const one of ofPosition.length === 0 ? [] : await lostByPosition(ofPosition, waapi))
    found.set([one.id, one.member, one.by, one.override].join(), one);
  return [...found.values()];
}

/** Keeps the query short. */
const BATCH_SIZE = 2_000;

type Rows = ReadonlyMap<string, JsonObject>;

function lacksOf(row: JsonObject, { member, override, always, by }: GatedWrite, rows: Rows): NoEffectYet[] {
  const { id, path } = refOf(row);
  const lacks = (name: string, wanted: true | 2, why: NoEffectYet['why']): NoEffectYet => ({
    id,
    path,
    member,
    by,
    override: name,
    wanted,
    why,
  });
  const value = row[`@${override}`];
  const isOff = value === false && (always || inherits(row, override, rows));
  return [
    ...(isOff ? [lacks(override, true, always ? 'off' : 'inherited')] : []),
    ...needsOf(member).flatMap((name) => {
      if (row[`@${name}`] === false) return [lacks(name, true, 'off')];
      return name === '3DSpatialization' && row[`@${name}`] === 0 ? [lacks(name, 2, 'distance only')] : [];
    }),
  ];
}

/** What else has to be on before a member has its effect; the defaults of Wwise have the first two on. */
function needsOf(member: string): readonly string[] {
  return member.toLowerCase() === 'attenuation'
    ? ['EnableAttenuation', 'ListenerRelativeRouting', '3DSpatialization']
    : [];
}

/** Whether there is something above that has the override too, and so the members it decides about. */
function inherits(row: JsonObject, override: string, rows: Rows): boolean {
  for (let at = above(row, rows); at !== undefined; at = above(at, rows)) {
    if (typeof at[`@${override}`] === 'boolean') return true;
    if (!passesOn.has(refOf(at).type)) return false;
  }
  return false;
}

function above(row: JsonObject, rows: Rows): JsonObject | undefined {
  return rows.get(referenceIdOf(row.parent) ?? '');
}

/** The objects and all above them. Wwise refuses a query that names an object that is gone: then only the others. */
async function withAncestors(
  named: readonly string[],
  returns: readonly string[],
  waapi: Waapi,
): Promise<Rows> {
  const ask = (names: readonly string[]) =>
    knownValues(
      `$ ${names.map((name) => `"${name}"`).join(', ')} select this, ancestors`,
      ['parent', ...returns],
      { waapi },
    );
  const rows = await ask(named).catch(() => undefined);
  if (rows !== undefined) return rows;
  const there = [...(await lookUpObjects(named, [], {}, waapi)).keys()];
  return there.length === 0 ? new Map() : ask(there);
}

/** The row of an object by GUID or path. */
function rowsByName(rows: Rows): (name: string) => JsonObject | undefined {
  const byPath = new Map([...rows.values()].map((row) => [refOf(row).path.toLowerCase(), row]));
  return (name) => rows.get(name.toUpperCase()) ?? byPath.get(name.toLowerCase());
}
