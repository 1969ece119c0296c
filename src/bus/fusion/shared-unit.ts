import type { ProjectFacts } from '../../wwise/project-facts.ts';
import type { KeyedSlot } from '../dispatch/slot.ts';
import type { Unit } from '../dispatch/unit.ts';
import type { Blame } from './culprit.ts';
import type { KnownObjects } from './known-objects.ts';
import type { SharedSlot } from './slot.ts';

/** A unit between its first look and its last round: what is known of the project and of its calls. */
export interface SharedUnit {
  readonly unit: Unit<SharedSlot>;
  readonly facts: ProjectFacts;
  /** Return expressions asked for with every object. */
  readonly returns: readonly string[];
  readonly known: KnownObjects;
  /** Calls that read no other one, as they were admitted. */
  readonly constant: ReadonlyMap<SharedSlot, KeyedSlot<SharedSlot>>;
  /** Whether a call of the unit is still to make what a designator names, or something above it. */
  readonly isToCome: (designator: string) => boolean;
  readonly blame: Blame;
}
