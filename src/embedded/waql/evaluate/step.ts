import type { Item, Kind, Value } from './value.ts';

/** One step of a path: on a single item (lists are mapped and flattened, nothing stays nothing), or on the whole list. */
export interface CompiledStep {
  readonly kind: Kind;
  /** For facts: the members they may have. */
  readonly members?: readonly string[] | undefined;
  onItem?(item: Item): Value;
  onList?(items: readonly Item[]): Value;
}
