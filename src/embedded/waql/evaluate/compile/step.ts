import type { WwiseObject } from '../../../model/model.ts';
import type { Item, Kind, Value } from '../value.ts';

/** One step of a path: on a single item (lists are mapped and flattened, nothing stays nothing), or on the whole list. */
export interface CompiledStep {
  readonly kind: Kind;
  /** For facts: the members they may have. */
  readonly members?: readonly string[] | undefined;
  onItem?(item: Item): Value;
  /** The same where the item is known to be an object: every path starts with one. */
  readonly onObject?: ((object: WwiseObject) => Value) | undefined;
  onList?(items: readonly Item[]): Value;
}
