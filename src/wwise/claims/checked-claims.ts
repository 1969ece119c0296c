import type { ObjectRows } from '../objects/finding/look-up-objects.ts';
import type { Claim } from './claim.ts';

/** A group of claims as it was found. */
export interface CheckedClaims {
  /** Those of the claims that do not hold; undefined when they could not be read. */
  readonly broken: readonly Claim[] | undefined;
  readonly claims: readonly Claim[];
  /** The objects they are about. */
  readonly rows: ObjectRows;
}
