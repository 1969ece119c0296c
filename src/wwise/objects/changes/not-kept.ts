import { WwiseFlowError } from '../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { lookUpObjects } from '../finding/look-up-objects.ts';

/** Wwise said yes to a change, and reading back shows another picture. `what` goes on from "but". */
export function notKept(what: string, details: JsonObject = {}): WwiseFlowError {
  return new WwiseFlowError('WAAPI_ERROR', `Wwise accepted the call, but ${what}.`, {
    hint: 'Look at the object and at the log of Wwise (get_log): it may be locked, linked or checked in; then try again.',
    details,
  });
}

/** Those of these GUIDs that are still there; a query each, pipelined: Wwise refuses one that names a missing object. */
export async function stillThere(
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly string[]> {
  const found = await Promise.all(ids.map((id) => lookUpObjects([id], [], {}, context.waapi)));
  return ids.filter((_, at) => found[at]?.size === 1);
}

/**
 * Whether Wwise ignored a value: what it keeps is what was there before, and not what was sent. A value it rounded, clamped
 * or read in its own way is another one than before, and found by reading it back.
 */
export function isIgnored(
  wanted: Json | undefined,
  before: Json | undefined,
  after: Json | undefined,
): boolean {
  return !isSame(wanted, after) && isSame(before, after);
}

/** Numbers as 32-bit floats, which is how Wwise keeps most of them; texts that stand for a value as that value. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  // A reference is read as an object, and written by GUID, path or Type:Name.
  if (isJsonObject(other)) {
    const { id, name } = other;
    if (isJsonObject(one)) return one.id === id;
    const word = String(one).toLowerCase();
    return word === String(id).toLowerCase() || /[^\\:]*$/.exec(word)?.[0] === String(name).toLowerCase();
  }
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return Math.fround(a) === Math.fround(b);
  return String(one).toLowerCase() === String(other).toLowerCase();
}

function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}
