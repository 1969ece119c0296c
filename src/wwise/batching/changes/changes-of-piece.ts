import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { referenceIdOf } from '../../objects/rows/object-row.ts';
import { absent, type Cell, type Change, present, sameValue } from '../../undo/changes/change.ts';
import { asValue } from '../../undo/changes/read-cells.ts';
import type { Aftermath, Piece } from '../description/batch.ts';
import type { KnownObjects } from '../shared/known-objects.ts';

/** An object that is there, as it was known before a piece changed it. */
export interface KnownBefore {
  readonly row: JsonObject;
  readonly children: readonly JsonObject[] | undefined;
}

/** The object a piece changes, as it is known now; undefined for one that it makes. */
export function objectBefore({ change }: Piece, known: KnownObjects): KnownBefore | undefined {
  const id =
    change.kind === 'members' ? change.objectId : change.kind === 'import' ? change.soundId : undefined;
  const found = id === undefined ? undefined : known.find(id);
  if (id === undefined || found === undefined) return undefined;
  const children = known.children(found.id);
  return { row: found.row, children: children && [...children] };
}

/** What a piece of shared calls changed, by how its object was known before and is known after. Asks nothing. */
export function changesOfPiece(
  { change, before: namesakes }: Piece,
  before: KnownBefore | undefined,
  { row, children }: Aftermath,
): readonly Change[] | undefined {
  const id = asString(row.id)?.toUpperCase();
  if (id === undefined) return undefined;
  if (change.kind === 'members')
    return before === undefined ? undefined : differing(id, Object.keys(change.members), before.row, row);
  const idsOf = (rows: readonly JsonObject[]) => rows.flatMap((one) => asString(one.id)?.toUpperCase() ?? []);
  const isThere = before !== undefined || asJsonArray(namesakes).includes(id);
  if (!isThere) {
    const inner = Object.values(row).flatMap((value) =>
      asJsonArray(value).flatMap((item) => (isJsonObject(item) ? (referenceIdOf(item) ?? []) : [])),
    );
    const own = [id, ...idsOf(children), ...inner];
    return [{ cell: { kind: 'object', id }, before: absent, after: present, own }];
  }
  // Another Sound of the name was there, whose sources nobody asked for.
  if (before?.children === undefined)
    return [{ cell: { kind: 'unseen', why: intoExisting }, before: null, after: null }];
  const after = new Map(children.map((one) => [asString(one.id)?.toUpperCase(), one]));
  const [was, is] = [idsOf(before.children), idsOf(children)];
  const own = is.filter((source) => !was.includes(source));
  const sources: Change = { cell: { kind: 'children', id }, before: was, after: is, own };
  return [
    ...(sameValue(sources.before, sources.after) ? [] : [sources]),
    ...before.children.flatMap((source) => {
      const sourceId = asString(source.id)?.toUpperCase() ?? '';
      const files = Object.keys(source).filter((member) => /original\w*FilePath$/i.test(member));
      return differing(sourceId, files, source, after.get(sourceId) ?? {});
    }),
  ];
}

function differing(
  id: string,
  members: readonly string[],
  before: JsonObject,
  after: JsonObject,
): readonly Change[] {
  return members.flatMap((member): readonly Change[] => {
    const cell: Cell = { kind: 'value', id, member, platform: '' };
    const [was, is] = [asValue(before[member]), asValue(after[member])];
    return sameValue(was, is) ? [] : [{ cell, before: was, after: is }];
  });
}

const intoExisting = 'What the Sound played before comes back through Undo in Wwise only.';
