import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { McpRoom } from '../mcp-room.ts';
import { writeTone } from '../wave.ts';

/** Paths of what has very much of one thing. */
export const wide = {
  home: '\\Containers\\Default Work Unit',
  steps: '\\Containers\\Default Work Unit\\Wide_Steps',
  twin: '\\Containers\\Default Work Unit\\Wide_Twin',
  ground: '\\Containers\\Default Work Unit\\Wide_Ground',
  engine: '\\Containers\\Default Work Unit\\Wide_Engine',
  event: '\\Events\\Default Work Unit\\Wide_Event',
  bank: '\\SoundBanks\\Default Work Unit\\Wide_Bank',
  attenuation: '\\Attenuations\\Default Work Unit\\Wide_Attenuation',
  switches: '\\Switches\\Default Work Unit\\Wide_Switches',
  states: '\\States\\Default Work Unit\\Wide_States',
  mainBus: '\\Busses\\Default Work Unit\\Main Audio Bus',
  parameters: '\\Game Parameters\\Default Work Unit',
};

/** A name longer than those of most projects, so that fewer objects do. */
export function longName(stem: string, nth: number): string {
  return `${stem}_${'on_wet_gravel_with_heavy_boots_'.repeat(4)}${String(nth).padStart(4, '0')}`;
}

export function names(stem: string, count: number): string[] {
  return Array.from({ length: count }, (_, nth) => longName(stem, nth));
}

export const longNotes = 'Recorded in the yard, two takes; the tail is cut by hand, see the sheet. '.repeat(
  40,
);

/** Adds to the open project, for each thing of which there can be many, `many` of it in one; beside the audio in `dir`. */
export async function widen(room: McpRoom, dir: string, many: number): Promise<void> {
  const make = (parent: string, children: readonly Json[]) =>
    room.done('waapi_call', {
      uri: 'ak.wwise.core.object.set',
      args: { objects: [{ object: parent, children: [...children] }] },
    });
  const few = Math.ceil(many / 2);
  const sounds = names('Step', many).map((name) => ({ type: 'Sound', name, notes: longNotes }));
  await make(wide.home, [
    { type: 'RandomSequenceContainer', name: 'Wide_Steps', notes: longNotes, children: sounds },
    { type: 'RandomSequenceContainer', name: 'Wide_Twin', children: twinsOf(many) },
    { type: 'SwitchContainer', name: 'Wide_Ground', children: objects('Sound', 'Ground', few) },
    { type: 'BlendContainer', name: 'Wide_Engine', children: objects('Sound', 'Layer', few) },
  ]);
  await make(wide.parameters, objects('GameParameter', 'Speed', few));
  await make(wide.mainBus, objects('Bus', 'Bus', few));
  await room.done('create_switch_group', { name: 'Wide_Switches', members: names('Ground', few) });
  await room.done('create_state_group', { name: 'Wide_States', members: names('Weather', few) });
  await room.done('create_attenuation', { name: 'Wide_Attenuation' });
  await make('\\Events\\Default Work Unit', [
    { type: 'Event', name: 'Wide_Event', children: actions(few) },
    ...names('Play', few).map((name) => ({ type: 'Event', name, children: actions(2) })),
  ]);
  await make('\\SoundBanks\\Default Work Unit', [{ type: 'SoundBank', name: 'Wide_Bank' }]);
  await room.done('set_switch_group', { objectId: wide.ground, group: wide.switches });
  await room.done('waapi_call', {
    uri: 'ak.wwise.core.object.set',
    args: { objects: [{ object: wide.steps, '@RTPC': rtpcs(few) }] },
  });
  mkdirSync(join(dir, 'audio', 'wide'), { recursive: true });
  for (const name of names('Take', few)) writeTone(join(dir, 'audio', 'wide', `${name}.wav`));
}

function objects(type: string, stem: string, count: number): JsonObject[] {
  return names(stem, count).map((name) => ({ type, name }));
}

/** Other properties than their namesakes have, and some that have none. */
function twinsOf(many: number): JsonObject[] {
  return names('Step', many).map((name, nth) => ({
    ...{ type: 'Sound', name: nth % 2 === 0 ? name : `${name}_b` },
    '@Volume': -6,
  }));
}

function actions(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, nth) => ({
    ...{ type: 'Action', name: '', '@ActionType': 1 },
    '@Target': `${wide.steps}\\${longName('Step', nth)}`,
  }));
}

function rtpcs(count: number): JsonObject[] {
  return names('Speed', count).map((name) => ({
    ...{ type: 'RTPC', name: '', '@PropertyName': 'Volume' },
    '@ControlInput': `${wide.parameters}\\${name}`,
    '@Curve': { type: 'Curve', points: points(20, 100) },
  }));
}

/** Points of a curve over x from 0 to `max`. */
export function points(count: number, max: number): JsonObject[] {
  return Array.from({ length: count }, (_, nth) => ({
    ...{ x: (nth * max) / (count - 1), y: nth % 2 === 0 ? -3.25 : -6.75 },
    shape: 'Linear',
  }));
}
