import type { GatedWrite, NoEffectYet, WholeWrite } from '../../core/backend/no-effect-yet.ts';
import type { Waapi } from '../connection/waapi.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { lookUpObjects } from '../objects/finding/look-up-objects.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import { knownValues } from '../objects/types/known-values.ts';
import { decidedAbove, drivenProperties } from './driven-values.ts';
import { lostValueReturns, lostValues, mainBusQuery, passesOn } from './lost-values.ts';

/**
 * What of these objects has no effect where they are now: of each all its values, or those the call was about, and the RTPCs
 * on them. Below a Work Unit or a folder it is what lies in it, which inherits through it. At most six queries for all.
 * Rejects like Waapi.
 */
export async function lostByPosition(
  written: readonly GatedWrite[],
  waapi: Waapi,
): Promise<readonly NoEffectYet[]> {
  const named = [...new Set(written.map(({ object }) => object))].filter((object) => !object.includes('"'));
  const found = named.length === 0 ? new Map() : await lookUpObjects(named, [], {}, waapi);
  const about = new Map(
    written.flatMap(({ object, whole }) => {
      const row = found.get(object);
      return row === undefined ? [] : [[refOf(row).id, whole]];
    }),
  );
  const there = [...found.values()].map(refOf);
  const holders = there.filter(({ type }) => passesOn.has(type)).map(({ id }) => id);
  const inside = await inheritingBelow(holders, waapi);
  const ids = [...there.filter(({ type }) => !passesOn.has(type)).map(({ id }) => id), ...inside];
  if (ids.length === 0) return [];
  const waql = `$ ${ids.map((id) => `"${id}"`).join(', ')} select this, ancestors`;
  const rows = await knownValues(waql, [...lostValueReturns, '@RTPC'], { waapi });
  const mainBusses = await askRows(mainBusQuery, ['id'], { waapi });
  const unchosen = new Set(mainBusses.map(({ id }) => String(id).toUpperCase()));
  const driven = await drivenProperties(
    ids.flatMap((id) => {
      const row = rows.get(id);
      return row === undefined ? [] : [row];
    }),
    waapi,
  );
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    const isAbout = nameFilter(about.get(id));
    const lack = (member: string, override: string, by: NoEffectYet['by']): NoEffectYet => ({
      ...{ id, path: refOf(row).path, member, by, override, wanted: true, why: 'inherited' },
    });
    return [
      ...lostValues(row, rows, unchosen).flatMap(({ override, members }) =>
        members.filter(isAbout).map((member) => lack(member, override, undefined)),
      ),
      ...(isAbout('RTPC') ? (driven.get(id) ?? []) : []).flatMap((member) => {
        const decided = decidedAbove(member, row, rows);
        return decided === undefined ? [] : [lack(member, decided.override, 'RTPC')];
      }),
    ];
  });
}

function nameFilter({ only, except = [] }: WholeWrite = {}): (name: string) => boolean {
  const [wanted, unwanted] = [only, except].map(
    (names) => names && new Set(names.map((name) => name.toLowerCase())),
  );
  return (name) => wanted?.has(name.toLowerCase()) !== false && unwanted?.has(name.toLowerCase()) !== true;
}

/** What lies in Work Units and folders with nothing but such between. */
async function inheritingBelow(holders: readonly string[], waapi: Waapi): Promise<readonly string[]> {
  if (holders.length === 0) return [];
  const named = holders.map((id) => `"${id}"`).join(', ');
  const rows = await askRows(`$ ${named} select descendants`, ['id', 'type', 'parent'], { waapi });
  const open = new Set(holders);
  const found: string[] = [];
  // Wwise gives what is above first.
  for (const row of rows) {
    const { id, type } = refOf(row);
    if (!open.has(referenceIdOf(row.parent) ?? '')) continue;
    if (passesOn.has(type)) open.add(id);
    else found.push(id);
  }
  return found;
}
