import type { Json, JsonObject } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import { holdsValue } from '../../claims/same-value.ts';
import type { CallControl } from '../../connection/waapi.ts';
import type { FindOptions } from '../../objects/finding/find-object.ts';
import { withRowBehind } from '../../objects/finding/row-behind.ts';
import { type FoundObject, referenceIdOf, refOf } from '../../objects/rows/object-row.ts';
import type { CommandContext } from '../../wwise-command.ts';

/** One value that a command gives an object. */
export type MemberSet =
  | { readonly kind: 'property'; readonly name: string; readonly value: Json; readonly platform?: string }
  /** `targetId`: GUID of what it points at; null clears it. */
  | { readonly kind: 'reference'; readonly name: string; readonly targetId: string | null }
  | { readonly kind: 'notes'; readonly text: string };

/** The members as object.set takes them; for one platform it cannot. */
export function asMembers(sets: readonly MemberSet[]): JsonObject {
  return Object.fromEntries(
    sets.map((set) => {
      if (set.kind === 'notes') return ['notes', set.text];
      return [`@${set.name}`, set.kind === 'property' ? set.value : (set.targetId ?? nullGuid)];
    }),
  );
}

/** The member as pieces hold it. */
export function memberOf(set: MemberSet): string {
  return set.kind === 'notes' ? 'notes' : set.name;
}

/**
 * Sets them as one undo step: one by its own function, several in one object.set, or in an undo group before 2022.1.
 * `step`: what that group is called. Gives the row with these return expressions where it came along and shows all that was
 * set; else it is to be asked for. Rejects like Waapi.
 */
export async function setMembers(
  { id }: FoundObject,
  sets: readonly MemberSet[],
  step: string,
  context: CommandContext,
  returns: FindOptions,
): Promise<JsonObject | undefined> {
  const { waapi } = context;
  const [only, ...others] = sets;
  if (only === undefined) return undefined;
  if (others.length === 0)
    return shownBehind(id, sets, returns, (control) => setOne(id, only, waapi, control));
  if ((await context.project()).year >= 2022) {
    const objects = [{ object: id, ...asMembers(sets) }];
    return shownBehind(id, sets, returns, async (control) => {
      await waapi.call('ak.wwise.core.object.set', { objects }, {}, control);
    });
  }
  await waapi.call('ak.wwise.core.undo.beginGroup');
  try {
    for (const set of sets) await setOne(id, set, waapi);
  } finally {
    await waapi.call('ak.wwise.core.undo.endGroup', { displayName: step });
  }
  return undefined;
}

/** The row that was asked for right behind the change, where it shows the change: then it was read after it. */
async function shownBehind(
  id: string,
  sets: readonly MemberSet[],
  returns: FindOptions,
  change: (control: CallControl) => Promise<void>,
): Promise<JsonObject | undefined> {
  const { row } = await withRowBehind(id, returns, change);
  return row !== undefined && refOf(row).id === id && sets.every((set) => isShown(set, row))
    ? row
    : undefined;
}

function isShown(set: MemberSet, row: JsonObject): boolean {
  if (set.kind === 'notes') return row.notes === set.text;
  const value = row[`@${set.name}`];
  if (set.kind === 'reference') return set.targetId !== null && referenceIdOf(value) === set.targetId;
  return value !== undefined && holdsValue(value, set.value);
}

async function setOne(
  object: string,
  set: MemberSet,
  waapi: CommandContext['waapi'],
  control: CallControl = {},
): Promise<void> {
  if (set.kind === 'notes')
    await waapi.call('ak.wwise.core.object.setNotes', { object, value: set.text }, {}, control);
  else if (set.kind === 'reference') {
    const { name: reference, targetId } = set;
    const args = { object, reference, value: targetId ?? nullGuid };
    await waapi.call('ak.wwise.core.object.setReference', args, {}, control);
  } else {
    const { name: property, value, platform } = set;
    const args = { object, property, value, ...(platform === undefined ? {} : { platform }) };
    await waapi.call('ak.wwise.core.object.setProperty', args, {}, control);
  }
}
