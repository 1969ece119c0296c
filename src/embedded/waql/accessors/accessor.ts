import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Kind, Value } from '../evaluate/value.ts';

/** A name every object understands, whatever its type: it wins over a property of the same name. */
export interface Accessor {
  readonly name: string;
  readonly kind: Kind;
  /** For facts: the members they may have. */
  readonly members?: readonly string[];
  /** Undefined when it does not apply to the object. */
  read(object: WwiseObject, scope: Scope): Value;
}

/** An accessor that takes a text: `randomizer("Volume")`. */
export interface ArgumentAccessor {
  readonly name: string;
  readonly kind: Kind;
  read(object: WwiseObject, argument: string, scope: Scope): Value;
}
