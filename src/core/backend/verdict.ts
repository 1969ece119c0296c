import type { Effect } from '../effect.ts';
import type { JsonObject } from '../json.ts';
import type { BackendCall } from './backend-call.ts';

/**
 * Whether what results claim holds in the project, each group of claims for itself, with as few questions as possible. Groups
 * of one workflow come in its order: what a later one took the place of need not hold. A group that is empty or cannot be read
 * does not hold. Rejects only when the back-end cannot be asked.
 */
export type VerifyClaims = (groups: readonly (readonly JsonObject[])[]) => Promise<readonly Verdict[]>;

/** What became of a group of claims. */
export interface Verdict {
  readonly holds: boolean;
  /** The output that claims them, with the names its objects have now. */
  refreshed(output: JsonObject): JsonObject;
  /** How the call that made them is done again, with what is left of it. */
  mending(effect: Effect, input: JsonObject): Mending;
}

/** How a call whose result does not hold any more is done again. */
export type Mending =
  /** All that is missing are values, which these calls set again. */
  | { readonly kind: 'values'; readonly calls: readonly BackendCall[] }
  /** Its object is there as it was made, something below it is not: after these calls it is executed with this input. */
  | { readonly kind: 'rest'; readonly calls: readonly BackendCall[]; readonly input: JsonObject }
  /** It is executed as if it never had been. */
  | { readonly kind: 'anew' };
