import { z } from 'zod';
import { usual } from '../../core/answers/lean-data.ts';
import { oneOf } from '../../core/dispatch/input/one-of.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { jsonRecord } from '../../core/json-record.ts';
import { type Claim, stillNamed, valuesHeld } from '../claims/claim.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { namedTarget, namedTargetOf } from '../objects/rows/lean-ref.ts';
import { objectField } from '../objects/rows/object-field.ts';
import { type FoundObject, referenceIdOf, refOf, refReturns } from '../objects/rows/object-row.ts';
import { choiceValues } from '../objects/types/choice-values.ts';
import { expectType } from '../objects/types/expect-type.ts';
import type { CommandContext } from '../wwise-command.ts';

/** What an Action can do, by the number Wwise gives ActionType. */
const actionTypes = {
  Play: 1,
  Stop: 2,
  StopAll: 3,
  Pause: 7,
  PauseAll: 8,
  Resume: 9,
  ResumeAll: 10,
  Break: 34,
  Seek: 36,
  SeekAll: 37,
  PostEvent: 41,
  SetBusVolume: 11,
  ResetBusVolume: 14,
  SetVoiceVolume: 12,
  ResetVoiceVolume: 16,
  SetVoicePitch: 13,
  ResetVoicePitch: 18,
  SetLpf: 26,
  ResetLpf: 27,
  SetHpf: 29,
  ResetHpf: 30,
  Mute: 4,
  Unmute: 5,
  UnmuteAll: 6,
  SetGameParameter: 38,
  ResetGameParameter: 39,
  EnableState: 20,
  DisableState: 21,
  SetState: 22,
  SetSwitch: 23,
  Trigger: 35,
  ReleaseEnvelope: 40,
  ResetPlaylist: 42,
} as const;

type ActionName = keyof typeof actionTypes;

/** The names, for an input field. */
const actionNames = Object.keys(actionTypes).filter(isActionName);

function isActionName(name: string): name is ActionName {
  return name in actionTypes;
}

/** Actions on everything: they have no target. */
export const targetlessActions: ReadonlySet<string> = new Set([
  'StopAll',
  'PauseAll',
  'ResumeAll',
  'SeekAll',
  'UnmuteAll',
]);

/** What plays: the objects a Play action takes. */
export const playableTypes: readonly string[] = [
  'Sound',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'ActorMixer',
  'PropertyContainer',
  'MusicSegment',
  'MusicPlaylistContainer',
  'MusicSwitchContainer',
];

const soundTypes: readonly string[] = [...playableTypes, 'MusicTrack', 'Bus', 'AuxBus'];
const busTypes: readonly string[] = ['Bus', 'AuxBus'];

/** What an action must act on, where only objects of certain types make sense. */
const targetTypes: Readonly<Partial<Record<ActionName, readonly string[]>>> = {
  Play: playableTypes,
  Stop: soundTypes,
  Pause: soundTypes,
  Resume: soundTypes,
  Break: soundTypes,
  Seek: soundTypes,
  Mute: soundTypes,
  Unmute: soundTypes,
  SetVoiceVolume: soundTypes,
  ResetVoiceVolume: soundTypes,
  SetVoicePitch: soundTypes,
  ResetVoicePitch: soundTypes,
  SetLpf: soundTypes,
  ResetLpf: soundTypes,
  SetHpf: soundTypes,
  ResetHpf: soundTypes,
  SetState: ['State'],
  SetSwitch: ['Switch'],
  SetGameParameter: ['GameParameter'],
  ResetGameParameter: ['GameParameter'],
  Trigger: ['Trigger'],
  PostEvent: ['Event'],
  SetBusVolume: busTypes,
  ResetBusVolume: busTypes,
};

export function canTarget(type: ActionName, targetType: string): boolean {
  return targetTypes[type]?.includes(targetType) ?? true;
}

/** Throws INVALID_INPUT for a target this kind of action does nothing to. */
export function checkTarget(type: ActionName, target: FoundObject, field: string): void {
  if (!canTarget(type, target.type)) expectType(target, field, ...(targetTypes[type] ?? []));
}

/** What an action is made of, as inputs take it. */
export const actionFields = {
  type: oneOf(actionNames).describe(
    'Play, Stop, Pause, Seek, SetVoiceVolume, SetBusVolume, SetGameParameter, SetState, PostEvent...',
  ),
  targetPath: objectField('What it acts on; ...All have none.').optional(),
  delaySeconds: z.number().min(0).max(600).optional().describe('Delay in s.'),
  fadeSeconds: z.number().min(0).max(60).optional().describe('Fade in s.'),
  properties: z
    .record(z.string().regex(/^[A-Za-z]+$/), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe(
      'Volume, Pitch, GameParameterValue, Scope (0 game object, 1 global), SeekPercent, Probability...',
    ),
};

export interface ActionWanted {
  readonly type: ActionName;
  readonly targetPath?: string | undefined;
  readonly delaySeconds?: number | undefined;
  readonly fadeSeconds?: number | undefined;
  readonly properties?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Wants a target where one is needed, and none where the action is about everything. */
export function aimIsRight({ type, targetPath }: ActionWanted, issues: z.RefinementCtx): void {
  const isAimless = targetlessActions.has(type);
  if (isAimless === (targetPath === undefined)) return;
  const message = isAimless
    ? 'must be left out: this type of action is about everything'
    : 'is needed for this type of action';
  issues.addIssue({ code: 'custom', path: ['targetPath'], message });
}

/** The action with the labels of choices among its properties as their numbers. */
export async function actionWithNumbers(
  wanted: ActionWanted,
  context: Pick<CommandContext, 'waapi' | 'members'>,
): Promise<ActionWanted> {
  const { properties } = wanted;
  if (properties === undefined) return wanted;
  return { ...wanted, properties: await choiceValues({ type: 'Action' }, properties, context) };
}

/** The members of an Action object as WAAPI takes them. */
export function actionMembers(wanted: ActionWanted, targetId: string | undefined): JsonObject {
  const { type, delaySeconds, fadeSeconds, properties = {} } = wanted;
  return {
    ...Object.fromEntries(Object.entries(properties).map(([name, value]) => [`@${name}`, value])),
    '@ActionType': actionTypes[type],
    ...(targetId === undefined ? {} : { '@Target': targetId }),
    ...(delaySeconds === undefined ? {} : { '@Delay': delaySeconds }),
    ...(fadeSeconds === undefined ? {} : { '@FadeTime': fadeSeconds }),
  };
}

/** Claims that an Action does what an input asked for. */
export function actionHeld(
  wanted: ActionWanted,
  { id, target }: Pick<EventAction, 'id' | 'target'>,
  eventId: string,
): readonly Claim[] {
  return [
    { kind: 'exists', id, type: 'Action', parentId: eventId },
    ...valuesHeld(id, actionMembers(wanted, undefined)),
    { kind: 'reference', id, reference: 'Target', targetId: target?.id ?? null },
    ...(wanted.targetPath === undefined || target === null ? [] : stillNamed(wanted.targetPath, target.id)),
  ];
}

/** The Action among these that an input asked for, or undefined: of its type, on what the input names. */
export function actionAsked<T extends Pick<EventAction, 'type' | 'target'>>(
  { type, targetPath }: ActionWanted,
  among: readonly T[],
): T | undefined {
  const tail = targetPath === undefined ? undefined : /[^\\:]*$/.exec(targetPath)?.[0].toLowerCase();
  return among.find(
    (action) =>
      action.type === type &&
      (tail === undefined
        ? action.target === null
        : action.target?.id === targetPath || action.target?.name.toLowerCase() === tail),
  );
}

/** An Action in an output. */
export const actionFacts = z.object({
  id: z.string().describe('GUID; set_property changes FadeTime, Delay, Scope... of it.'),
  type: z.string().describe('Play, Stop...; the ActionType number for any other.'),
  target: namedTarget,
  delaySeconds: z.number().register(usual, { is: 0 }),
  fadeSeconds: z.number().register(usual, { is: 0 }),
  properties: z
    .record(z.string(), z.json())
    .describe('What else counts for its kind.')
    .register(usual, { is: {}, members: { Probability: 100 } }),
});

export const eventAction = actionFacts.extend({ eventId: z.string() });

export type EventAction = z.output<typeof eventAction>;

/** What counts for some kinds only. */
const levels: Readonly<Partial<Record<string, readonly string[]>>> = {
  SetVoiceVolume: ['Volume', 'AbsoluteOrRelative'],
  SetBusVolume: ['Volume', 'AbsoluteOrRelative'],
  SetVoicePitch: ['Pitch', 'AbsoluteOrRelative'],
  SetLpf: ['Lowpass', 'AbsoluteOrRelative'],
  SetHpf: ['Highpass', 'AbsoluteOrRelative'],
  SetGameParameter: ['GameParameterValue', 'AbsoluteOrRelative'],
  Seek: ['SeekType', 'SeekPercent', 'SeekTime'],
  SeekAll: ['SeekType', 'SeekPercent', 'SeekTime'],
  Play: ['Probability'],
};

const scopeless = new Set([
  'Play',
  'PostEvent',
  'SetState',
  'SetSwitch',
  'Trigger',
  'EnableState',
  'DisableState',
]);

const settings = [...new Set(['Scope', ...Object.values(levels).flatMap((names) => names ?? [])])];

/** What to ask of an Action, to hand its row to actionOf. */
export const actionReturns: readonly string[] = [
  '@ActionType',
  '@Target',
  '@Delay',
  '@FadeTime',
  ...settings.map((name) => `@${name}`),
];

export function actionOf(row: JsonObject): z.output<typeof actionFacts> {
  const type = nameOf(row['@ActionType']);
  const counts = [...(scopeless.has(type) ? [] : ['Scope']), ...(levels[type] ?? [])];
  const properties = counts.flatMap((name): [string, Json][] => {
    const value = row[`@${name}`];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    id: refOf(row).id,
    type,
    target: namedTargetOf(row['@Target']),
    delaySeconds: Number(row['@Delay'] ?? 0),
    fadeSeconds: Number(row['@FadeTime'] ?? 0),
    properties: jsonRecord.parse(Object.fromEntries(properties)),
  };
}

/** The Actions a WAQL query finds. */
export async function actionsIn(
  waql: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<EventAction[]> {
  const rows = await askRows(waql, [...refReturns, 'parent', ...actionReturns], context);
  return rows.map((row) => ({ ...actionOf(row), eventId: referenceIdOf(row.parent) ?? '' }));
}

function nameOf(number: unknown): string {
  return Object.entries(actionTypes).find(([, value]) => value === number)?.[0] ?? String(number ?? '');
}
