import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { flatMapInTurns, visitInTurns } from '../../../core/turns/turns.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { type ObjectRef, referenceIdOf, refOf } from '../rows/object-row.ts';
import { knownValues } from '../types/known-values.ts';
import { propertyNames } from '../types/property-names.ts';
import { describeMembers } from '../types/type-members.ts';

/** One reference from one object to another. */
export interface Referrer {
  /** The object that holds the reference; an inner object (list item) may have no name or path of its own. */
  readonly holder: ObjectRef;
  /** The object of the project that the holder belongs to: itself unless it is an inner object. */
  readonly home: ObjectRef;
  /**
   * Name of the reference, e.g. Target. Inclusions of a SoundBank, Assignments of a Switch Container and StateGroups are none;
   * PluginData is what a plug-in keeps in its own data, Structure what no member shows, such as the entries of a Soundcaster
   * Session.
   */
  readonly reference: string;
  readonly targetId: string;
}

/** What refers to objects beside its references, and what that is called. */
const structures = { SoundBank: 'Inclusions', SwitchContainer: 'Assignments' } as const;

type Structured = keyof typeof structures;

/** GUIDs per query: keeps the WAQL text below 50 kB. */
const batchSize = 1_000;

/**
 * Who refers to any of these objects, and with which reference. Costs a few calls per type of referrer.
 * `fromOutside` leaves out what they hold themselves. `structured` says whose inclusions and assignments count, which take
 * a call for each such object.
 */
export async function referrersOf(
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
  fromOutside = false,
  structured: readonly Structured[] = ['SoundBank', 'SwitchContainer'],
): Promise<readonly Referrer[]> {
  const wanted = new Set(ids);
  const holders = await inBatches(ids, (list) => `$ ${list} select referencesTo`, homeReturns, context);
  const asked = fromOutside
    ? await flatMapInTurns(holders, (row) => (wanted.has(refOf(row).id) ? [] : [row]))
    : holders;
  const found = [
    ...(await referencesOf(asked, ids, context)),
    ...(await structuredReferences(asked, structured, context)),
  ];
  const named = await flatMapInTurns(found, (referrer) => (wanted.has(referrer.targetId) ? [referrer] : []));
  const inData = await referencesInData(asked, named, ids, context);
  const known = [...named, ...inData];
  return fromOutside ? [...known, ...(await unnamedReferences(asked, known, ids, context))] : known;
}

/** What plug-ins refer to in their own data, which no member shows: a plug-in may also refer to others by members. */
async function referencesInData(
  rows: readonly JsonObject[],
  named: readonly Referrer[],
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly Referrer[]> {
  const plugins = rows.map(refOf).filter(({ type }) => keepsData.has(type));
  if (plugins.length === 0) return [];
  const shown = new Set(named.map(({ holder, targetId }) => `${holder.id} ${targetId}`));
  const homes = await homesOf(rows, context, true);
  const targets = await targetsOf(new Set(plugins.map(({ id }) => id)), ids, context);
  return plugins.flatMap((holder) =>
    (targets.get(holder.id) ?? []).flatMap((targetId): readonly Referrer[] => {
      if (targetId === holder.id || shown.has(`${holder.id} ${targetId}`)) return [];
      return [{ holder, home: homes.get(holder.id) ?? holder, reference: 'PluginData', targetId }];
    }),
  );
}

/** Types of what plug-ins make, which have data of their own. */
const keepsData: ReadonlySet<string> = new Set(['Effect', 'SourcePlugin', 'AudioDevice', 'Metadata']);

/** Who refers to any of these objects, each once, but for these objects themselves. A query per 1,000 of them. */
export async function holdersFromOutside(
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly ObjectRef[]> {
  const inside = new Set(ids);
  const rows = await inBatches(ids, (list) => `$ ${list} select referencesTo`, [], context);
  return rows.map(refOf).filter(({ id }) => !inside.has(id));
}

/**
 * What those refer to of whom no member shows it. A container that lists what lies in it does not count, nor does what plays
 * a source.
 */
async function unnamedReferences(
  rows: readonly JsonObject[],
  named: readonly Referrer[],
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly Referrer[]> {
  const shown = new Set(named.map(({ holder }) => holder.id));
  const silent = rows.map(refOf).filter(({ id }) => !shown.has(id));
  if (silent.length === 0) return [];
  const homes = await homesOf(rows, context, true);
  const list = silent.map(({ id }) => `"${id}"`).join(', ');
  const followed = await knownValues(`$ ${list}`, ['stateGroups'], context);
  const targets = await targetsOf(new Set(silent.map(({ id }) => id)), ids, context);
  return silent.flatMap((holder) => {
    const groups = targetsIn(followed.get(holder.id)?.stateGroups);
    return (targets.get(holder.id) ?? []).flatMap((targetId): readonly Referrer[] => {
      const reference = groups.includes(targetId) ? 'StateGroups' : 'Structure';
      if (reference === 'Structure' && listsItsOwn.has(holder.type)) return [];
      return [{ holder, home: homes.get(holder.id) ?? holder, reference, targetId }];
    });
  });
}

/** Which of these objects each holder refers to, by halving them. */
async function targetsOf(
  holders: ReadonlySet<string>,
  ids: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const targets = new Map<string, string[]>();
  const open: (readonly string[])[] = [ids];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const rows = await inBatches(part, (list) => `$ ${list} select referencesTo`, [], context);
    const found = rows.map(refOf).filter(({ id }) => holders.has(id));
    if (found.length === 0) continue;
    const [only] = part;
    if (part.length === 1 && only !== undefined) {
      for (const { id } of found) targets.set(id, [...(targets.get(id) ?? []), only]);
      continue;
    }
    const middle = part.length >> 1;
    open.push(part.slice(0, middle), part.slice(middle));
  }
  return targets;
}

/** Types whose objects list what lies in them without any member that shows it. */
const listsItsOwn: ReadonlySet<string> = new Set([
  'Sound',
  'MusicClip',
  'Project',
  'RandomSequenceContainer',
  'SwitchContainer',
]);

/** What SoundBanks include and Switch Containers assign, each object once. */
async function structuredReferences(
  rows: readonly JsonObject[],
  wanted: readonly Structured[],
  { waapi }: Pick<CommandContext, 'waapi'>,
): Promise<readonly Referrer[]> {
  const found: Referrer[] = [];
  for (const holder of await flatMapInTurns(rows, (row) => [refOf(row)])) {
    const type = wanted.find((one) => one === holder.type);
    if (type === undefined) continue;
    const answer =
      type === 'SoundBank'
        ? await waapi.call('ak.wwise.core.soundbank.getInclusions', { soundbank: holder.id })
        : await waapi.call('ak.wwise.core.switchContainer.getAssignments', { id: holder.id });
    const entries = asJsonArray(type === 'SoundBank' ? answer.inclusions : answer.return).filter(
      isJsonObject,
    );
    const named = entries.flatMap(({ object, child, stateOrSwitch }) =>
      [object, child, stateOrSwitch].flatMap((end) => referenceIdOf(end) ?? []),
    );
    for (const targetId of new Set(named))
      found.push({ holder, home: holder, reference: structures[type], targetId });
  }
  return found;
}

/** Every reference these objects hold, which refer to the targets, and those of them that show none as an entry without a name or target. */
async function referencesOf(
  rows: readonly JsonObject[],
  targets: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly Referrer[]> {
  const byType = new Map<string, string[]>();
  await visitInTurns(rows, (row) => {
    const { id, type } = refOf(row);
    const ids = byType.get(type);
    if (ids === undefined) byType.set(type, [id]);
    else ids.push(id);
  });
  const homes = await homesOf(rows, context, true);
  const references: Referrer[] = [];
  for (const [type, ids] of byType) {
    const [first = ''] = ids;
    const names = (await referenceNames(first, ids.length, context)).map((name) => `@${name}`);
    // To name each of very many takes longer than to find them once more by what they refer to.
    const isFoundAgain = ids.length > batchSize && targets.length <= batchSize && type !== '';
    const found = isFoundAgain
      ? await inBatches(
          targets,
          (list) => `$ ${list} select referencesTo where type = "${type}"`,
          names,
          context,
        )
      : await inBatches(ids, (list) => `$ ${list}`, names, context);
    const wanted = new Set(ids);
    await visitInTurns(found, (row) => {
      const holder = refOf(row);
      if (!wanted.has(holder.id)) return;
      const home = homes.get(holder.id) ?? holder;
      for (const [name, value] of Object.entries(row)) {
        if (!name.startsWith('@')) continue;
        for (const targetId of targetsIn(value))
          references.push({ holder, home, reference: name.slice(1), targetId });
      }
    });
  }
  return references;
}

/**
 * Names under which objects like this one may refer to others. For a few objects it is cheaper to ask for all their values
 * than to learn which of them are references.
 */
async function referenceNames(
  like: string,
  howMany: number,
  { waapi }: Pick<CommandContext, 'waapi'>,
): Promise<readonly string[]> {
  const names = await propertyNames({ object: like }, waapi);
  if (howMany <= 20) return names;
  const members = await describeMembers({ object: like }, names, waapi);
  return members.filter(({ kind }) => kind !== 'property').map(({ name }) => name);
}

/** Ids a reference or list value names. */
function targetsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return asJsonArray(value).flatMap((item) => targetsIn(item));
  const id = isJsonObject(value) ? referenceIdOf(value) : null;
  return id === null ? [] : [id];
}

/** What `homesOf` wants to know of a row. */
const homeReturns: readonly string[] = ['owner', 'parent'];

/**
 * By the id of each row: the object of the project it belongs to, found by climbing owners until one has a path. `isAsked`: the
 * rows were asked for `homeReturns`.
 */
export async function homesOf(
  rows: readonly JsonObject[],
  context: Pick<CommandContext, 'waapi'>,
  isAsked = false,
): Promise<ReadonlyMap<string, ObjectRef>> {
  const homes = new Map<string, ObjectRef>();
  let open = new Map(
    await flatMapInTurns(rows, (row) => {
      const { id } = refOf(row);
      return [[id, id] as const];
    }),
  );
  // Inner objects nest a few levels deep: an RTPC entry's curve, a blend track's assignment.
  for (let level = 0; open.size > 0 && level < 6; level += 1) {
    const found = new Map<string, JsonObject>();
    if (level === 0 && isAsked) await visitInTurns(rows, (row) => found.set(refOf(row).id, row));
    const asked = [...new Set(open.values())].filter((id) => !found.has(id));
    const answered = await inBatches(asked, (list) => `$ ${list}`, homeReturns, context);
    await visitInTurns(answered, (row) => found.set(refOf(row).id, row));
    const next = new Map<string, string>();
    await visitInTurns(open, ([holder, at]) => {
      const row = found.get(at);
      if (row === undefined) return;
      homes.set(holder, refOf(row));
      const owner = referenceIdOf(row.owner);
      const above = owner ?? (isInner(row) ? referenceIdOf(row.parent) : null);
      if (above !== null) next.set(holder, above);
    });
    open = next;
  }
  return homes;
}

function isInner(row: JsonObject): boolean {
  const { path, type } = refOf(row);
  // Items of a music playlist are children of one another.
  return path === '' || type === 'MusicPlaylistItem';
}

async function inBatches(
  ids: readonly string[],
  waql: (list: string) => string,
  returns: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly JsonObject[]> {
  const rows = new Map<string, JsonObject>();
  for (let start = 0; start < ids.length; start += batchSize) {
    const list = ids
      .slice(start, start + batchSize)
      .map((id) => `"${id}"`)
      .join(', ');
    for (const [id, row] of await knownValues(waql(list), returns, context)) rows.set(id, row);
  }
  return [...rows.values()];
}
