import { z } from 'zod';
import type { JsonObject } from '../../../core/json.ts';
import { flatMapInTurns, visitInTurns } from '../../../core/turns/turns.ts';
import { askRows } from '../finding/ask-rows.ts';
import { findObject, type ProjectAccess } from '../finding/find-object.ts';
import { type FoundObject, type ObjectRef, referenceIdOf, refOf, refReturns } from '../rows/object-row.ts';
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
 * them, or only other unused objects. A SoundBank that includes an object uses it. A bus is used by what is routed to it
 * or below it, not by what is routed to a bus above: sound only flows up. Only topmost ones are given, in path order.
 */
export async function unusedObjects(
  kind: UnusedKind,
  under: string | undefined,
  access: ProjectAccess,
): Promise<readonly UnusedObject[]> {
  const { year } = await access.project();
  const root = under === undefined ? undefined : await findObject(under, access);
  const nodes = await nodesOf(kind, year, access);
  const used = await usedIds(nodes, kind === 'busses' ? busses : trees, access);
  const unused = new Map(await flatMapInTurns(nodes.own, (entry) => (used.has(entry[0]) ? [] : [entry])));
  const paths = (await flatMapInTurns(unused.values(), (row) => [refOf(row).path])).sort();
  const tops = await flatMapInTurns(unused, ([id, row]) => {
    if (unused.has(parentOf(id, nodes) ?? '') || !isWithin(row, root) || isMaster(row, nodes)) return [];
    const ref = refOf(row);
    return [{ ...ref, below: countBelow(ref.path, paths) }];
  });
  return tops.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Nodes {
  /** The objects of the kind. */
  readonly own: ReadonlyMap<string, JsonObject>;
  /** Work Units and folders, which may stand between two of them and can be included in SoundBanks. */
  readonly between: ReadonlyMap<string, JsonObject>;
}

async function nodesOf(kind: UnusedKind, year: number, access: ProjectAccess): Promise<Nodes> {
  const types = unusedKinds[kind].map((type) =>
    type === 'ActorMixer' && year >= 2025 ? 'PropertyContainer' : type,
  );
  const rowsOf = async (...wanted: readonly string[]) =>
    askRows(`$ from type ${wanted.join(', ')}`, [...refReturns, 'parent', 'owner'], access);
  const byId = async (rows: readonly JsonObject[], isWanted: (row: JsonObject) => boolean) =>
    new Map(await flatMapInTurns(rows, (row) => (isWanted(row) ? [[refOf(row).id, row] as const] : [])));
  return {
    own: await byId(await rowsOf(...types), standsInProject),
    between: await byId(await rowsOf('WorkUnit', 'Folder'), () => true),
  };
}

/** Effects and the like inside another object belong to it, and presets to nobody. */
function standsInProject(row: JsonObject): boolean {
  const { path } = refOf(row);
  return path !== '' && !path.startsWith('\\Presets\\') && referenceIdOf(row.owner) === null;
}

/** How use spreads among objects of one kind. */
interface Spreading {
  /** Used whoever refers to them. */
  always(nodes: Nodes): Iterable<string>;
  /** Whether a reference among them is only a matter of their own tree. */
  isOwn(homeId: string, targetId: string, nodes: Nodes): boolean;
  /** Whether what is below something used is used with it. */
  readonly downwards: boolean;
}

/** What plays a container plays what is in it, and its own playlists and assignments are no use from outside. */
const trees: Spreading = { always: () => [], isOwn: sameTree, downwards: true };

/** Sound flows up only: what plays into a bus does not play into those below it. Each bus that ducks or sends to another uses it. */
const busses: Spreading = {
  always: (nodes) => [...nodes.own].flatMap(([id, row]) => (isMaster(row, nodes) ? [id] : [])),
  isOwn: (homeId, targetId) => homeId === targetId,
  downwards: false,
};

async function usedIds(
  nodes: Nodes,
  spreading: Spreading,
  access: ProjectAccess,
): Promise<ReadonlySet<string>> {
  const used = new Set<string>(spreading.always(nodes));
  let among: Referrer[] = [];
  const targets = [...nodes.own.keys(), ...nodes.between.keys()];
  await visitInTurns(await referrersOf(targets, access, false, ['SoundBank']), (referrer) => {
    // A Query may name a Work Unit to look in; what a SoundBank includes of it is used.
    if (nodes.between.has(referrer.targetId) && referrer.reference !== 'Inclusions') return;
    if (!nodes.own.has(referrer.home.id)) used.add(referrer.targetId);
    else if (!spreading.isOwn(referrer.home.id, referrer.targetId, nodes)) among.push(referrer);
  });
  // What only unused objects refer to is unused too.
  for (;;) {
    const reached = await withTrees(used, spreading.downwards, nodes);
    const next = among.filter(({ home }) => reached.has(home.id));
    if (next.length === 0) return reached;
    for (const { targetId } of next) used.add(targetId);
    among = among.filter(({ home }) => !reached.has(home.id));
  }
}

/** What is used, and what is so because of it: all above, which plays it, and all below where that is played with it. */
async function withTrees(
  used: ReadonlySet<string>,
  downwards: boolean,
  nodes: Nodes,
): Promise<ReadonlySet<string>> {
  const marked = new Set(used);
  await visitInTurns(used, (id) => {
    for (let at = parentOf(id, nodes); at !== undefined && !marked.has(at); at = parentOf(at, nodes))
      marked.add(at);
  });
  await visitInTurns(nodes.own.keys(), (id) => {
    for (let at: string | undefined = id; at !== undefined; at = above(at, nodes))
      if (used.has(at) && (downwards || nodes.between.has(at))) marked.add(id);
  });
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

/** The nearest object of the kind above, with Work Units and folders between or not. */
function parentOf(id: string, nodes: Nodes): string | undefined {
  let at = above(id, nodes);
  while (at !== undefined && !nodes.own.has(at)) at = above(at, nodes);
  return at;
}

function above(id: string, { own, between }: Nodes): string | undefined {
  return referenceIdOf((own.get(id) ?? between.get(id))?.parent) ?? undefined;
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
