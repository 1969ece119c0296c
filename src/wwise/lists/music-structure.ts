import { z } from 'zod';
import { asJsonArray, asString, type Json, type JsonObject } from '../../core/json.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { namedTarget, namedTargetOf } from '../objects/rows/lean-ref.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import { pointedAt } from './list-slots.ts';

// What music objects own beside their children, as Wwise keeps it: rules of transitions, stingers, playlists, tables, cues.

type Asking = Pick<CommandContext, 'waapi'>;

/** By the number Wwise gives ExitSourceAt. */
export const exitPoints = {
  immediate: 0,
  nextGrid: 1,
  nextBar: 2,
  nextBeat: 3,
  nextCue: 4,
  customCue: 5,
  exitCue: 7,
} as const;

/** By the number Wwise gives DestinationJumpPositionPreset. */
export const entryPoints = ['entryCue', 'sameTime', 'randomCue', 'randomCustomCue', 'lastExit'] as const;

/** By the number Wwise gives PlaySegmentAt. */
export const stingerPoints = [
  'immediate',
  'nextGrid',
  'nextBar',
  'nextBeat',
  'nextCue',
  'customCue',
  'entryCue',
  'exitCue',
] as const;

/** By the number Wwise gives PlayMode. */
export const playModes = ['sequenceContinuous', 'sequenceStep', 'randomContinuous', 'randomStep'] as const;

export const transitionRule = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  destination: z.string(),
  exitAt: z.string(),
  syncTo: z.string(),
  fadeOut: z.boolean(),
  fadeIn: z.boolean(),
  postExit: z.boolean(),
  preEntry: z.boolean(),
});

/** The rules below a transition root, in order; source and destination are paths, `any` or `nothing`. */
export async function transitionsBelow(rootId: string, context: Asking) {
  const members = [
    'SourceContextType',
    'SourceContextObject',
    'DestinationContextType',
    'DestinationContextObject',
    'ExitSourceAt',
    'DestinationJumpPositionPreset',
    'EnableSourceFadeOut',
    'EnableDestinationFadeIn',
    'PlaySourcePostExit',
    'PlayDestinationPreEntry',
    'IsFolder',
  ].map((name) => `@${name}`);
  const rows = await askRows(`$ "${rootId}" select descendants`, ['id', 'name', ...members], context);
  const rules = rows.filter((row) => row['@IsFolder'] !== true);
  const ends = rules.flatMap((row) =>
    [row['@SourceContextObject'], row['@DestinationContextObject']].flatMap(
      (end) => referenceIdOf(end) ?? [],
    ),
  );
  const paths = await pathsOf(ends, context);
  const end = (row: JsonObject, side: 'Source' | 'Destination') => {
    const id = referenceIdOf(row[`@${side}ContextObject`]);
    const type = row[`@${side}ContextType`];
    return type === 1 ? 'nothing' : type === 2 && id !== null ? (paths.get(id) ?? id) : 'any';
  };
  return rules.map((row) => ({
    id: refOf(row).id,
    name: refOf(row).name,
    source: end(row, 'Source'),
    destination: end(row, 'Destination'),
    exitAt: Object.entries(exitPoints).find(([, value]) => value === row['@ExitSourceAt'])?.[0] ?? 'never',
    syncTo: nameAt(entryPoints, row['@DestinationJumpPositionPreset']),
    fadeOut: row['@EnableSourceFadeOut'] === true,
    fadeIn: row['@EnableDestinationFadeIn'] === true,
    postExit: row['@PlaySourcePostExit'] === true,
    preEntry: row['@PlayDestinationPreEntry'] === true,
  }));
}

export const stingerFacts = z.object({
  id: z.string(),
  trigger: namedTarget,
  segment: namedTarget,
  playAt: z.string(),
  waitSeconds: z.number(),
});

/** The stingers in what Wwise answered for `@Stingers`. */
export async function stingersOf(list: Json | undefined, context: Asking) {
  const returns = ['id', '@Trigger', '@Segment', '@PlaySegmentAt', '@DontPlayAgainTime'];
  const rows = await itemsOf(list, returns, context);
  return rows.map((row) => ({
    id: refOf(row).id,
    trigger: namedTargetOf(row['@Trigger']),
    segment: namedTargetOf(row['@Segment']),
    playAt: nameAt(stingerPoints, row['@PlaySegmentAt']),
    waitSeconds: numberOf(row['@DontPlayAgainTime']),
  }));
}

export const playlistItem = z.object({
  id: z.string(),
  segment: namedTarget,
  mode: z.string().optional(),
  loopCount: z.number(),
  depth: z.int(),
});

/** The items below a playlist root, its own included, in playing order; depth 0 is the root. */
export async function playlistBelow(rootId: string, context: Asking) {
  const returns = ['id', 'parent', '@PlaylistItemType', '@Segment', '@LoopCount', '@PlayMode'];
  const rows = [
    ...(await askRows(`$ "${rootId}"`, returns, context)),
    ...(await askRows(`$ "${rootId}" select descendants`, returns, context)),
  ];
  const depths = new Map<string, number>();
  return rows.map((row) => {
    const depth = (depths.get(referenceIdOf(row.parent) ?? '') ?? -1) + 1;
    depths.set(refOf(row).id, depth);
    const isSegment = row['@PlaylistItemType'] === 1;
    return {
      id: refOf(row).id,
      segment: isSegment ? namedTargetOf(row['@Segment']) : null,
      ...(isSegment ? {} : { mode: nameAt(playModes, row['@PlayMode']) }),
      loopCount: numberOf(row['@LoopCount']),
      depth,
    };
  });
}

export const tableEntry = z.object({ at: z.array(z.string()), child: z.string().nullable() });

/** Groups and lines of a Music Switch Container's table, by name; `*` where a line takes any Switch or State. */
export async function tableOf(row: JsonObject, context: Asking) {
  const groups = (await itemsOf(row['@Arguments'], ['id', 'name', 'type', '@Argument'], context)).map(
    (item) => pointedAt(item, 'Argument'),
  );
  const entries = await itemsOf(row['@Entries'], ['id', '@AudioNode', '@EntryPath'], context);
  const paths = entries.map((entry) => entry['@EntryPath']);
  const returns = ['id', 'name', 'type', '@EntryPathObject'];
  const steps = await itemsOf(paths.flatMap(asJsonArray), returns, context);
  const groupIds = new Set(groups.map((group) => group?.id));
  const nameOf = new Map(
    steps.map((step) => {
      const end = pointedAt(step, 'EntryPathObject');
      // The group itself stands for any of its Switches or States.
      return [refOf(step).id, end === null || groupIds.has(end.id) ? '*' : end.name];
    }),
  );
  return {
    groups: groups.map((group) => group?.name ?? ''),
    entries: entries.map((entry, at) => ({
      at: asJsonArray(paths[at]).map((step) => nameOf.get(referenceIdOf(step) ?? '') ?? '*'),
      child: namedTargetOf(entry['@AudioNode'])?.name ?? null,
    })),
  };
}

export const musicCue = z.object({ id: z.string(), name: z.string(), timeMs: z.number(), kind: z.string() });

/** The cues in what Wwise answered for `@Cues`, in time order. */
export async function cuesOf(list: Json | undefined, context: Asking) {
  const rows = await itemsOf(list, ['id', 'name', '@TimeMs', '@CueType'], context);
  return rows
    .map((row) => ({
      id: refOf(row).id,
      name: refOf(row).name,
      timeMs: numberOf(row['@TimeMs']),
      kind: nameAt(cueKinds, row['@CueType']),
    }))
    .sort((a, b) => a.timeMs - b.timeMs);
}

/** By the number Wwise gives CueType. */
const cueKinds = ['entry', 'exit', 'user'];

async function itemsOf(list: Json | undefined, returns: readonly string[], context: Asking) {
  const ids = asJsonArray(list).flatMap((item) => referenceIdOf(item) ?? []);
  if (ids.length === 0) return [];
  return askRows(`$ ${quoted([...new Set(ids)])}`, returns, context);
}

async function pathsOf(ids: readonly string[], context: Asking): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await askRows(`$ ${quoted([...new Set(ids)])}`, ['id', 'path'], context);
  return new Map(rows.map((row) => [refOf(row).id, asString(row.path) ?? '']));
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => `"${id}"`).join(', ');
}

function nameAt(names: readonly string[], value: Json | undefined): string {
  return names[numberOf(value)] ?? String(value);
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
