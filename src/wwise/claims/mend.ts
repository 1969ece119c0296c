import type { BackendCall } from '../../core/backend/backend-call.ts';
import type { Mending } from '../../core/backend/verdict.ts';
import type { Effect } from '../../core/effect.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import type { ObjectRows } from '../objects/finding/look-up-objects.ts';
import type { CommandContext } from '../wwise-command.ts';
import type { CheckedClaims } from './checked-claims.ts';
import type { Claim } from './claim.ts';

/**
 * Chooses how to do a call again. Made twice, a create would only find its own object in the way, so what is left of it is
 * used: others may have put things in it meanwhile. Whatever changes or deletes is simply executed.
 */
export function mendingOf(
  { broken, claims, rows }: CheckedClaims,
  effect: Effect,
  input: JsonObject,
): Mending {
  if (effect !== 'create' || broken === undefined || broken.length === 0) return { kind: 'anew' };
  const made = claims.find(({ kind }) => kind === 'exists' || kind === 'holds');
  const isLost = (claim: Claim): boolean =>
    claim === made || claim.kind === 'named' || claim.kind === 'plays';
  if (made === undefined || broken.some(isLost)) return { kind: 'anew' };
  const settable = broken.filter((claim) => isSettable(claim) && 'id' in claim && rows.has(claim.id));
  const calls = settable.flatMap((claim) => callFor(claim, rows));
  if (settable.length === broken.length) return { kind: 'values', calls };
  return 'onNameConflict' in input
    ? { kind: 'rest', calls, input: { ...input, onNameConflict: 'merge' } }
    : { kind: 'anew' };
}

/**
 * Makes calls that set values again, as one undo step. False when Wwise refuses, for instance because what a reference shall
 * point at is gone: executed anew, the call will show it. Rejects when the connection fails.
 */
export async function setAgain(
  calls: readonly BackendCall[],
  context: Pick<CommandContext, 'waapi' | 'oneStep'>,
): Promise<boolean> {
  const all = async (): Promise<void> => {
    for (const { uri, args } of calls) await context.waapi.call(uri, args);
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

function callFor(claim: Claim, rows: ObjectRows): readonly BackendCall[] {
  switch (claim.kind) {
    case 'value': {
      const { id: object, property, value, platform } = claim;
      if (isJsonObject(rows.get(object)?.[`@${property}`]))
        return [{ uri: 'ak.wwise.core.object.setReference', args: { object, reference: property, value } }];
      const args = { object, property, value, ...(platform === undefined ? {} : { platform }) };
      return [{ uri: 'ak.wwise.core.object.setProperty', args }];
    }
    case 'reference': {
      const { id: object, reference, targetId } = claim;
      const args = { object, reference, value: targetId ?? nullGuid };
      return [{ uri: 'ak.wwise.core.object.setReference', args }];
    }
    case 'notes':
      return [{ uri: 'ak.wwise.core.object.setNotes', args: { object: claim.id, value: claim.notes } }];
    case 'called':
      return [{ uri: 'ak.wwise.core.object.setName', args: { object: claim.id, value: claim.name } }];
    default:
      return [];
  }
}
