import type { PropertyFacts } from '../model.ts';
import { countedCurveFlags } from './curve-flags.gen.ts';

/**
 * The flags of a new curve that drives a property: what its vertical axis is. `facts` are those of the driven property on
 * its object, where they are known.
 *
 * Bits: 1 always, 2 decibels, 4 frequency, 65536 whole numbers. In files saved by Wwise every integer, enumeration and
 * boolean has 65537, whatever it is called (the Pitch of a Sound is one, that of a plug-in is not). Other properties have
 * what was counted for their name. For those never counted the same files give the rule: a volume, gain or level that goes
 * far below zero is in decibels (one from -1 to 1 is a factor), a frequency that cannot be negative is a frequency, all
 * else is plain.
 */
export function rtpcCurveFlags(property: string, facts: PropertyFacts | undefined): number {
  if (facts !== undefined && !facts.type.startsWith('Real')) return wholeNumbers;
  const counted = countedByName.get(property.toLowerCase());
  if (counted !== undefined && (facts === undefined || counted !== wholeNumbers)) return counted;
  const min = facts?.min ?? 0;
  if (/volume|gain|level/i.test(property) && (facts === undefined || min <= -12)) return decibels;
  return /frequency/i.test(property) && min >= 0 ? frequency : plain;
}

/** The flags of a new curve of an Attenuation. Measured, but for spread and focus: plain, for want of a sample. */
export function attenuationCurveFlags(curveType: string): number {
  if (curveType.includes('Volume')) return decibels;
  return /^(Low|High)PassFilter|^DualShelf/.test(curveType) ? wholeNumbers : plain;
}

/** The flags of volume curves, and of curves of which nothing else is known. */
export const decibels = 3;

const plain = 1;
const frequency = 5;
const wholeNumbers = 65_537;

const countedByName = new Map(
  Object.entries(countedCurveFlags).map(([name, flags]) => [name.toLowerCase(), flags]),
);
