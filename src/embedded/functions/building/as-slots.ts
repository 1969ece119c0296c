import type { Json } from '../../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { factsOfType } from '../../model/types/type-table.ts';

/** 2025.1: what was a link to an object became a slot with a reference to it. */
const firstSlotSchema = 131;

/**
 * Items of a playlist, of arguments, a path or metadata as 2025.1 has them. Clients made for former versions give the
 * objects themselves (`"@Playlist": ["{GUID}", ...]`); each is put into a slot. Anything else is given back as it is.
 */
export function asSlots(model: ProjectModel, owner: WwiseObject, list: string, value: Json): Json {
  if (model.version.schema < firstSlotSchema || !Array.isArray(value)) return value;
  const [slot, ...others] = model.facts(owner)?.list(list)?.types ?? [];
  if (slot === undefined || others.length > 0 || !slot.endsWith('Slot')) return value;
  // A slot that is nothing without its object was a link before; an EffectSlot has flags of its own.
  const reference = factsOfType(slot)
    ?.references()
    .find(({ notNull }) => notNull === true);
  if (reference === undefined) return value;
  return value.map((item) =>
    typeof item === 'string' ? { type: slot, name: '', [`@${reference.name}`]: item } : item,
  );
}
