import { z } from 'zod';
import type { CommandContext } from '../command.ts';
import { askRows } from '../objects/ask-rows.ts';
import { namedTarget, namedTargetOf } from '../objects/lean-ref.ts';
import { referenceIdOf, refOf, refReturns } from '../objects/object-row.ts';

/** What an Action can do, by the number Wwise gives ActionType. */
export const actionTypes = {
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

export type ActionName = keyof typeof actionTypes;

/** The names, for an input field. */
export const actionNames: readonly string[] = Object.keys(actionTypes);

export function isActionName(name: string): name is ActionName {
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

/** What an action must act on, where only objects of certain types make sense. */
export const targetTypes: Readonly<Partial<Record<ActionName, readonly string[]>>> = {
  SetState: ['State'],
  SetSwitch: ['Switch'],
  SetGameParameter: ['GameParameter'],
  ResetGameParameter: ['GameParameter'],
  Trigger: ['Trigger'],
  PostEvent: ['Event'],
  SetBusVolume: ['Bus', 'AuxBus'],
  ResetBusVolume: ['Bus', 'AuxBus'],
};

/** An Action in an output. */
export const eventAction = z.object({
  id: z.string(),
  eventId: z.string(),
  type: z.string().describe('Play, Stop...; the ActionType number for any other.'),
  target: namedTarget,
  delaySeconds: z.number(),
  fadeSeconds: z.number(),
});

export type EventAction = z.output<typeof eventAction>;

/** The Actions a WAQL query finds. */
export async function actionsIn(
  waql: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<EventAction[]> {
  const rows = await askRows(
    waql,
    [...refReturns, 'parent', '@ActionType', '@Target', '@Delay', '@FadeTime'],
    context,
  );
  return rows.map((row) => ({
    id: refOf(row).id,
    eventId: referenceIdOf(row.parent) ?? '',
    type: actionNameOf(row['@ActionType']),
    target: namedTargetOf(row['@Target']),
    delaySeconds: Number(row['@Delay'] ?? 0),
    fadeSeconds: Number(row['@FadeTime'] ?? 0),
  }));
}

/** What Wwise means by a value of ActionType; a number that is not known as it is. */
export function actionNameOf(number: unknown): string {
  return Object.entries(actionTypes).find(([, value]) => value === number)?.[0] ?? String(number ?? '');
}
