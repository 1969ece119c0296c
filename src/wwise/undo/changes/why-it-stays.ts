import { asJsonArray, asJsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { type Referrer, referrersOf } from '../../objects/references/referrers.ts';
import { type ObjectRef, refOf, refReturns } from '../../objects/rows/object-row.ts';
import { isForeign } from '../foreign-objects.ts';
import type { Change } from './change.ts';
import { usersOf } from './users-of.ts';

/** What a run made. */
export interface OwnObjects {
  /** GUIDs of all that its calls are known to have made. */
  readonly made: ReadonlySet<string>;
  /** Those of them that stay, with what is below them: what they refer to stays too. */
  readonly left: Set<string>;
}

/**
 * Why an object the run made must stay, as a sentence: it now holds what others made, or what was there before and moved in,
 * or something that stays refers to it or to what is below it. Undefined when it may go. Rejects when Wwise cannot be asked.
 */
export async function whyItStays(id: string, own: OwnObjects, waapi: Waapi): Promise<string | undefined> {
  const below = await descendantsOf(id, waapi);
  const ids = [id, ...below.map((object) => object.id)];
  const why =
    whyHeld(below.filter((object) => isForeign(object, own.made))) ??
    whyReferredTo(await referrersThatStay(ids, own, waapi));
  if (why !== undefined) for (const one of ids) own.left.add(one);
  return why;
}

/** Why a range stays, as a sentence: what others drive by the Game Parameter since then would change along. */
export async function whyRangeStays(
  { cell }: Change,
  { made }: OwnObjects,
  waapi: Waapi,
): Promise<string | undefined> {
  if (cell.kind !== 'range' || cell.users === undefined) return undefined;
  const known = new Set([...cell.users, ...made]);
  const rows = await usersOf(cell.id, waapi);
  const news = rows.filter(
    ({ id, type }) => drives.has(String(type)) && !known.has(String(id).toUpperCase()),
  );
  const [first, ...more] = news;
  if (first === undefined) return undefined;
  return `Its range was left, because what it drives since would change along: "${String(first.path)}"${others(more)}.`;
}

/** Types with a curve over the range. */
const drives: ReadonlySet<string> = new Set(['RTPC', 'BlendTrack']);

async function descendantsOf(id: string, waapi: Waapi): Promise<readonly ObjectRef[]> {
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${id}" select descendants` },
    { return: [...refReturns] },
  );
  return asJsonArray(answer.return).map((row) => refOf(asJsonObject(row)));
}

/** References of the run's own objects go with them, unless these stay. */
async function referrersThatStay(
  ids: readonly string[],
  { made, left }: OwnObjects,
  waapi: Waapi,
): Promise<readonly Referrer[]> {
  const gone = new Set(ids);
  const goes = (id: string): boolean => gone.has(id) || (made.has(id) && !left.has(id));
  return (await referrersOf(ids, { waapi }, true)).filter(({ home }) => !goes(home.id));
}

function whyHeld([first, ...more]: readonly ObjectRef[]): string | undefined {
  if (first === undefined) return undefined;
  return `It was left there, because it holds what this run is not known to have made: "${first.path}"${others(more)}.`;
}

function whyReferredTo(referrers: readonly Referrer[]): string | undefined {
  const homes = new Map(referrers.map(({ home, reference }) => [home.id, { home, reference }]));
  const [first, ...more] = homes.values();
  if (first === undefined) return undefined;
  const { home, reference } = first;
  return `It was left there, because ${home.type} "${home.path}" refers to it (${reference})${others(more)}.`;
}

function others(more: readonly unknown[]): string {
  return more.length === 0 ? '' : ` and ${more.length} more`;
}
