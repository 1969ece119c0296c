import { asJsonArray } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { lookUpObjects } from '../../objects/finding/look-up-objects.ts';
import { referenceIdOf } from '../../objects/rows/object-row.ts';
import { type Change, newEntries, referredIn } from './change.ts';

/**
 * Changes of lists with what is known of their entries: `own` of those that were made in the list, `links` where all of them are
 * objects that stand elsewhere, as the Sounds in a playlist of Wwise 2024.1 are.
 */
export async function withEntries(changes: readonly Change[], waapi: Waapi): Promise<readonly Change[]> {
  const lists = changes.filter(isList);
  const ids = [...new Set(lists.flatMap(entriesOf))];
  if (ids.length === 0) return changes;
  const owners = await ownersOf(ids, waapi);
  return changes.map((change) => {
    if (!isList(change) || change.cell.kind !== 'value') return change;
    const { id } = change.cell;
    const own = newEntries(change).filter((entry) => owners.get(entry) === id);
    if (own.length > 0) return { ...change, own: [...(change.own ?? []), ...own] };
    const isLinks = entriesOf(change).every((entry) => owners.get(entry) === null);
    return isLinks ? { ...change, links: true } : change;
  });
}

function isList({ cell, before, after }: Change): boolean {
  const isMember = cell.kind === 'value' && cell.member.startsWith('@');
  return isMember && (Array.isArray(before) || Array.isArray(after));
}

function entriesOf({ before, after = null }: Change): readonly string[] {
  return [...asJsonArray(before), ...asJsonArray(after)].flatMap((item) => referredIn(item) ?? []);
}

/** By GUID: which object an object is an inner one of; null for one that stands for itself. What is not there has no entry. */
async function ownersOf(ids: readonly string[], waapi: Waapi): Promise<ReadonlyMap<string, string | null>> {
  try {
    const rows = await lookUpObjects(ids, ['owner'], {}, waapi);
    return new Map([...rows].map(([id, { owner }]) => [id, referenceIdOf(owner)]));
  } catch {
    // What is not known is nobody's own: then it is left where it is.
    return new Map();
  }
}
