import { toWwiseFlowError } from '../../core/errors.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import type { ObjectRows } from '../../wwise/objects/look-up-objects.ts';

import type { AnyCommand, CommandContext } from '../command.ts';
import type { Claim } from './claim.ts';
import type { Verdict } from './verify-claims.ts';

/** How a call whose result does not hold any more is done again. */
export type Mending =
  /** All that is missing are values, which are set again on the objects it made. */
  | { readonly kind: 'values'; readonly claims: readonly Claim[] }
  /** Its object is there as it was made, something below it is not: after its values, what is missing is made. */
  | { readonly kind: 'merge'; readonly claims: readonly Claim[] }
  /** It is carried out as if it never had been. */
  | { readonly kind: 'anew' };

/**
 * Chooses how to do a call again. Made twice, a create would only find its own object in the way, so what is left of it is
 * used: others may have put things in it meanwhile. Whatever changes or deletes is simply carried out.
 */
export function mendingOf(
  { effect }: Pick<AnyCommand, 'effect'>,
  input: JsonObject,
  { broken, claims, rows }: Verdict,
): Mending {
  if (effect !== 'create' || broken === undefined || broken.length === 0) return { kind: 'anew' };
  const made = claims.find(({ kind }) => kind === 'exists' || kind === 'holds');
  const isLost = (claim: Claim): boolean =>
    claim === made || claim.kind === 'named' || claim.kind === 'plays';
  if (made === undefined || broken.some(isLost)) return { kind: 'anew' };
  const settable = broken.filter((claim) => isSettable(claim) && 'id' in claim && rows.has(claim.id));
  if (settable.length === broken.length) return { kind: 'values', claims: settable };
  return 'onNameConflict' in input ? { kind: 'merge', claims: settable } : { kind: 'anew' };
}

/**
 * Sets what these claims say, as one undo step. False when Wwise refuses, for instance because what a reference shall point
 * at is gone: carried out anew, the call will tell. Rejects when the connection fails.
 */
export async function setClaimed(
  claims: readonly Claim[],
  rows: ObjectRows,
  context: CommandContext,
): Promise<boolean> {
  const calls = claims.flatMap((claim) => callFor(claim, rows));
  const all = async (): Promise<void> => {
    for (const [uri, args] of calls) await context.waapi.call(uri, args);
  };
  try {
    if (calls.length < 2) await all();
    else await context.oneStep('Restore values', all);
    return true;
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (['WAAPI_ERROR', 'OBJECT_NOT_FOUND', 'NAME_CONFLICT', 'UNKNOWN_PROPERTY'].includes(error.code))
      return false;
    throw error;
  }
}

function isSettable({ kind }: Claim): boolean {
  return kind === 'value' || kind === 'reference' || kind === 'notes' || kind === 'called';
}

function callFor(claim: Claim, rows: ObjectRows): readonly (readonly [uri: string, args: JsonObject])[] {
  switch (claim.kind) {
    case 'value': {
      const { id: object, property, value, platform } = claim;
      if (isJsonObject(rows.get(object)?.[`@${property}`]))
        return [['ak.wwise.core.object.setReference', { object, reference: property, value }]];
      return [
        [
          'ak.wwise.core.object.setProperty',
          { object, property, value, ...(platform === undefined ? {} : { platform }) },
        ],
      ];
    }
    case 'reference': {
      const { id: object, reference, targetId } = claim;
      return [['ak.wwise.core.object.setReference', { object, reference, value: targetId ?? nullGuid }]];
    }
    case 'notes':
      return [['ak.wwise.core.object.setNotes', { object: claim.id, value: claim.notes }]];
    case 'called':
      return [['ak.wwise.core.object.setName', { object: claim.id, value: claim.name }]];
    default:
      return [];
  }
}
