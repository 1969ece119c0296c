import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const points = [
  { x: 0, y: 0, shape: 'Log1' },
  { x: 80, y: -60 },
];

describe('attenuation curves', () => {
  it('are created, read, changed and refused one by one', () =>
    withProject(async ({ bus, done, refused }) => {
      const input = {
        name: 'Far',
        radiusMax: 80,
        curves: [
          { curve: 'VolumeDry', points },
          { curve: 'SpreadUsage', use: 'None' },
          { curve: 'Focus', use: 'UseVolumeDry' },
        ],
      };
      const far = await done('create_attenuation', input);
      expect(far).toMatchObject({
        type: 'Attenuation',
        curves: [
          {
            curve: 'VolumeDry',
            use: 'Custom',
            points: [
              { x: 0, shape: 'Log1' },
              { x: 80, y: -60 },
            ],
          },
          { curve: 'Spread', use: 'None' },
        ],
        refused: [{ curve: 'Focus' }],
      });
      expect(await bus.dispatch('create_attenuation', input)).toMatchObject({ memo: 'hit' });
      const lowpass = {
        objectId: far.id,
        curve: 'LowPassFilter',
        points: [
          { x: 0, y: 0 },
          { x: 80, y: 40 },
        ],
      };
      expect(await done('set_attenuation_curve', lowpass)).toMatchObject({
        use: 'Custom',
        points: [{ y: 0 }, { y: 40 }],
      });
      expect(
        await done('get_attenuation_curve', { attenuation: far.id, curve: 'LowPassFilter' }),
      ).toMatchObject({
        radiusMax: 80,
        curves: [{ curve: 'LowPassFilter', points: [{}, { x: 80, y: 40 }] }],
      });
      const all = await done('get_attenuation_curve', { attenuation: 'Attenuation:Far' });
      expect((all.curves as readonly unknown[]).length).toBeGreaterThan(10);
      const misspelt = await refused('get_attenuation_curve', { attenuation: far.id, curve: 'VolumeDri' });
      expect(misspelt.error).toContain('VolumeDry');
      const pointless = await refused('set_attenuation_curve', { objectId: far.id, curve: 'Spread' });
      expect(pointless.error).toContain('needed with use Custom');
    }));
});
