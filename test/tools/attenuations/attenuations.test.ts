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

describe('points of an attenuation curve', () => {
  it('lie within the radius and the range of the curve, or nothing is made', () =>
    withProject(async ({ done, refused }) => {
      const gun = (curve: string, x: number, y: number) => ({
        name: 'Gun',
        radiusMax: 50,
        curves: [
          {
            curve,
            points: [
              { x: 0, y: 0 },
              { x, y },
            ],
          },
        ],
      });
      expect((await refused('create_attenuation', gun('VolumeDry', 500, -20))).error).toContain('0 to 50');
      expect((await refused('create_attenuation', gun('VolumeDry', 50, -900))).error).toContain(
        '-200 to 200',
      );
      expect((await refused('create_attenuation', gun('Spread', 50, 200))).error).toContain('0 to 100');
      expect(await done('query_waql', { query: '$ from type Attenuation' })).toMatchObject({ total: 0 });
      const made = await done('create_attenuation', gun('VolumeDry', 50, -20));
      const points = gun('', 60, -20).curves.flatMap((one) => one.points);
      const wide = { objectId: made.id, curve: 'VolumeDry', points };
      expect((await refused('set_attenuation_curve', wide)).hint).toContain('RadiusMax');
    }));
});

describe('an Attenuation with curves', () => {
  it('is one undo step', () =>
    withProject(async ({ done }) => {
      const points = [
        { x: 0, y: 0 },
        { x: 40, y: -12 },
      ];
      const curves = [
        { curve: 'VolumeDry', points },
        { curve: 'VolumeWetGame', points },
      ];
      await done('create_attenuation', { name: 'Gun', radiusMax: 40, curves });
      await done('undo', {});
      expect(await done('query_waql', { query: '$ from type Attenuation' })).toMatchObject({ total: 0 });
    }));
});
