import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { originalPathExpression } from '../../audio/original-path.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { ProjectAccess } from '../../objects/find-object.ts';
import { lookUpObjects } from '../../objects/look-up-objects.ts';
import { refOf } from '../../objects/object-row.ts';
import type { Cell } from './change.ts';
import type { Touched } from './touched.ts';

/**
 * What audio.import touches: the children of the deepest object of each path that is there, and, of a Sound that is there,
 * its sources with the file each plays. Three queries, however many files there are.
 */
export async function touchedByImport(args: JsonObject, { waapi, project }: ProjectAccess): Promise<Touched> {
  const common = asJsonObject(args.default);
  const entries = asJsonArray(args.imports).map((entry) => ({ ...common, ...asJsonObject(entry) }));
  const places = await startsOf(entries, waapi);
  const chains = places.map(({ start, names }) =>
    names.map((_, at) => [start, ...names.slice(0, at)].join('\\')),
  );
  const known = await lookUpObjects([...new Set(chains.flat())], [], {}, waapi);
  const deepest = chains.map((chain) => chain.findLast((path) => known.has(path)));
  const parents = new Set(deepest.flatMap((path) => refOf(known.get(path ?? '') ?? {}).id || []));
  const below = parents.size === 0 ? [] : await childrenOf([...parents], ['id', 'path', 'type'], waapi);
  const full = new Set(places.map(({ start, names }) => [start, ...names].join('\\').toLowerCase()));
  const targets = below
    .filter(({ path }) => full.has(String(path).toLowerCase()))
    .map((row) => refOf(row).id);
  const sources = targets.length === 0 ? [] : await childrenOf(targets, ['id', 'type'], waapi);
  const cells: Cell[] = [...parents, ...targets].map((id) => ({ kind: 'children', id }));
  const file = originalPathExpression(await project());
  for (const row of sources) cells.push({ kind: 'value', id: refOf(row).id, member: file, platform: '' });
  for (const id of targets) cells.push({ kind: 'value', id, member: 'activeSource', platform: '' });
  const isElsewhere = places.length < entries.length || deepest.includes(undefined);
  const others = entries.some((entry) => entry.event !== undefined || entry.switchAssignation !== undefined);
  if (isElsewhere) cells.push({ kind: 'unseen', why: 'Where an import put its objects is not known.' });
  if (others)
    cells.push({ kind: 'unseen', why: 'The Events and assignments an import makes are not read back.' });
  return { cells };
}

interface Place {
  /** Path of the object it counts from. */
  readonly start: string;
  /** Names below that, without the types in front of them. */
  readonly names: readonly string[];
}

async function startsOf(entries: readonly JsonObject[], waapi: Waapi): Promise<readonly Place[]> {
  const locations = [...new Set(entries.flatMap(({ importLocation }) => asString(importLocation) ?? []))];
  const rows = await lookUpObjects(locations, [], {}, waapi);
  return entries.flatMap(({ objectPath, importLocation }): readonly Place[] => {
    const path = asString(objectPath) ?? '';
    const names = path
      .split('\\')
      .map((part) => part.replace(/^<[^>]*>/, ''))
      .filter((part) => part !== '');
    if (path.startsWith('\\')) return [{ start: `\\${names[0] ?? ''}`, names: names.slice(1) }];
    const location = asString(importLocation);
    const start = location === undefined ? '' : refOf(rows.get(location) ?? {}).path;
    return start === '' ? [] : [{ start, names }];
  });
}

async function childrenOf(ids: readonly string[], returns: readonly string[], waapi: Waapi) {
  const waql = `$ ${ids.map((id) => `"${id}"`).join(', ')} select children`;
  const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: [...returns] });
  return asJsonArray(answer.return).filter(isJsonObject);
}
