import { attribute } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { shortIdOfGuid, shortIdOfName } from './short-id.ts';

/** Types whose new objects have a ShortID attribute (measured). Effects and Attenuations only below some parents: see hasShortId. */
const withShortId = new Set([
  'Folder',
  'Sound',
  'ActorMixer',
  'PropertyContainer',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'BlendTrack',
  'MusicSegment',
  'MusicTrack',
  'MusicPlaylistContainer',
  'MusicSwitchContainer',
  'MusicPlaylistItem',
  'MusicEventCue',
  'MidiFileSource',
  'SourcePlugin',
  'Action',
  'Attenuation',
  'EffectSlot',
  'RTPC',
  'ModulatorLfo',
  'ModulatorEnvelope',
  'ModulatorTime',
  'CustomState',
]);

/** Types the game knows by the hash of their name. */
const byName = new Set([
  'Event',
  'DialogueEvent',
  'Bus',
  'AuxBus',
  'SoundBank',
  'SwitchGroup',
  'Switch',
  'StateGroup',
  'State',
  'GameParameter',
  'Trigger',
  'AudioDevice',
  'AcousticTexture',
  'Language',
  'Platform',
]);

/** Whether a new object of the type gets a ShortID attribute. */
export function hasShortId(type: string): boolean {
  return withShortId.has(type);
}

/** Plug-ins and ShareSets of them: the game knows a shared one by its name, a custom one by its GUID. */
const byNameWhenShared = new Set(['Effect', 'Metadata']);

/** The short id the game uses for the object. */
export function readShortId(node: ObjectNode): number {
  const written = attribute(node.element, 'ShortID');
  if (written !== undefined) return Number(written);
  const isShareSet = byNameWhenShared.has(node.type) && node.owner === null;
  return byName.has(node.type) || isShareSet ? shortIdOfName(node.name) : shortIdOfGuid(node.id);
}
