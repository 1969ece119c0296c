import type { Blame } from '../../../core/dispatch/execute/culprit.ts';
import type { KeyedSlot } from '../../../core/dispatch/slot.ts';
import type { Unit } from '../../../core/dispatch/unit.ts';
import type { WwiseSession } from '../../dispatch/wwise-session.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import type { Piece } from '../description/batch.ts';
import type { KnownObjects } from './known-objects.ts';
import type { SharedSlot } from './shared-slot.ts';

/** A unit between its first look and its last step: what is known of the project and of its calls. */
export interface SharedUnit {
  readonly unit: Unit<SharedSlot, WwiseSession>;
  /** What the calls of the step under way want done. */
  readonly pieces: Map<KeyedSlot<SharedSlot>, Piece>;
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
