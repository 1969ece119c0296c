import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withMcp } from '../../harness/mcp-room.ts';
import { withProject } from '../../harness/project.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';

const home = '\\Containers\\Default Work Unit';

describe('effects', () => {
  it('are added by plug-in name with parameters, changed, bypassed and removed', () =>
    withProject(async ({ bus, done }) => {
      const { id } = await done('create_sound', { name: 'Boom', parentPath: home });
      const input = { objectId: id, plugin: 'RoomVerb', parameters: { PreDelay: 24 } };
      const added = await done('add_effect', input);
      expect(added).toMatchObject({
        overridesParent: true,
        effect: { slot: 0, plugin: 'Wwise RoomVerb', isShareSet: false, bypass: false },
      });
      expect(await bus.dispatch('add_effect', input)).toMatchObject({ memo: 'hit' });
      await done('add_effect', { objectId: id, plugin: 'Wwise Compressor' });
      const changed = { objectId: id, effect: 0, parameters: { PreDelay: 30, DecayTime: 2.5 }, bypass: true };
      expect(await done('set_effect_parameters', changed)).toMatchObject({
        parameters: { PreDelay: 30, DecayTime: 2.5 },
        bypass: true,
      });
      expect(await done('list_effects', { objectId: id })).toMatchObject({
        total: 2,
        effects: [{ bypass: true }, { slot: 1, plugin: 'Wwise Compressor' }],
      });
      expect(await done('remove_effect', { objectId: id, effect: 'Wwise Compressor' })).toMatchObject({
        removed: { slot: 1 },
        effects: [{ slot: 0 }],
      });
    }));

  it('are ShareSets where one is named', () =>
    withProject(async ({ done, waapi }) => {
      const children = [{ type: 'Effect', name: 'Hall', classId: 7733251 }];
      await waapi.call('ak.wwise.core.object.set', {
        objects: [{ object: '\\Effects\\Default Work Unit', children }],
      });
      const made = await done('get_object', { objectId: '\\Effects\\Default Work Unit\\Hall' });
      const { id } = await done('create_sound', { name: 'Boom', parentPath: home });
      expect(
        await done('add_effect', { objectId: id, shareSet: String(made.id), bypass: true }),
      ).toMatchObject({
        effect: { name: 'Hall', isShareSet: true, bypass: true },
      });
      expect(
        await done('set_effect_parameters', { objectId: String(made.id), parameters: { PreDelay: 7 } }),
      ).toMatchObject({
        effect: { name: 'Hall', path: '\\Effects\\Default Work Unit\\Hall' },
        parameters: { PreDelay: 7 },
      });
    }));

  it('are refused with the names that exist', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_sound', { name: 'Boom', parentPath: home });
      const misspelt = await refused('add_effect', { objectId: id, plugin: 'Wwise Compresor' });
      expect(misspelt).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { candidates: ['Wwise Compressor'] },
      });
      expect((await refused('add_effect', { objectId: id })).error).toContain('either plugin or shareSet');
      expect(await refused('list_effects', { objectId: '\\Events' })).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
      });
      await done('add_effect', { objectId: id, plugin: 'Wwise Gain' });
      expect(
        await refused('set_effect_parameters', { objectId: id, effect: 0, parameters: { Loud: 1 } }),
      ).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
      });
      expect(await refused('remove_effect', { objectId: id, effect: 3 })).toMatchObject({
        details: { slots: [{ plugin: 'Wwise Gain' }] },
      });
    }));
});

describe('effects, when a word is wrong', () => {
  it('say which parameter was meant, and that a slot must be named', () =>
    withProject(async ({ done, refused }) => {
      const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
      const wrong = { objectId: main, plugin: 'compressor', parameters: { Treshold: -20 } };
      expect((await refused('add_effect', wrong)).error).toContain('Did you mean "Threshold"');
      expect(await done('list_effects', { objectId: main })).toMatchObject({ total: 0 });
      expect(await done('add_effect', { ...wrong, parameters: { Threshold: -20 } })).toMatchObject({
        effect: { name: 'Wwise Compressor' },
      });
      const which = await refused('set_effect_parameters', {
        objectId: main,
        parameters: { Threshold: -10 },
      });
      expect(which.hint).toContain('slot number');
    }));
});

describe('add_effect in a Work Unit of Effects', () => {
  it('makes a ShareSet, once, that other objects can share', () =>
    withProject(async ({ bus, done, refused }) => {
      const effects = '\\Effects\\Default Work Unit';
      const input = {
        objectId: effects,
        plugin: 'Peak Limiter',
        name: 'Brickwall',
        parameters: { Threshold: -3 },
      };
      const made = await done('add_effect', input);
      expect(made).toMatchObject({
        object: { path: effects },
        effect: { slot: null, name: 'Brickwall', plugin: 'Wwise Peak Limiter', isShareSet: true },
      });
      expect(await bus.dispatch('add_effect', input)).toMatchObject({ memo: 'hit' });
      expect(await refused('add_effect', { ...input, parameters: {} })).toMatchObject({
        code: 'NAME_CONFLICT',
      });
      const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
      expect(await done('add_effect', { objectId: main, shareSet: 'Effect:Brickwall' })).toMatchObject({
        effect: { slot: 0, name: 'Brickwall', isShareSet: true },
      });
      const plain = { type: 'Effect', name: 'Other', parentPath: effects };
      expect((await refused('create_object', plain)).hint).toContain('add_effect');
      expect(await refused('add_effect', { objectId: effects, shareSet: 'Effect:Brickwall' })).toMatchObject({
        hint: expect.stringContaining('copy_object'),
      });
    }));
});

describe('an effect that points at an object', () => {
  it('is pointed at another one, and says so', () =>
    withProject(async ({ done }) => {
      for (const name of ['Level', 'Other']) await done('create_game_parameter', { name });
      const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
      const meter = (name: string) => ({ GameParameter: `GameParameter:${name}` });
      await done('add_effect', { objectId: main, plugin: 'Wwise Meter', parameters: meter('Level') });
      const other = { objectId: main, effect: 0, parameters: meter('Other') };
      for (const _again of [1, 2])
        expect(await done('set_effect_parameters', other)).toMatchObject({
          parameters: { GameParameter: { name: 'Other' } },
        });
    }));
});

describe.skipIf(!existsSync(samplesDir))('effects in a project of before 2023.1', () => {
  it('are listed, although they are references there', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-effects-'));
    try {
      const project = join(copySample('gyms-2022.1', dir), 'Gyms.wproj');
      await withMcp(dir, ['--project', project], async ({ done }) => {
        expect(await done('list_effects', { objectId: 'Bus:Master Audio Bus' })).toMatchObject({
          effects: [{ slot: 0, plugin: 'Wwise Peak Limiter', isShareSet: true, bypass: false }],
          total: 1,
        });
      });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
