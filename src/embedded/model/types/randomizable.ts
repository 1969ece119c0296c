import type { TypeFacts } from '../model.ts';

/** Whether a property can have a randomizer: those that project files of 2017 to 2025 show with one, wherever a type has them. */
export function canRandomize(facts: TypeFacts, property: string): boolean {
  const name = facts.property(property)?.name;
  if (name === undefined) return false;
  return voiceProperties.has(name) ? hasVoice(facts) : (byType[facts.name]?.includes(name) ?? false);
}

/** True when some property of the type can. */
export function supportsRandomizer(facts: TypeFacts): boolean {
  return facts.properties().some(({ name }) => canRandomize(facts, name));
}

const voiceProperties = new Set(['Volume', 'Pitch', 'Lowpass', 'Highpass', 'InitialDelay', 'MakeUpGain']);

/** Objects that make voices: containers and Sounds, not busses and not the inner objects of music. */
function hasVoice(facts: TypeFacts): boolean {
  return facts.property('OverrideOutput') !== undefined && !/Bus$/.test(facts.name);
}

const byType: Readonly<Record<string, readonly string[]>> = {
  Action: ['Delay', 'SeekPercent'],
  MusicPlaylistItem: ['LoopCount'],
  RandomSequenceContainer: ['PlayMechanismSpecialTransitionsValue'],
  ModulatorTime: ['TimeModPlaybackRate'],
};
