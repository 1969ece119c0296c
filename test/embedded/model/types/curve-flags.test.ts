import { describe, expect, it } from 'vitest';
import { countedCurveFlags } from '../../../../src/embedded/model/types/curve-flags.gen.ts';
import { rtpcCurveFlags } from '../../../../src/embedded/model/types/curve-flags.ts';
import { allTypeFacts } from '../../../../src/embedded/model/types/type-table.ts';

const drivable = allTypeFacts().flatMap((type) => type.properties().filter(({ rtpc }) => rtpc !== null));

describe('the rule for the flags of a curve', () => {
  it('gives every property that was counted what Wwise wrote for most of its curves', () => {
    const known = drivable.filter(({ name, type }) => {
      const counted = countedCurveFlags[name];
      // One name may be a whole number on one type and not on another.
      return counted !== undefined && (counted === 65_537) === !type.startsWith('Real');
    });
    expect(known.length).toBeGreaterThan(40);
    for (const facts of known)
      expect([facts.name, rtpcCurveFlags(facts.name, facts)]).toEqual([
        facts.name,
        countedCurveFlags[facts.name],
      ]);
  });

  it('gives whole numbers, enumerations and booleans the same flags on every type', () => {
    const whole = drivable.filter(({ type }) => !type.startsWith('Real'));
    expect(new Set(whole.map((facts) => rtpcCurveFlags(facts.name, facts)))).toEqual(new Set([65_537]));
  });

  it('distinguishes a Pitch in fractions from the Pitch of a Sound', () => {
    const pitches = drivable.filter(({ name }) => name === 'Pitch');
    const found = new Map(pitches.map((facts) => [facts.type, rtpcCurveFlags('Pitch', facts)]));
    expect(found).toEqual(
      new Map([
        ['int32', 65_537],
        ['Real32', 1],
      ]),
    );
  });
});
