import type { ObjectRef } from '../objects/rows/object-row.ts';

/**
 * Whether an object is not known to be the run's own, so that it must not go with what holds it. `made`: GUIDs that the run's
 * calls are known to have made. Inner objects, which Wwise makes along with their owner, count as the owner's.
 */
export function isForeign(object: ObjectRef, made: ReadonlySet<string>): boolean {
  return !made.has(object.id) && (standsForItself(object) || playsAudio.has(object.type));
}

/** Sources of audio: imports make them along, but a recorded import names each. */
const playsAudio: ReadonlySet<string> = new Set(['AudioFileSource', 'SourcePlugin']);

/** Whether people make and move objects like this one for themselves; the State None comes along with its State Group. */
export function standsForItself({ type, name }: Pick<ObjectRef, 'type' | 'name'>): boolean {
  return standsAlone.has(type) && !(type === 'State' && name === 'None');
}

/** Types of objects that people make and move for themselves. */
const standsAlone: ReadonlySet<string> = new Set([
  'WorkUnit',
  'Folder',
  'PropertyContainer',
  'ActorMixer',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'Sound',
  'MusicSwitchContainer',
  'MusicPlaylistContainer',
  'MusicSegment',
  'MusicTrack',
  'Bus',
  'AuxBus',
  'AudioDevice',
  'Event',
  'DialogueEvent',
  'Action',
  'SoundBank',
  'Switch',
  'SwitchGroup',
  'State',
  'StateGroup',
  'GameParameter',
  'Trigger',
  'Attenuation',
  'ModulatorEnvelope',
  'ModulatorLfo',
  'ModulatorTime',
  'AcousticTexture',
  'Conversion',
  'Query',
  'MixingSession',
  'SoundcasterSession',
  'ControlSurfaceSession',
]);
