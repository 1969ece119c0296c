import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { originalPathExpression } from '../../audio/originals/original-path.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { ProjectAccess } from '../../objects/finding/find-object.ts';
import { lookUpObjects } from '../../objects/finding/look-up-objects.ts';
import { refOf } from '../../objects/rows/object-row.ts';
import type { Cell } from './change.ts';
import type { Touched } from './touched.ts';

/**
 * What audio.import touches: the children of the deepest object of each path that is there, and, of a Sound that is there,
 * its sources with the file each plays, and the members that its entry sets. Three queries, however many files there are.
 */
export async function touchedByImport(args: JsonObject, { waapi, project }: ProjectAccess): Promise<Touched> {
  const common = asJsonObject(args.default);
  const entries = asJsonArray(args.imports).map((entry) => ({ ...common, ...asJsonObject(entry) }));
  const starts = await startsOf(entries, waapi);
  const chains = starts.map(({ start, names }) =>
    names.map((_, at) => [start, ...names.slice(0, at)].join('\\')),
  );
  const known = await lookUpObjects([...new Set(chains.flat())], [], {}, waapi);
  const deepest = chains.map((chain) => chain.findLast((path) => known.has(path)));
  const parents = new Set(deepest.flatMap((path) => refOf(known.get(path ?? '') ?? {}).id || []));
  const below = parents.size === 0 ? [] : await childrenOf([...parents], ['id', 'path', 'type'], waapi);
  const full = new Map<string, JsonObject>();
  for (const { start, names, entry } of starts) {
    const path = [start, ...names].join('\\').toLowerCase();
    full.set(path, { ...full.get(path), ...entry });
  }
  const found = below.map(refOf).filter(({ path }) => full.has(path.toLowerCase()));
  const targets = found.map(({ id }) => id);
  const sources = targets.length === 0 ? [] : await childrenOf(targets, ['id', 'type'], waapi);
  const cells: Cell[] = [...parents, ...targets].map((id) => ({ kind: 'children', id }));
  const file = originalPathExpression(await project());
  for (const { id, path } of found)
    for (const member of membersIn(full.get(path.toLowerCase()) ?? {}))
      cells.push({ kind: 'value', id, member, platform: '' });
  const hasSourceNotes = entries.some(({ audioSourceNotes }) => audioSourceNotes !== undefined);
  for (const { id } of sources.map(refOf)) {
    cells.push({ kind: 'value', id, member: file, platform: '' });
    if (hasSourceNotes) cells.push({ kind: 'value', id, member: 'notes', platform: '' });
  }
  for (const id of targets) cells.push({ kind: 'value', id, member: 'activeSource', platform: '' });
  const isElsewhere = starts.length < entries.length || deepest.includes(undefined);
  const others = entries.some((entry) => entry.event !== undefined || entry.switchAssignation !== undefined);
  if (isElsewhere) cells.push({ kind: 'unseen', why: 'Where an import put its objects is not known.' });
  if (others)
    cells.push({ kind: 'unseen', why: 'The Events and assignments an import makes are not read back.' });
  return { cells };
}

/** What an entry sets on the object it is about. */
function membersIn(entry: JsonObject): readonly string[] {
  return Object.keys(entry).filter((member) => member === 'notes' || member.startsWith('@'));
}

interface ImportStart {
  readonly entry: JsonObject;
  /** Path of the object it counts from. */
  readonly start: string;
  /** Names below that, without the types in front of them. */
  readonly names: readonly string[];
}

async function startsOf(entries: readonly JsonObject[], waapi: Waapi): Promise<readonly ImportStart[]> {
  const locations = [...new Set(entries.flatMap(({ importLocation }) => asString(importLocation) ?? []))];
  const rows = await lookUpObjects(locations, [], {}, waapi);
  return entries.flatMap((entry): readonly ImportStart[] => {
    const { objectPath, importLocation } = entry;
    const path = asString(objectPath) ?? '';
    const names = path
      .split('\\')
      .map((part) => part.replace(/^<[^>]*>/, ''))
      .filter((part) => part !== '');
    if (path.startsWith('\\')) return [{ start: `\\${names[0] ?? ''}`, names: names.slice(1), entry }];
    const location = asString(importLocation);
    const start = location === undefined ? '' : refOf(rows.get(location) ?? {}).path;
    return start === '' ? [] : [{ start, names, entry }];
  });
}

async function childrenOf(ids: readonly string[], returns: readonly string[], waapi: Waapi) {
  const waql = `$ ${ids.map((id) => `"${id}"`).join(', ')} select children`;
  const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: [...returns] });
  return asJsonArray(answer.return).filter(isJsonObject);
}
