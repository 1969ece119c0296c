import type { NoEffectYet } from '../../core/backend/no-effect-yet.ts';

/** One sentence for each property that has to be set first, with the call that sets it; however many objects lack it. */
export function noEffectNotices(found: readonly NoEffectYet[]): readonly string[] {
  const byOverride = new Map<string, NoEffectYet[]>();
  for (const one of found) byOverride.set(one.override, [...(byOverride.get(one.override) ?? []), one]);
  return [...byOverride.values()].map(noticeOf);
}

/** More ids than this would be longer than useful. */
const mostNamed = 20;

function noticeOf(some: readonly NoEffectYet[]): string {
  const objects = [...new Map(some.map(({ id, path }) => [id, path]))];
  const [[firstId, firstPath] = ['', '']] = objects;
  const [one] = some;
  if (one === undefined) return '';
  const { override, wanted } = one;
  const what = [...new Set(some.map(nameOf))].join(', ');
  if (objects.length === 1) {
    const call = { objectId: firstId, property: override, value: wanted };
    return `${what} of "${firstPath}" ${lackOf(one, 'its')}. set_property ${JSON.stringify(call)} sets it.`;
  }
  const paths = objects.slice(0, 3).map(([, path]) => `"${path}"`);
  const more = objects.length > paths.length ? ` and ${objects.length - paths.length} more` : '';
  const properties = { [override]: wanted };
  const query = `$ ${objects.map(([id]) => `"${id}"`).join(', ')}`;
  const call =
    objects.length <= mostNamed
      ? `set_many ${JSON.stringify({ query, properties })}`
      : `set_many with a query that finds them and properties ${JSON.stringify(properties)}`;
  return `${what} of ${objects.length} objects ${lackOf(one, 'their')} (${paths.join(', ')}${more}). ${call} sets it.`;
}

function nameOf({ member, by }: NoEffectYet): string {
  if (by === 'RTPC') return `The RTPC on ${member}`;
  return by === 'States' ? `What States make of ${member}` : member;
}

function lackOf({ override, why }: NoEffectYet, whose: string): string {
  if (why === 'distance only') return `acts by distance only: ${whose} ${override} is 0 (None)`;
  if (why === 'off') return `has no effect yet: ${whose} ${override} is off`;
  return `has no effect yet: what is above decides while ${whose} ${override} is off`;
}
