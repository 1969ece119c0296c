import type { JsonObject } from '../../core/json.ts';
import type { KnownMembers } from '../objects/types/known-members.ts';

/** Claims as they were asked for, with the numbers that labels of choices were taken for. */
export function numberedClaims(
  claims: readonly JsonObject[],
  members: Pick<KnownMembers, 'chosenNumber'>,
): readonly JsonObject[] {
  return claims.map((claim) => {
    const { kind, property, value } = claim;
    if (kind !== 'value' || typeof value !== 'string' || typeof property !== 'string') return claim;
    return { ...claim, value: members.chosenNumber(property, value) ?? value };
  });
}
