import { asJsonArray, asString, type JsonObject } from '../../core/json.ts';
import { flatMapInTurns } from '../../core/turns/turns.ts';
import { statesOf, statesReturns } from '../lists/states.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { refOf } from '../objects/rows/object-row.ts';
import { knownValues } from '../objects/types/known-values.ts';
import { decidedAbove, drivenProperties } from '../overrides/driven-values.ts';
import {
  lostValueReturns,
  lostValues,
  mainBusQuery,
  type OverrideRowsById,
  passesOn,
} from '../overrides/lost-values.ts';
import type { Check, Finding } from './rules.ts';

/**
 * Values that were set on an object and have no effect, because something above decides while an override is off
 * (../overrides/lost-values.ts says which count); and RTPCs on such values and what States make of them. What States make of
 * them is known from Wwise 2025.1 on.
 */
export const noEffect: Check = async (_rules, context) => {
  const { year } = await context.project();
  const types = [...containers, year >= 2025 ? 'PropertyContainer' : 'ActorMixer'];
  const above = new Map([
    ...(await knownValues('$ from type WorkUnit, Folder', ['parent'], context)),
    ...(await knownValues(`$ from type ${types.join(', ')}`, returns, context)),
  ]);
  const mainBusses = await askRows(mainBusQuery, ['id'], context);
  const unchosen = new Set(mainBusses.map(({ id }) => String(id).toUpperCase()));
  const findings: Finding[] = [];
  const look = async (rows: readonly JsonObject[]): Promise<void> => {
    for (const finding of await findingsAmong(rows, above, unchosen, context)) findings.push(finding);
  };
  await look([...above.values()].filter((row) => !passesOn.has(refOf(row).type)));
  // Nothing stands below these: they are forgotten again, a page after the other.
  for (const type of leaves)
    for (let start = 0; ; start += pageSize) {
      const query = `$ from type ${type} skip ${start} take ${pageSize}`;
      const page = await knownValues(query, returns, context);
      await look([...page.values()]);
      if (page.size < pageSize) break;
    }
  return findings.toSorted((a, b) => (a.object.path < b.object.path ? -1 : 1));
};

const returns = [...lostValueReturns, '@RTPC', ...statesReturns];

/** Some hundred members of each are held at once. */
const pageSize = 5_000;

async function findingsAmong(
  objects: readonly JsonObject[],
  above: OverrideRowsById,
  unchosen: ReadonlySet<string>,
  context: Parameters<Check>[1],
): Promise<readonly Finding[]> {
  const driven = await drivenProperties(objects, context.waapi);
  const found = await flatMapInTurns(
    objects,
    (row) => [
      ...findingsOf(row, above, unchosen),
      ...decidedFindings('RTPC on', [...new Set(driven.get(refOf(row).id))], row, above),
    ],
    rowsPerLook,
  );
  return [...found, ...(await findingsOfStates(objects, above, context))];
}

/** Each is compared with all that stand above it. */
const rowsPerLook = 8;

const containers: readonly string[] = [
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'MusicSegment',
  'MusicPlaylistContainer',
  'MusicSwitchContainer',
];
const leaves: readonly string[] = ['Sound', 'MusicTrack'];

function findingsOf(row: JsonObject, rows: OverrideRowsById, unchosen: ReadonlySet<string>): Finding[] {
  return lostValues(row, rows, unchosen).map(({ override, members, source }) => {
    const verb = members.length === 1 ? 'has' : 'have';
    const message = `${members.join(', ')} ${verb} no effect: "${refOf(source).path}" decides while ${override} is off.`;
    return { object: refOf(row), message };
  });
}

/** One finding for each of these members that something above decides about. `what`: what of them has no effect. */
function decidedFindings(
  what: string,
  members: readonly string[],
  row: JsonObject,
  rows: OverrideRowsById,
): Finding[] {
  return members.flatMap((member) => {
    const decided = decidedAbove(member, row, rows);
    if (decided === undefined) return [];
    const { override, source } = decided;
    const message = `${what} ${member} has no effect: "${refOf(source).path}" decides while ${override} is off.`;
    return [{ object: refOf(row), message }];
  });
}

/** Asks for the values of those objects alone that follow States and have a property something above decides about. */
async function findingsOfStates(
  objects: readonly JsonObject[],
  rows: OverrideRowsById,
  context: Parameters<Check>[1],
): Promise<readonly Finding[]> {
  const candidates = await flatMapInTurns(objects, (row) => {
    if (asJsonArray(row.stateGroups).length === 0) return [];
    const properties = asJsonArray(row.stateProperties).flatMap((name) => asString(name) ?? []);
    const isDecided = properties.some((member) => decidedAbove(member, row, rows) !== undefined);
    return isDecided ? [{ row, properties }] : [];
  });
  const findings: Finding[] = [];
  for (const { row, properties } of candidates) {
    const { values } = await statesOf({ ...refOf(row), row }, context);
    const changed = properties.filter((name) => values?.some((one) => isChange(one.values[name])));
    findings.push(...decidedFindings('What States make of', changed, row, rows));
  }
  return findings;
}

/** What a State makes of a property is a difference: nothing, while it is 0. */
function isChange(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 0;
}
