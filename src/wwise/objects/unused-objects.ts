import { z } from 'zod';
import type { JsonObject } from '../../core/json.ts';
import { askRows } from './ask-rows.ts';
import { findObject, type ProjectAccess } from './find-object.ts';
import { type FoundObject, type ObjectRef, referenceIdOf, refOf, refReturns } from './object-row.ts';
import { type Referrer, referrersOf } from './referrers.ts';

/** The types that belong to each kind. */
const unusedKinds = {
  audio: [
    'Sound',
    'RandomSequenceContainer',
    'SwitchContainer',
    'BlendContainer',
    'ActorMixer',
    'MusicSegment',
    'MusicTrack',
    'MusicPlaylistContainer',
    'MusicSwitchContainer',
  ],
  busses: ['Bus', 'AuxBus'],
  gameSyncs: ['SwitchGroup', 'Switch', 'StateGroup', 'State', 'GameParameter', 'Trigger'],
  shareSets: ['Attenuation', 'Effect', 'ModulatorLfo', 'ModulatorEnvelope', 'ModulatorTime'],
} as const;

/** The input field that chooses one. */
export const unusedKind = z
  .enum(['audio', 'busses', 'gameSyncs', 'shareSets'])
  .default('audio')
  .describe('shareSets: attenuations, effects, modulators.');

export type UnusedKind = z.output<typeof unusedKind>;

/** An object nothing refers to, the topmost of its unused tree. */
export interface UnusedObject extends ObjectRef {
  /** Objects of the same kind below it, unused too. */
  readonly below: number;
}

/**
 * The objects of a kind that nothing outside their own tree refers to: neither to them, nor to anything above or below
 * them, or only other unused objects. A SoundBank that includes an object uses it. Only topmost ones are given, in path
 * order.
 */
export async function unusedObjects(
  kind: UnusedKind,
  under: string | undefined,
  access: ProjectAccess,
): Promise<readonly UnusedObject[]> {
  const { year } = await access.project();
  const root = under === undefined ? undefined : await findObject(under, access);
  const nodes = await nodesOf(kind, year, access);
  const used = await usedIds(nodes, access);
  const unused = new Map([...nodes].filter(([id]) => !used.has(id)));
  const tops = [...unused.values()].filter((row) => !unused.has(referenceIdOf(row.parent) ?? ''));
  const paths = [...unused.values()].map((row) => refOf(row).path).sort();
  return tops
    .filter((row) => isWithin(row, root) && !isMaster(row, nodes))
    .map((row) => refOf(row))
    .map((ref) => ({ ...ref, below: countBelow(ref.path, paths) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

type Nodes = ReadonlyMap<string, JsonObject>;

async function nodesOf(kind: UnusedKind, year: number, access: ProjectAccess): Promise<Nodes> {
  const types = unusedKinds[kind].map((type) =>
    type === 'ActorMixer' && year >= 2025 ? 'PropertyContainer' : type,
  );
  const rows = await askRows(`$ from type ${types.join(', ')}`, [...refReturns, 'parent', 'owner'], access);
  const own = rows.filter((row) => hasPlace(row));
  return new Map(own.map((row) => [refOf(row).id, row]));
}

/** Effects and the like inside another object belong to it, and presets to nobody. */
function hasPlace(row: JsonObject): boolean {
  const { path } = refOf(row);
  return path !== '' && !path.startsWith('\\Presets\\') && referenceIdOf(row.owner) === null;
}

async function usedIds(nodes: Nodes, access: ProjectAccess): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  let among: Referrer[] = [];
  for (const referrer of await referrersOf([...nodes.keys()], access, false, ['SoundBank'])) {
    if (!nodes.has(referrer.home.id)) used.add(referrer.targetId);
    // A playlist or assignment of the tree's own containers is no use from outside.
    else if (!sameTree(referrer.home.id, referrer.targetId, nodes)) among.push(referrer);
  }
  // What only unused objects refer to is unused too.
  for (;;) {
    const reached = withTrees(used, nodes);
    const next = among.filter(({ home }) => reached.has(home.id));
    if (next.length === 0) return reached;
    for (const { targetId } of next) used.add(targetId);
    among = among.filter(({ home }) => !reached.has(home.id));
  }
}

/** What is used, and what is so because of it: all above, which plays it, and all below, which is played with it. */
function withTrees(used: ReadonlySet<string>, nodes: Nodes): ReadonlySet<string> {
  const marked = new Set(used);
  for (const id of used) {
    for (let at = parentOf(id, nodes); at !== undefined && !marked.has(at); at = parentOf(at, nodes))
      marked.add(at);
  }
  // What plays a container plays what is in it.
  for (const id of nodes.keys()) {
    for (let at: string | undefined = id; at !== undefined; at = parentOf(at, nodes))
      if (used.has(at)) marked.add(id);
  }
  return marked;
}

function sameTree(one: string, other: string, nodes: Nodes): boolean {
  return topOf(one, nodes) === topOf(other, nodes);
}

function topOf(id: string, nodes: Nodes): string {
  let top = id;
  for (let at = parentOf(id, nodes); at !== undefined; at = parentOf(at, nodes)) top = at;
  return top;
}

/** The parent, when it is of the kind too. */
function parentOf(id: string, nodes: Nodes): string | undefined {
  const parent = referenceIdOf(nodes.get(id)?.parent);
  return parent !== null && nodes.has(parent) ? parent : undefined;
}

/** How many of the sorted paths lie below one: they stand together. */
function countBelow(path: string, sorted: readonly string[]): number {
  // The first path that is no longer below starts with what follows the backslash.
  return firstFrom(`${path}]`, sorted) - firstFrom(`${path}\\`, sorted);
}

/** Where the first text stands that does not come before the given one. */
function firstFrom(text: string, sorted: readonly string[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isWithin(row: JsonObject, root: FoundObject | undefined): boolean {
  if (root === undefined) return true;
  const { path } = refOf(row);
  return path === root.path || path.startsWith(`${root.path}\\`);
}

/** Master busses are where everything ends; Wwise has them whether something plays or not. */
function isMaster(row: JsonObject, nodes: Nodes): boolean {
  const { id, type } = refOf(row);
  return type === 'Bus' && parentOf(id, nodes) === undefined;
}
