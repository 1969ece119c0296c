import { canonicalJson } from '../../core/canonical-json.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { together } from '../batching/shared/together.ts';
import type { Waapi } from '../connection/waapi.ts';
import { type Claim, withoutNames } from './claim.ts';

export type CallClaim = Extract<Claim, { kind: 'call' }>;

/** Answers by call; a call that Wwise refuses has none. */
export type CallAnswers = ReadonlyMap<string, JsonObject>;

/** Makes each call that claims are about once, side by side. Rejects when Wwise cannot be asked. */
export async function askCalls(claims: readonly Claim[], waapi: Waapi): Promise<CallAnswers> {
  const calls = new Map<string, CallClaim>();
  for (const claim of claims) if (claim.kind === 'call') calls.set(callOf(claim), claim);
  const answers = new Map<string, JsonObject>();
  await together([...calls], async ([call, { uri, args }]) => {
    try {
      answers.set(call, await waapi.call(uri, args));
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (!['WAAPI_ERROR', 'OBJECT_NOT_FOUND', 'INVALID_QUERY'].includes(error.code)) throw error;
    }
  });
  return answers;
}

export function callHolds(claim: CallClaim, answers: CallAnswers): boolean {
  const whole = answers.get(callOf(claim));
  if (whole === undefined) return false;
  const answer = withoutNames(claim.member === undefined ? whole : whole[claim.member]);
  const wanted = withoutNames(claim.answer);
  if (claim.how === 'is') return canonicalJson(answer) === canonicalJson(wanted);
  const isThere = (entry: Json): boolean => asJsonArray(answer).some((present) => covers(present, entry));
  return claim.how === 'has' ? asJsonArray(wanted).every(isThere) : !asJsonArray(wanted).some(isThere);
}

/** Whether an entry has all that is wanted of it; what it has beyond that does not matter. */
function covers(present: Json | undefined, wanted: Json | undefined): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((part, index) => covers(present[index], part))
    );
  if (!isJsonObject(wanted)) return present === wanted;
  return isJsonObject(present) && Object.entries(wanted).every(([name, part]) => covers(present[name], part));
}

/** The call a claim is about, in words that every claim about it shares. */
export function callOf({ uri, args }: CallClaim): string {
  return `${uri} ${canonicalJson(args)}`;
}
