import type { AnyCommand } from '../command.ts';
import type { MemoCall } from '../memo/memory.ts';
import type { BatchItem } from './bus.ts';

/** One call on its way through the dispatch. */
export interface Slot {
  readonly item: BatchItem;
  readonly command: AnyCommand;
}

/** A call that was admitted: its input is known, and so is what the memo calls it. */
export interface KeyedSlot<S extends Slot = Slot> extends MemoCall {
  readonly slot: S;
}
