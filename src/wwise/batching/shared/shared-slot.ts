import type { AnyCommand } from '../../../core/command.ts';
import type { BatchItem } from '../../../core/dispatch/bus.ts';
import type { Slot } from '../../../core/dispatch/slot.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import { inProjectWords, tidyDesignator } from '../../objects/finding/object-designator.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import { type AnyBatch, isWwiseBatch, type Lane } from '../description/batch.ts';

/** A call whose WAAPI calls can be shared. */
export interface SharedSlot extends Slot {
  readonly batch: AnyBatch;
  readonly lanes: readonly Lane[];
  readonly returns: readonly string[];
}

/** Undefined for a call that must be executed alone. */
export function sharedSlot(
  item: BatchItem,
  command: AnyCommand,
  facts: ProjectFacts,
): SharedSlot | undefined {
  const { batch } = command;
  const { input } = item;
  if (batch === undefined || !isWwiseBatch(batch) || batch.accepts?.(input) === false) return undefined;
  return { item, command, batch, lanes: batch.lanes(input), returns: batch.returns?.(input, facts) ?? [] };
}

/** The input with the outputs known so far; undefined while one that it reads is not there. Throws when it never will be. */
export function resolvedInput(
  { item }: Slot,
  outputs: ReadonlyMap<string, JsonObject>,
  early: ReadonlyMap<string, JsonObject>,
): JsonObject | undefined {
  const { reads } = item;
  if (reads.length === 0) return asJsonObject(item.resolve(() => undefined));
  if (reads.every((node) => outputs.has(node))) {
    return asJsonObject(item.resolve((node) => outputs.get(node)));
  }
  if (!reads.every((node) => outputs.has(node) || early.has(node))) return undefined;
  try {
    return asJsonObject(item.resolve((node) => outputs.get(node) ?? early.get(node)));
  } catch {
    // It reads more than is known ahead.
    return undefined;
  }
}

/** Says of a designator whether nodes of the unit are still to make what it names, or something above it. */
export function willBeMade(
  slots: readonly SharedSlot[],
  finished: ReadonlyMap<SharedSlot, unknown>,
  year: number,
): (designator: string) => boolean {
  const makers = new Map<string, SharedSlot>();
  for (const slot of slots) {
    const will = slot.batch.makes?.(slot.item.input);
    if (will !== undefined)
      makers.set(`${inProjectWords(will.parent, year)}\\${will.name}`.toLowerCase(), slot);
  }
  return (designator) => {
    if (makers.size === 0 || !designator.startsWith('\\')) return false;
    const path = inProjectWords(designator, year).toLowerCase();
    for (let end = path.length; end > 0; end = path.lastIndexOf('\\', end - 1)) {
      const maker = makers.get(path.slice(0, end));
      if (maker !== undefined && !finished.has(maker)) return true;
    }
    return false;
  };
}

/** Designators a node's input names, as far as they can be read before its references are. */
export function namedBy({ batch, item }: SharedSlot, input: JsonObject = item.input) {
  const { objects, parents = [] } = batch.names(input);
  const readable = (designators: readonly string[]) =>
    designators.filter((text) => !text.includes('$from:')).map(tidyDesignator);
  return { objects: readable(objects), parents: readable(parents) };
}
