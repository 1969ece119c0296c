import { attenuationCurveTypes } from './attenuation-curve-types.ts';

/** Later builds of 2025.1 call the dual shelf a high shelf: both spellings name one curve. Undefined for no curve at all. */
export function canonicalCurveType(name: string): string | undefined {
  const wanted = name.toLowerCase().replace('highshelf', 'dualshelf').replace('hsf', 'dsf');
  return attenuationCurveTypes.find((type) => type.toLowerCase() === wanted);
}

/** The other spelling of a dual-shelf curve; the name itself for all others. */
export function highShelfName(curveType: string): string {
  return curveType.replace('DualShelf', 'HighShelf').replace('DSF', 'HSF');
}
