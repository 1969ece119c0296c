import { asString, type JsonObject } from '../../core/json.ts';
import { type NamedTarget, namedTargetOf } from '../objects/rows/lean-ref.ts';
import { referenceIdOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';

/** 2025.1: a list that pointed at objects holds slots, each with a reference to one. */
const firstWithSlots = 2025;

/** Items of a list that points at objects, as this Wwise takes them: slots of a type, or the ids themselves. */
export async function asListItems(
  ids: readonly string[],
  slot: { readonly type: string; readonly reference: string },
  context: Pick<CommandContext, 'project'>,
): Promise<(string | JsonObject)[]> {
  const { year } = await context.project();
  if (year < firstWithSlots) return [...ids];
  return ids.map((id) => ({ type: slot.type, name: '', [`@${slot.reference}`]: id }));
}

/** What an item of such a list points at: through its slot, or the row of the object itself. */
export function pointedAt(row: JsonObject, reference: string): NamedTarget {
  const target = namedTargetOf(row[`@${reference}`]);
  const id = referenceIdOf(row.id);
  if (target !== null || id === null || /Slot$|^PluginInnerObject$|^$/.test(asString(row.type) ?? ''))
    return target;
  return { id, name: asString(row.name) ?? '' };
}
