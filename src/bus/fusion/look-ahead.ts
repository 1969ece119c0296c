import { asJsonObject, type JsonObject } from '../../core/json.ts';
import { parseInput } from '../parse-input.ts';
import { inputFilesOf } from '../untyped-command.ts';
import type { Blame } from './culprit.ts';
import { resolvedInput, type Slot } from './slot.ts';
import { together } from './together.ts';
import type { KeyedSlot, UnitMemo } from './unit-memo.ts';

/** A file that cannot be imported is found before anything is changed. */
export async function checkFiles(slots: readonly Slot[], memo: UnitMemo, blame: Blame): Promise<void> {
  const isChecked = ({ fusion }: Slot) => fusion.checkFile !== undefined;
  await together(slots.filter(isChecked), async (slot) => {
    const { fusion, item, command } = slot;
    try {
      const parsed = command.input.safeParse(item.input);
      const paths = parsed.success ? inputFilesOf(command, asJsonObject(parsed.data)) : [];
      for (const path of paths.filter((text) => !text.includes('$from:'))) {
        fusion.checkFile?.((await memo.hashed(path)).path);
      }
    } catch (thrown) {
      throw blame(slot, thrown);
    }
  });
}

/**
 * Checks with one query what the memo has for the whole unit, as if all of it held. Gives the nodes that read no other
 * one, with their keys: these stay.
 */
export async function verifyAhead(
  slots: readonly Slot[],
  memo: UnitMemo,
  outputs: ReadonlyMap<string, JsonObject>,
): Promise<ReadonlyMap<Slot, KeyedSlot>> {
  const constant = new Map<Slot, KeyedSlot>();
  const assumed = new Map(outputs);
  const found: KeyedSlot[] = [];
  for (const slot of slots) {
    try {
      const raw = resolvedInput(slot, assumed, new Map());
      if (raw === undefined) continue;
      const keyed = await memo.keyed(slot, parseInput(slot.command, raw));
      if (slot.item.reads.length === 0) constant.set(slot, keyed);
      const stored = memo.stored(keyed);
      if (stored === undefined) continue;
      assumed.set(slot.item.nodeId, stored);
      found.push(keyed);
    } catch {
      // What is wrong with its input is told when its turn comes.
    }
  }
  await memo.lookUp(found);
  return constant;
}
