import { canonicalJson } from '../../../core/canonical-json.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';

/** Something a call of Wwise may change, as Wwise can be asked for it. `id`: GUID of an object. */
export type Cell =
  /** A member of an object by its return expression: `@Volume`, `@RTPC`, `notes`, `name`, `parent`. Platform: empty for the current one. */
  | { readonly kind: 'value'; readonly id: string; readonly member: string; readonly platform: string }
  /** Which children an object has. */
  | { readonly kind: 'children'; readonly id: string }
  /** In which order they stand; no call of Wwise sets it. */
  | { readonly kind: 'order'; readonly id: string }
  /** Whether an object is there. */
  | { readonly kind: 'object'; readonly id: string }
  /** What a reading function answers about an object. */
  | { readonly kind: 'answer'; readonly id: string; readonly uri: string; readonly args: JsonObject }
  /** The range of a Game Parameter; what it drives follows as `onCurveUpdate` says. `users`: GUIDs of what referred to it before. */
  | {
      readonly kind: 'range';
      readonly id: string;
      readonly onCurveUpdate: string;
      readonly users?: readonly string[];
    }
  /** All that some calls did, as a backend keeps it that reverts it to the letter. */
  | { readonly kind: 'kept'; readonly steps: readonly JsonObject[] }
  /** What no question shows, as a sentence; `id`: the object it is about. */
  | { readonly kind: 'unseen'; readonly why: string; readonly id?: string };

/** What a call made of a cell. An object that was not there counts as `absent`. */
export type Change = {
  readonly cell: Cell;
  readonly before: Json;
  /** Left out when the answer of the call was lost. */
  readonly after?: Json;
  /** Of a made object, of new children or new entries of a list: GUIDs of what the call made, with all below it. */
  readonly own?: readonly string[];
  /** The entries of the list, before and after, are objects that stand elsewhere: none of them is made or goes with it. */
  readonly links?: true;
};

/** The new children that the call made: others may have put some there meanwhile, and some were only moved. */
export function madeChildren({ before, after, own = [] }: Change): readonly Json[] {
  const was = new Set(asJsonArray(before));
  const made = new Set<Json>(own);
  return asJsonArray(after).filter((id) => !was.has(id) && made.has(id));
}

/** GUIDs of the entries that a list got by a change; of a value that is no list, none. */
export function newEntries({ cell, before, after }: Change): readonly string[] {
  if (cell.kind !== 'value' || !Array.isArray(after)) return [];
  const was = new Set(asJsonArray(before).map(referredIn));
  return after.flatMap((item) => referredIn(item) ?? []).filter((id) => !was.has(id));
}

/** The GUID in the value of a reference, or in an entry of a list. */
export function referredIn(item: Json): string | undefined {
  return asString(asJsonObject(item).ref)?.toUpperCase();
}

/** The value of whatever belongs to an object that is not there. */
export const absent = 'absent';
/** The value of the `object` cell of an object that is there. */
export const present = 'present';

/** Two cells with the same key are the same thing in the project. */
export function keyOfCell(cell: Cell): string {
  if (cell.kind === 'value') return `${cell.id} ${cell.member.toLowerCase()} ${cell.platform}`;
  if (cell.kind === 'range') return `${cell.id} range ${cell.onCurveUpdate}`;
  return canonicalJson(cell);
}

/** Whether Wwise answered the same of a cell. It keeps most numbers as 32-bit floats. */
export function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.fround(one) === Math.fround(other);
  if (one === undefined || other === undefined) return one === other;
  return one === other || canonicalJson(rounded(one)) === canonicalJson(rounded(other));
}

/** Whether all of these are there, one after the other as before, whatever others came between. */
export function keepsOrder(before: readonly Json[], after: readonly Json[]): boolean {
  const wanted = new Set(before);
  return sameValue(
    before,
    after.filter((one) => wanted.has(one)),
  );
}

/** Whether a call made something else of a cell. */
export function hasChanged(cell: Cell, before: Json, after: Json | undefined): boolean {
  if (cell.kind === 'order') return !keepsOrder(asJsonArray(before), asJsonArray(after));
  return cell.kind === 'unseen' || !sameValue(before, after);
}

function rounded(value: Json): Json {
  if (typeof value === 'number') return Math.fround(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, member === undefined ? null : rounded(member)]),
  );
}

/** What a run was recorded to change, as its journal holds it; undefined for anything else. */
export function asChanges(value: unknown): readonly Change[] | undefined {
  return Array.isArray(value) && value.every(isChange) ? value : undefined;
}

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null || !('cell' in value) || !('before' in value)) return false;
  const { cell } = value;
  return typeof cell === 'object' && cell !== null && 'kind' in cell;
}
