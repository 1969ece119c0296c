import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { ANSWER_BYTES, bytesOf, fitsIn } from './budget.ts';

export interface BoundedData {
  readonly data: JsonObject;
  /** What was cut, as `curves/0/points: 80 of 300`; empty when everything fits. */
  readonly cuts: readonly string[];
}

/**
 * Data of at most so many bytes: as it is when it is short enough, otherwise with the longest lists and texts in it cut, however
 * deep they lie. Members and types stay as they are, so that it still is what its schema says.
 */
export function boundedData(data: JsonObject, bytes: number = ANSWER_BYTES): BoundedData {
  if (fitsIn(data, bytes)) return { data, cuts: [] };
  let cuts: string[] = [];
  let bounded = data;
  // Each attempt allows every list and text less, until the whole fits.
  for (let allowed = bytes * 0.9; allowed >= 1 && !fitsIn(bounded, bytes); allowed *= 0.8) {
    cuts = [];
    bounded = cutMembers(data, '', allowed, cuts);
  }
  const named = cuts.slice(0, MOST_NAMED);
  const others = cuts.length - named.length;
  return { data: bounded, cuts: others === 0 ? named : [...named, `and ${others} more`] };
}

/** Of very many cut lists so many are named. */
const MOST_NAMED = 10;

function cut(value: Json, path: string, allowed: number, cuts: string[]): Json {
  if (typeof value === 'string') return cutText(value, path, allowed, cuts);
  if (Array.isArray(value)) return cutList(value, path, allowed, cuts);
  return isJsonObject(value) ? cutMembers(value, path, allowed, cuts) : value;
}

function cutMembers(value: JsonObject, path: string, allowed: number, cuts: string[]): JsonObject {
  if (fitsIn(value, allowed)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      cut(member ?? null, path === '' ? name : `${path}/${name}`, allowed, cuts),
    ]),
  );
}

function cutList(list: readonly Json[], path: string, allowed: number, cuts: string[]): Json[] {
  const kept: Json[] = [];
  let used = 2;
  for (const [index, item] of list.entries()) {
    // One entry at least is shown, itself cut where it is too long.
    const shown = index === 0 ? cut(item, `${path}/0`, allowed, cuts) : item;
    used += bytesOf(shown) + 1;
    if (index > 0 && used > allowed) break;
    kept.push(shown);
  }
  if (kept.length < list.length) cuts.push(`${path}: ${kept.length} of ${list.length}`);
  return kept;
}

function cutText(text: string, path: string, allowed: number, cuts: string[]): string {
  if (fitsIn(text, allowed)) return text;
  // A character takes up to six bytes of JSON; half of a pair of surrogates is none.
  let end = Math.min(text.length, Math.floor(allowed));
  while (end > 0 && !fitsIn(text.slice(0, end), allowed)) end = Math.floor(end * 0.8);
  const shown = text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
  cuts.push(`${path}: ${shown.length} of ${text.length} characters`);
  return shown;
}
