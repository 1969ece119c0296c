import { asJsonArray, asJsonObject, asString } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { type Change, present } from './change.ts';
import { withEntries } from './with-entries.ts';

/** What is known of the objects that some calls made. */
export interface MadeKnown {
  /** GUIDs of all below a made object, where its call reported them. */
  below(id: string): readonly string[] | undefined;
  /** GUIDs in the answers of the calls. */
  readonly answered: ReadonlySet<string>;
}

/**
 * Changes with the GUIDs of what the calls made, `own`: a made object, and a new child that the calls answered or made something
 * in, each with all below it. Others may add children meanwhile, and what was there before and moved in is not made. So do new
 * entries of lists, where they are made along.
 */
export async function withOwn(
  changes: readonly Change[],
  { below: reported, answered }: MadeKnown,
  waapi: Waapi,
): Promise<readonly Change[]> {
  const moved = new Set(
    changes.flatMap(({ cell }) => (cell.kind === 'value' && cell.member === 'parent' ? [cell.id] : [])),
  );
  const tops = new Map(changes.map((change) => [change, newIds(change).filter((id) => !moved.has(id))]));
  const all = [...new Set([...tops.values()].flat())];
  const isAnswered = (id: string): boolean => answered.has(id) || reported(id) !== undefined;
  const unknown = all.filter((id) => reported(id) === undefined);
  const below = await descendantsOf(unknown.filter(isAnswered), waapi);
  for (const id of unknown.filter((one) => !isAnswered(one))) {
    const found = (await descendantsOf([id], waapi)).get(id);
    if (found?.some((one) => answered.has(one)) === true) below.set(id, found);
  }
  const withChildren = changes.map((change) => {
    const made = (tops.get(change) ?? []).filter(
      (id) => change.cell.kind === 'object' || isAnswered(id) || below.has(id),
    );
    const own = made.flatMap((id) => [id, ...(reported(id) ?? below.get(id) ?? [])]);
    return own.length === 0 ? change : { ...change, own: own.filter((id) => !moved.has(id)) };
  });
  return withEntries(withChildren, waapi);
}

function newIds({ cell, before, after }: Change): readonly string[] {
  if (cell.kind === 'object') return after === present ? [cell.id] : [];
  if (cell.kind !== 'children') return [];
  const was = new Set(asJsonArray(before));
  return asJsonArray(after).flatMap((id) => (was.has(id) ? [] : (asString(id) ?? [])));
}

/** What is not known is nobody's own: then it is left where it is. */
async function descendantsOf(ids: readonly string[], waapi: Waapi): Promise<Map<string, readonly string[]>> {
  const below = new Map<string, readonly string[]>();
  if (ids.length === 0) return below;
  try {
    const waql = `$ ${ids.map((id) => `"${id}"`).join(', ')} select descendants`;
    const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['id'] });
    const all = asJsonArray(answer.return).flatMap(
      (row) => asString(asJsonObject(row).id)?.toUpperCase() ?? [],
    );
    for (const id of ids) below.set(id, all);
  } catch {
    return below;
  }
  return below;
}
