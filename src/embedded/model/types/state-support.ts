import { isAudioObject } from '../creating/new-object.ts';
import type { TypeFacts } from '../model.ts';

/** Types whose objects can have States. */
export function supportsStates(type: string): boolean {
  return isAudioObject(type) || type === 'Bus' || type === 'AuxBus' || type === 'Effect';
}

/** The properties States change when an object lists none: those the States tab shows from the start. */
export function defaultStateProperties(facts: TypeFacts): readonly string[] {
  const volume = facts.property('BusVolume') === undefined ? 'Volume' : 'BusVolume';
  return [volume, 'Pitch', 'Lowpass', 'Highpass'].filter((name) => facts.property(name) !== undefined);
}
