import type { Blame } from '../../../core/dispatch/execute/culprit.ts';
import type { KeyedSlot } from '../../../core/dispatch/slot.ts';
import type { Unit } from '../../../core/dispatch/unit.ts';
import { inputFilesOf } from '../../../core/dispatch/untyped-command.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import { resolvedInput, type SharedSlot } from './shared-slot.ts';
import { together } from './together.ts';

/** A file that cannot be imported is found before anything is changed. */
export async function checkFiles({ slots, files }: Unit<SharedSlot>, blame: Blame): Promise<void> {
  const isChecked = ({ batch }: SharedSlot) => batch.checkFile !== undefined;
  await together(slots.filter(isChecked), async (slot) => {
    const { batch, item, command } = slot;
    try {
      const parsed = command.input.safeParse(item.input);
      const paths = parsed.success ? inputFilesOf(command, asJsonObject(parsed.data)) : [];
      for (const path of paths.filter((text) => !text.includes('$from:'))) {
        batch.checkFile?.((await files.hashed(path)).path);
      }
    } catch (thrown) {
      throw blame(slot, thrown);
    }
  });
}

/**
 * Checks with one query what the memo has for the whole unit, as if all of it held. Gives the calls that read no other
 * one, as they were admitted: these stay.
 */
export async function verifyUnitAhead({
  slots,
  outputs,
  admit,
  memory,
}: Unit<SharedSlot>): Promise<ReadonlyMap<SharedSlot, KeyedSlot<SharedSlot>>> {
  const constant = new Map<SharedSlot, KeyedSlot<SharedSlot>>();
  const assumed = new Map<string, JsonObject>(outputs);
  const found: KeyedSlot[] = [];
  for (const slot of slots) {
    try {
      const raw = resolvedInput(slot, assumed, new Map());
      if (raw === undefined) continue;
      const call = await admit(slot, raw);
      if (slot.item.reads.length === 0) constant.set(slot, call);
      const stored = await memory.stored(call);
      if (stored === undefined) continue;
      assumed.set(slot.item.nodeId, stored);
      found.push(call);
    } catch {
      // What is wrong with its input is reported when its turn comes.
    }
  }
  await memory.recall(found);
  return constant;
}
