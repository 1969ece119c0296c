import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { lookUpObjects } from '../../objects/finding/look-up-objects.ts';
import { referenceIdOf } from '../../objects/rows/object-row.ts';
import { absent, type Cell, keyOfCell, present } from './change.ts';

/** Values by cell key. A cell that Wwise would not report has none. */
export type CellValues = Map<string, Json>;

/**
 * Asks Wwise for cells: one query for all values that have their members and platform in common, one for all lists of
 * children, a call for each answer of a reading function. Rejects when Wwise cannot be asked at all.
 */
export async function readCells(cells: readonly Cell[], waapi: Waapi): Promise<CellValues> {
  const values: CellValues = new Map();
  const distinct = [...new Map(cells.map((cell) => [keyOfCell(cell), cell])).values()];
  const ofValues = distinct.filter((cell) => cell.kind === 'value');
  for (const group of inGroups(ofValues)) await readValues(group, values, waapi);
  const ranges = distinct.filter((cell) => cell.kind === 'range');
  if (ranges.length > 0) await readRanges(ranges, values, waapi);
  const ofObjects = distinct.filter((cell) => ['object', 'children', 'order'].includes(cell.kind));
  if (ofObjects.length > 0) {
    const there = await existing(
      ofObjects.flatMap((cell) => ('id' in cell ? [cell.id ?? ''] : [])),
      waapi,
    );
    const parents: Cell[] = [];
    for (const cell of ofObjects) {
      if (!('id' in cell) || !there.has(cell.id ?? '')) values.set(keyOfCell(cell), absent);
      else if (cell.kind === 'object') values.set(keyOfCell(cell), present);
      else parents.push(cell);
    }
    await readChildren(parents, values, waapi);
  }
  for (const cell of distinct) if (cell.kind === 'answer') await readAnswer(cell, values, waapi);
  return values;
}

type ValueCell = Extract<Cell, { kind: 'value' }>;

interface Group {
  readonly ids: readonly string[];
  readonly members: readonly string[];
  readonly platform: string;
}

/** Objects of which the same members are asked for the same platform. */
function inGroups(cells: readonly ValueCell[]): readonly Group[] {
  const membersOf = new Map<string, { id: string; platform: string; members: Set<string> }>();
  for (const { id, member, platform } of cells) {
    const key = `${id} ${platform}`;
    const known = membersOf.get(key) ?? { id, platform, members: new Set() };
    known.members.add(member);
    membersOf.set(key, known);
  }
  const groups = new Map<string, Group & { ids: string[] }>();
  for (const { id, platform, members } of membersOf.values()) {
    const sorted = [...members].sort();
    const key = `${platform}\n${sorted.join('\n')}`;
    const group = groups.get(key) ?? { ids: [], members: sorted, platform };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function readValues({ ids, members, platform }: Group, values: CellValues, waapi: Waapi) {
  const rows = await lookUpObjects(ids, members, platform === '' ? {} : { platform }, waapi);
  const missing = ids.filter((id) => !rows.has(id));
  // A row is also missing where this Wwise refuses one of the members: that is no object that is gone.
  const there = missing.length === 0 ? new Set<string>() : await existing(missing, waapi);
  for (const id of ids) {
    const row = rows.get(id);
    if (row === undefined && there.has(id)) continue;
    for (const member of members)
      values.set(
        keyOfCell({ kind: 'value', id, member, platform }),
        row === undefined ? absent : asValue(row[member]),
      );
  }
}

async function readRanges(
  cells: readonly Extract<Cell, { kind: 'range' }>[],
  values: CellValues,
  waapi: Waapi,
) {
  const ids = [...new Set(cells.map(({ id }) => id))];
  const rows = await lookUpObjects(ids, ['@Min', '@Max'], {}, waapi);
  for (const cell of cells) {
    const row = rows.get(cell.id);
    const range = row === undefined ? absent : { min: row['@Min'] ?? null, max: row['@Max'] ?? null };
    values.set(keyOfCell(cell), range);
  }
}

/** A member of a row as it is compared: of a reference and of the entries of a list only which they are, of a curve its points. */
export function asValue(value: Json | undefined): Json {
  if (value === undefined || value === nullGuid) return null;
  if (Array.isArray(value)) return value.map((item) => (isJsonObject(item) ? asValue(item) : item));
  if (!isJsonObject(value) || typeof value.id !== 'string') return value;
  const ref = referenceIdOf(value);
  if (ref === null) return null;
  return value.points === undefined ? { ref } : { ref, points: value.points };
}

async function existing(ids: readonly string[], waapi: Waapi): Promise<ReadonlySet<string>> {
  const rows = await lookUpObjects([...new Set(ids)], [], {}, waapi);
  return new Set(rows.keys());
}

async function readChildren(parents: readonly Cell[], values: CellValues, waapi: Waapi): Promise<void> {
  const ids = [...new Set(parents.flatMap((cell) => ('id' in cell ? [cell.id ?? ''] : [])))];
  if (ids.length === 0) return;
  const waql = `$ ${ids.map((id) => `"${id}"`).join(', ')} select children`;
  const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['id', 'parent'] });
  const below = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const row of asJsonArray(answer.return)) {
    if (!isJsonObject(row)) continue;
    below.get(referenceIdOf(row.parent) ?? '')?.push((asString(row.id) ?? '').toUpperCase());
  }
  for (const cell of parents) if ('id' in cell) values.set(keyOfCell(cell), below.get(cell.id ?? '') ?? []);
}

async function readAnswer(cell: Cell, values: CellValues, waapi: Waapi): Promise<void> {
  if (cell.kind !== 'answer') return;
  try {
    values.set(keyOfCell(cell), await waapi.call(cell.uri, cell.args));
  } catch (thrown) {
    const { code } = toWwiseFlowError(thrown);
    if (['WAAPI_UNAVAILABLE', 'WAAPI_LOCKED', 'WAAPI_TIMEOUT', 'CANCELLED'].includes(code)) throw thrown;
    const there = await existing([cell.id], waapi);
    if (!there.has(cell.id)) values.set(keyOfCell(cell), absent);
  }
}

/** What a row of a query says about cells: each member that was asked for, under its key. */
export function cellsInRow(
  row: JsonObject,
  members: readonly string[],
  platform: string,
): readonly (readonly [key: string, value: Json])[] {
  const id = asString(row.id)?.toUpperCase();
  if (id === undefined) return [];
  return members.map((member) => [keyOfCell({ kind: 'value', id, member, platform }), asValue(row[member])]);
}
