import { asJsonArray, asJsonObject, asString, type Json } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { referenceIdOf } from '../../objects/rows/object-row.ts';
import { absent, type Cell, type Change, keyOfCell, present, sameValue } from '../../undo/changes/change.ts';
import { asValue, readCells } from '../../undo/changes/read-cells.ts';
import type { Piece } from '../description/batch.ts';
import type { Answered } from '../shared/execute-step.ts';
import type { KnownBefore } from './changes-of-piece.ts';

/** A step that failed: its pieces, how their objects were known before, and what was answered. */
export interface BrokenStep {
  readonly pieces: readonly Piece[];
  readonly befores: readonly (KnownBefore | undefined)[];
  readonly answered: Answered;
}

/**
 * What a step that failed left in the project. Undefined where that cannot be distinguished from what others may have done meanwhile.
 * Rejects when Wwise cannot be asked.
 */
export async function changesLeft(step: BrokenStep, waapi: Waapi): Promise<readonly Change[] | undefined> {
  const { pieces, befores, answered } = step;
  const ids = await idsOf(step, waapi);
  if (ids === undefined) return undefined;
  const changes: Change[] = [];
  const cells: { readonly cell: Cell; readonly before: Json; readonly isAnswered: boolean }[] = [];
  for (const [at, { change, before: namesakes }] of pieces.entries()) {
    const id = ids[at]?.toUpperCase();
    const before = befores[at];
    if (change.kind === 'members') {
      if (before === undefined) return undefined;
      const isAnswered = answered.ids[at] !== undefined;
      for (const member of Object.keys(change.members)) {
        const cell: Cell = { kind: 'value', id: change.objectId.toUpperCase(), member, platform: '' };
        cells.push({ cell, before: asValue(before.row[member]), isAnswered });
      }
    } else if (change.kind === 'import' && change.soundId !== undefined) {
      // What an imported file replaced is not reported.
      if (answered.ids[at] !== undefined) return undefined;
      if (before?.children === undefined) return undefined;
      const cell: Cell = { kind: 'children', id: change.soundId.toUpperCase() };
      const sources = before.children.flatMap((one) => asString(one.id)?.toUpperCase() ?? []);
      cells.push({ cell, before: sources, isAnswered: false });
    } else if (id !== undefined && !asJsonArray(namesakes).includes(id)) {
      const own = [...new Set([id, ...answered.made])];
      changes.push({ cell: { kind: 'object', id }, before: absent, after: present, own });
    } else if (id !== undefined) return undefined;
  }
  const now = await readCells(
    cells.map(({ cell }) => cell),
    waapi,
  );
  for (const { cell, before, isAnswered } of cells) {
    const value = now.get(keyOfCell(cell));
    if (value === undefined) return undefined;
    if (sameValue(value, before)) continue;
    if (!isAnswered) return undefined;
    changes.push({ cell, before, after: value });
  }
  return changes;
}

/**
 * The object of each piece; undefined where nothing was made. A call that was refused may have made some all the same: what is
 * there under its name and was not answered may be the work of others.
 */
async function idsOf(
  { pieces, answered }: BrokenStep,
  waapi: Waapi,
): Promise<readonly (string | undefined)[] | undefined> {
  const open = pieces.flatMap(({ change, before }, at) => {
    if (answered.ids[at] !== undefined || change.kind === 'members') return [];
    if (change.kind === 'import' && change.soundId !== undefined) return [];
    const name = change.kind === 'import' ? change.name : (asString(change.spec.name) ?? '');
    return [{ at, parentId: change.parentId, name: name.toLowerCase(), namesakes: asJsonArray(before) }];
  });
  const ids = [...answered.ids];
  if (open.length === 0) return ids;
  const parents = [...new Set(open.map(({ parentId }) => `"${parentId}"`))].join(', ');
  const { return: rows } = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ ${parents} select children` },
    { return: ['id', 'name', 'parent'] },
  );
  const there = new Map<string, string[]>();
  for (const row of asJsonArray(rows).map(asJsonObject)) {
    const key = `${referenceIdOf(row.parent) ?? ''} ${String(row.name).toLowerCase()}`.toLowerCase();
    there.set(key, [...(there.get(key) ?? []), asString(row.id)?.toUpperCase() ?? '']);
  }
  for (const { at, parentId, name, namesakes } of open) {
    const found = there.get(`${parentId} ${name}`.toLowerCase()) ?? [];
    const [id, ...more] = found.filter((one) => !namesakes.includes(one));
    if (id === undefined) continue;
    if (more.length > 0 || !answered.made.has(id)) return undefined;
    ids[at] = id;
  }
  return ids;
}
