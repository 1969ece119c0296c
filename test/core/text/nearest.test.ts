import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/core/text/nearest.ts';

describe('the nearest candidates', () => {
  it('are found by their parts: those that begin with the word first, the shortest of them first', () => {
    const curves = ['DiffractionVolume', 'ObstructionVolume', 'VolumeWetGame', 'VolumeDry', 'Spread'];
    expect(nearest('Volume', curves)).toEqual(['VolumeDry', 'VolumeWetGame', 'DiffractionVolume']);
    expect(nearest('game', ['set_game_parameter_range', 'endgames', 'create_sound'])).toEqual([
      'set_game_parameter_range',
      'endgames',
    ]);
  });

  it('are found by their letters, also when two of them changed places', () => {
    expect(nearest('Volum', ['Volume', 'Pitch'])).toEqual(['Volume']);
    expect(nearest('Unti', ['Unit', 'Pitch'])).toEqual(['Unit']);
    expect(nearest('Windos', ['Windows', 'Mac'])).toEqual(['Windows']);
  });

  it('are none when nothing is meant', () => {
    expect(nearest('foo', ['log', 'ui', 'undo', 'music'])).toEqual([]);
    expect(nearest('cartridge', ['art'])).toEqual([]);
    expect(nearest('xyz', [])).toEqual([]);
  });

  it('compare no words of a length that nobody mistypes, and no more candidates than an error is worth', () => {
    const long = 'a'.repeat(501);
    expect(nearest(long, [long])).toEqual([]);
    expect(nearest('Volume', [`Volume${long}`])).toEqual([]);
    let asked = 0;
    const endless = (function* () {
      for (;;) yield `name ${asked++}`;
    })();
    expect(nearest('name 7', endless)).toContain('name 7');
    expect(asked).toBeLessThan(30_000);
  });
});
