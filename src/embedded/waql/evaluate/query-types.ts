/**
 * What a Query object with criteria looks for, by its ObjectType. Missing: kinds no project file holds objects of
 * (arguments, music fades). Null: everything.
 */
export function typesOfQuery(objectType: number): readonly string[] | null | undefined {
  return objectType === 0 ? null : types[objectType];
}

const containers = [
  'PropertyContainer',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'Sound',
];
const musicContainers = ['MusicPlaylistContainer', 'MusicSwitchContainer'];
const music = [...musicContainers, 'MusicSegment', 'MusicTrack'];
const modulators = ['ModulatorEnvelope', 'ModulatorLfo', 'ModulatorTime'];

/** The numbers and their labels stand in the type table; the labels name types but for the groups of types. */
const types: Readonly<Record<number, readonly string[]>> = {
  100: ['PropertyContainer'],
  200: containers,
  205: [...containers, ...music],
  250: ['Attenuation'],
  300: ['AudioFileSource', 'SourcePlugin'],
  400: ['BlendContainer'],
  500: ['Bus'],
  502: ['AuxBus'],
  550: ['Effect'],
  600: ['Event'],
  620: music,
  621: musicContainers,
  640: ['MusicPlaylistItem'],
  645: ['MusicPlaylistContainer'],
  650: ['MusicSegment'],
  655: ['MusicStinger'],
  660: ['MusicSwitchContainer'],
  665: ['MusicTrack'],
  666: ['MusicTrackSequence'],
  667: ['MusicClip'],
  668: ['MusicCue'],
  669: ['MusicClipMidi'],
  670: ['MusicTransition'],
  671: ['MusicEventCue'],
  700: ['RandomSequenceContainer'],
  740: ['AudioDevice'],
  770: ['SidechainMix'],
  800: ['Sound'],
  900: ['SoundBank'],
  1000: ['SwitchContainer'],
  1010: ['SwitchGroup'],
  1100: ['Trigger'],
  1200: ['DialogueEvent'],
  1500: ['Conversion'],
  1600: ['ExternalSource'],
  1700: ['Folder'],
  1800: ['WorkUnit'],
  1900: ['ModulatorEnvelope'],
  2000: ['ModulatorLfo'],
  2100: modulators,
  2200: ['AcousticTexture'],
  2300: ['ModulatorTime'],
  2400: ['Metadata'],
};
