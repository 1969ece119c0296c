import type { Json, JsonObject } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import type { FoundObject } from '../../objects/rows/object-row.ts';
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
 * `step`: what that group is called. Rejects like Waapi.
 */
export async function setMembers(
  { id }: FoundObject,
  sets: readonly MemberSet[],
  step: string,
  context: CommandContext,
): Promise<void> {
  const { waapi } = context;
  const [only, ...others] = sets;
  if (only === undefined) return;
  if (others.length === 0) return setOne(id, only, waapi);
  if ((await context.project()).year >= 2022) {
    await waapi.call('ak.wwise.core.object.set', { objects: [{ object: id, ...asMembers(sets) }] });
    return;
  }
  await waapi.call('ak.wwise.core.undo.beginGroup');
  try {
    for (const set of sets) await setOne(id, set, waapi);
  } finally {
    await waapi.call('ak.wwise.core.undo.endGroup', { displayName: step });
  }
}

async function setOne(object: string, set: MemberSet, waapi: CommandContext['waapi']): Promise<void> {
  if (set.kind === 'notes') await waapi.call('ak.wwise.core.object.setNotes', { object, value: set.text });
  else if (set.kind === 'reference') {
    const { name: reference, targetId } = set;
    await waapi.call('ak.wwise.core.object.setReference', {
      object,
      reference,
      value: targetId ?? nullGuid,
    });
  } else {
    const { name: property, value, platform } = set;
    const args = { object, property, value, ...(platform === undefined ? {} : { platform }) };
    await waapi.call('ak.wwise.core.object.setProperty', args);
  }
}
