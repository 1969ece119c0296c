import type { BatchItem } from '../bus.ts';
import type { AnyCommand } from '../command.ts';
import type { Remembered } from '../memo/memory.ts';

/** One call on its way through the dispatch. */
export interface Slot {
  readonly item: BatchItem;
  readonly command: AnyCommand;
}

/** A call that was admitted: its input is known, and so is what the memo calls it. */
export interface KeyedSlot<S extends Slot = Slot> extends Remembered {
  readonly slot: S;
}
