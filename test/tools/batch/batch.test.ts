import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import type { WaapiBackend } from '../../../src/wwise/connection/backend.ts';
import { withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';
const masterBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

type Done = (command: string, input: unknown) => Promise<JsonObject>;

async function threeSounds(done: Done): Promise<void> {
  for (const name of ['foot_01', 'foot_02', 'door']) await done('create_sound', { name, parentPath: home });
}

describe('rename_by_pattern', () => {
  const query = 'from type Sound where name : "foot" orderby name';

  it('previews, renames in one step, and is undone in one', () =>
    withProject(async ({ done }) => {
      await threeSounds(done);
      const input = { query, find: '^foot_0*(\\d+)$', regex: true, replace: 'step_$1' };
      const preview = await done('rename_by_pattern', { ...input, preview: true });
      expect(preview).toMatchObject({
        changed: false,
        total: 2,
        renamed: [{ from: 'foot_01', to: 'step_1' }, {}],
      });
      expect(await done('query_waql', { query })).toMatchObject({ total: 2 });
      expect(await done('rename_by_pattern', input)).toMatchObject({
        changed: true,
        renamed: [{ to: 'step_1', path: `${home}\\step_1` }, { to: 'step_2' }],
        failed: [],
      });
      await done('undo', {});
      expect(await done('query_waql', { query })).toMatchObject({ total: 2 });
    }));

  it('renames one into the name that another one leaves', () =>
    withProject(async ({ done }) => {
      for (const name of ['s1', 's2', 's3']) await done('create_sound', { name, parentPath: home });
      const all = 'from type Sound orderby name';
      const result = await done('rename_by_pattern', { query: all, template: 's{n}', start: 2 });
      expect(result).toMatchObject({ total: 3, failed: [] });
      expect(await done('query_waql', { query: all })).toMatchObject({
        objects: [{ name: 's2' }, { name: 's3' }, { name: 's4' }],
      });
    }));

  it('shows in the preview, and refuses, names of Events that others in the project have, and names that are none', () =>
    withProject(async ({ done, refused }) => {
      const events = '\\Events\\Default Work Unit';
      await done('create_object', { type: 'Folder', name: 'Rain', parentPath: events });
      await done('create_object', { type: 'Event', name: 'Play_Rain', parentPath: `${events}\\Rain` });
      await done('create_object', { type: 'Event', name: 'Play_Wind', parentPath: events });
      const wind = { query: 'from type Event where name = "Play_Wind"', find: 'Wind' };
      for (const [replace, code, error] of [
        ['rain', 'NAME_CONFLICT', '\\Rain\\Play_Rain'],
        ['Wind!', 'INVALID_INPUT', 'no name for Event'],
      ]) {
        const failed = [
          { object: `${events}\\Play_Wind`, code, error: expect.stringContaining(error ?? '') },
        ];
        expect(await done('rename_by_pattern', { ...wind, replace, preview: true })).toMatchObject({
          total: 0,
          failed,
        });
        expect(await refused('rename_by_pattern', { ...wind, replace })).toMatchObject({ code });
      }
      expect(await done('rename_by_pattern', { ...wind, replace: 'Storm', preview: true })).toMatchObject({
        total: 1,
        failed: [],
      });
    }));

  it('shows in the preview which names siblings have or would get', () =>
    withProject(async ({ done }) => {
      await threeSounds(done);
      const input = { query: 'from type Sound', find: 'foot_0', replace: 'door', preview: true };
      expect(
        await done('rename_by_pattern', { ...input, query: 'from type Sound where name : "foot"' }),
      ).toMatchObject({ total: 2, failed: [] });
      const all = { query, find: '^.*$', regex: true, preview: true };
      expect(await done('rename_by_pattern', { ...all, replace: 'DOOR' })).toMatchObject({
        total: 0,
        renamed: [],
        failed: [
          {
            object: `${home}\\foot_01`,
            code: 'NAME_CONFLICT',
            error: expect.stringContaining('"DOOR" would be'),
          },
          { object: `${home}\\foot_02`, code: 'NAME_CONFLICT' },
        ],
      });
      // A name that another object of the plan leaves is free, and a change of case is no conflict.
      const shift = {
        query: 'from type Sound orderby name',
        template: 'foot_{n:02}',
        start: 2,
        preview: true,
      };
      expect(await done('rename_by_pattern', shift)).toMatchObject({ total: 3, failed: [] });
      expect(await done('rename_by_pattern', { ...input, find: 'door', replace: 'Door' })).toMatchObject({
        total: 1,
        failed: [],
      });
    }));

  it('knows parent, type and case in templates, and numbers anew in each parent', () =>
    withProject(async ({ done }) => {
      for (const container of ['BigSteps', 'Wet Steps'])
        await done('create_container', {
          kind: 'random',
          name: container,
          parentPath: '\\Containers\\Default Work Unit',
          sounds: ['{n}', 'b'],
        });
      const query = '$ from type RandomSequenceContainer select children';
      const rename = async (template: string, numberPer = 'parent') => {
        const { renamed } = await done('rename_by_pattern', { query, template, numberPer, preview: true });
        return asJsonArray(renamed).map((one) => asJsonObject(one).to);
      };
      expect(await rename('{parent:snake}_{n:02}')).toEqual([
        'big_steps_01',
        'big_steps_02',
        'wet_steps_01',
        'wet_steps_02',
      ]);
      expect((await rename('{type:upper}_{name:title}_{n}', 'query')).at(0)).toBe('SOUND_{n}_1');
      expect((await rename('{type:upper}_{name:title}_{n}', 'query')).at(3)).toBe('SOUND_B_4');
    }));

  it('numbers by template and lists what Wwise refuses', () =>
    withProject(async ({ done, refused }) => {
      await threeSounds(done);
      expect(await done('rename_by_pattern', { query, template: '{name}_v{n:03}', start: 7 })).toMatchObject({
        renamed: [{ to: 'foot_01_v007' }, { to: 'foot_02_v008' }],
      });
      const taken = await refused('rename_by_pattern', { query, template: 'door' });
      expect(taken).toMatchObject({
        code: 'NAME_CONFLICT',
        error: expect.stringContaining('Nothing was renamed'),
        details: { total: 2, failed: [{ code: 'NAME_CONFLICT' }, { code: 'NAME_CONFLICT' }] },
      });
      const illegal = await done('rename_by_pattern', { query, find: 'foot', replace: 'a/b', preview: true });
      expect(illegal).toMatchObject({ total: 0, failed: [{ code: 'INVALID_INPUT' }, {}] });
      expect((await refused('rename_by_pattern', { query })).code).toBe('INVALID_INPUT');
      for (const template of ['{name}_{N}', '{nam}', '{n:x}'])
        expect((await refused('rename_by_pattern', { query, template })).error).toContain('no placeholder');
      const broken = await refused('rename_by_pattern', { query, find: '(', regex: true });
      expect(broken.error).toContain('not a regular expression');
    }));
});

describe('a batch that is cancelled half-way', () => {
  it('leaves nothing behind', () => {
    const controller = new AbortController();
    let renames = 0;
    const wire = (backend: WaapiBackend): WaapiBackend => ({
      ...backend,
      call: (uri, args, options) => {
        if (uri === 'ak.wwise.core.object.setName') renames += 1;
        if (renames === 2) controller.abort();
        return backend.call(uri, args, options);
      },
    });
    return withProject(
      async ({ bus, done }) => {
        await threeSounds(done);
        const input = { query: 'from type Sound', template: 'x{n}' };
        const result = await bus.dispatch('rename_by_pattern', input, { signal: controller.signal });
        expect(result.ok).toBe(false);
        const { objects } = await done('query_waql', { query: 'from type Sound orderby name' });
        expect(objects).toMatchObject([{ name: 'door' }, { name: 'foot_01' }, { name: 'foot_02' }]);
      },
      { wire },
    );
  });
});

describe('set_many', () => {
  it('previews, sets and reads back values and references', () =>
    withProject(async ({ done }) => {
      await threeSounds(done);
      await done('create_bus', { name: 'SFX', parentPath: masterBus });
      const input = {
        query: `"${home}" select descendants where type = "Sound"`,
        properties: { Volume: -6.1, '@OverrideOutput': true },
        references: { OutputBus: 'Bus:SFX' },
      };
      const preview = await done('set_many', { ...input, preview: true });
      expect(preview).toMatchObject({ total: 3, changed: false });
      expect((preview.objects as readonly JsonObject[])[0]).toMatchObject({
        before: { Volume: 0, OutputBus: 'Main Audio Bus' },
        after: { Volume: -6.1, OutputBus: 'Bus:SFX' },
      });
      expect(await done('set_many', input)).toMatchObject({
        total: 3,
        unchanged: 0,
        changed: true,
        failed: [],
      });
      expect(await done('set_many', input)).toMatchObject({ total: 0, unchanged: 3, changed: false });
      await done('undo', {});
      expect(await done('query_waql', { query: 'from type Sound where @Volume = 0' })).toMatchObject({
        total: 3,
      });
    }));

  it('says before it is done what a type would refuse, and which name is wrong', () =>
    withProject(async ({ done, refused }) => {
      await threeSounds(done);
      const query = 'from type Sound';
      const preview = await done('set_many', { query, properties: { Volume: -3000 }, preview: true });
      expect(preview).toMatchObject({ total: 0, failed: [{ code: 'INVALID_INPUT' }, {}, {}] });
      expect(JSON.stringify(preview.failed)).toContain('Volume takes -200 to 200; -3000 is outside.');
      const unknown = await refused('set_many', { query, properties: { Volum: -3 } });
      expect(unknown).toMatchObject({ code: 'UNKNOWN_PROPERTY' });
      expect(unknown.error).toContain('Did you mean "Volume"');
    }));

  it('clears references, and has nothing to do where none is set', () =>
    withProject(async ({ done }) => {
      await threeSounds(done);
      await done('create_attenuation', { name: 'Far', parentPath: '\\Attenuations\\Default Work Unit' });
      const references = { Attenuation: 'Attenuation:Far' };
      const some = { query: `"${home}\\door"`, references };
      expect(await done('set_many', { ...some, preview: true })).toMatchObject({
        total: 1,
        failed: [],
        objects: [{ before: { Attenuation: null } }],
      });
      await done('set_many', some);
      const clear = { query: 'from type Sound', references: { Attenuation: null } };
      expect(await done('set_many', clear)).toMatchObject({
        total: 1,
        unchanged: 2,
        objects: [{ before: { Attenuation: 'Far' }, after: { Attenuation: null } }],
        failed: [],
      });
      expect(await done('set_many', clear)).toMatchObject({ total: 0, unchanged: 3, changed: false });
    }));

  it('fails when no object took the values, and says when there was none', () =>
    withProject(async ({ done, refused }) => {
      await threeSounds(done);
      const input = { query: 'from type Sound', properties: { Volume: -3000 } };
      expect(await refused('set_many', input)).toMatchObject({
        error: expect.stringContaining('Nothing was set'),
        details: { total: 3, failed: [{ object: `${home}\\foot_01` }, {}, {}] },
      });
      expect(await done('query_waql', { query: 'from type Sound where @Volume = 0' })).toMatchObject({
        total: 3,
      });
      const nobody = { query: 'from type Sound where name = "nobody"', properties: { Volume: -3 } };
      expect(await done('set_many', nobody)).toMatchObject({ notice: 'The query finds no object.' });
    }));

  it('reports objects without the property and sets the others', () =>
    withProject(async ({ done }) => {
      await threeSounds(done);
      const query = `"${home}\\door", "Bus:Main Audio Bus"`;
      const result = await done('set_many', { query, properties: { IsLoopingEnabled: true } });
      expect(result).toMatchObject({ total: 1, failed: [{ object: masterBus, code: 'UNKNOWN_PROPERTY' }] });
    }));
});

describe('find_unused and remove_unused', () => {
  it('leave what is excepted, what is below it and what holds it', () =>
    withProject(async ({ done, refused }) => {
      const children = [
        { type: 'Sound', name: 'Kept' },
        { type: 'Sound', name: 'Other' },
      ];
      await done('create_object', { type: 'BlendContainer', name: 'Whole', parentPath: home, children });
      await done('create_sound', { name: 'Spare', parentPath: home });
      const except = [`${home}\\Whole\\Kept`];
      const left = await done('remove_unused', { except, preview: true });
      const names = asJsonArray(left.removed).map((object) => asJsonObject(object).name);
      expect(names).not.toContain('Whole');
      expect(names).toContain('Spare');
      await done('remove_unused', { except: 'BlendContainer:Whole', confirm: true });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 2 });
      expect(await refused('remove_unused', { except: ['Sound:None'] })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
    }));

  it('find what no Event plays, and delete it only when confirmed', () =>
    withProject(async ({ done, refused }) => {
      await threeSounds(done);
      const children = [
        { type: 'Sound', name: 'L' },
        { type: 'BlendContainer', name: 'In', children: [{ type: 'Sound', name: 'R' }] },
      ];
      await done('create_object', { type: 'BlendContainer', name: 'Played', parentPath: home, children });
      await done('create_object', { type: 'BlendContainer', name: 'Unplayed', parentPath: home, children });
      const target = `${home}\\Played\\In`;
      await done('create_event', {
        name: 'Play',
        parentPath: '\\Events\\Default Work Unit',
        targetPath: target,
      });
      const unused = await done('find_unused', {});
      expect(unused).toMatchObject({
        unused: [
          { name: 'L', path: `${home}\\Played\\L` },
          { name: 'Unplayed', below: 3 },
          { name: 'door' },
          { name: 'foot_01' },
          { name: 'foot_02' },
        ],
        total: 5,
        cursor: null,
      });
      const under = `${home}\\Unplayed`;
      expect((await refused('remove_unused', { under })).code).toBe('CONFIRMATION_REQUIRED');
      expect(await done('remove_unused', { under, preview: true })).toMatchObject({
        changed: false,
        total: 1,
      });
      expect(await done('remove_unused', { confirm: true })).toMatchObject({
        changed: true,
        total: 5,
        failed: [],
      });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({
        objects: [{ name: 'R' }],
      });
      await done('undo', {});
      expect(await done('find_unused', {})).toEqual(unused);
    }));

  it('count no use by what is unused itself', () =>
    withProject(async ({ done }) => {
      await done('create_object', { type: 'MusicSwitchContainer', name: 'Music', parentPath: home });
      await done('create_music_segment', { name: 'Hit', parentPath: home, tracks: [{ name: 'T' }] });
      await done('create_object', {
        type: 'Trigger',
        name: 'Hit',
        parentPath: '\\Triggers\\Default Work Unit',
      });
      const music = `${home}\\Music`;
      await done('set_stinger', { objectId: music, trigger: 'Trigger:Hit', segment: `${home}\\Hit` });
      const both = { unused: [{ name: 'Hit', below: 1 }, { name: 'Music' }], total: 2 };
      expect(await done('find_unused', {})).toMatchObject(both);
      await done('create_event', { name: 'Play_Music', targetPath: music });
      expect(await done('find_unused', {})).toMatchObject({ total: 0 });
    }));

  it('knows busses, game syncs and share sets', () =>
    withProject(async ({ done }) => {
      await done('create_bus', { name: 'Used', parentPath: masterBus });
      await done('create_bus', { name: 'Idle', parentPath: masterBus });
      await done('create_sound', { name: 'A', parentPath: home });
      await done('set_output_bus', { objectId: `${home}\\A`, busPath: 'Bus:Used' });
      await done('create_switch_group', { name: 'Surface', members: ['Grass'] });
      expect(await done('find_unused', { kind: 'busses' })).toMatchObject({ unused: [{ name: 'Idle' }] });
      expect(await done('find_unused', { kind: 'gameSyncs' })).toMatchObject({
        unused: [{ name: 'Surface', below: 1 }],
      });
      await done('create_attenuation', { name: 'Far' });
      expect(JSON.stringify(await done('find_unused', { kind: 'shareSets' }))).toContain('Far');
    }));
});

describe('sync_by_path', () => {
  it('copies values between trees of the same shape', () =>
    withProject(async ({ done }) => {
      const tree = (volume: number) => [
        { type: 'Sound', name: 'L', properties: { Volume: volume } },
        { type: 'Sound', name: 'R', properties: { Pitch: volume } },
      ];
      await done('create_object', {
        type: 'BlendContainer',
        name: 'A',
        parentPath: home,
        children: tree(-3),
      });
      await done('create_object', {
        type: 'BlendContainer',
        name: 'B',
        parentPath: home,
        children: [...tree(0), { type: 'Sound', name: 'Extra' }],
      });
      const input = { source: `${home}\\A`, target: `${home}\\B` };
      expect(await done('sync_by_path', { ...input, preview: true })).toMatchObject({
        synced: [{ path: `${home}\\B\\L`, members: ['Volume'] }, { members: ['Pitch'] }],
        changed: false,
        onlyInTarget: [`${home}\\B\\Extra`],
      });
      expect(await done('sync_by_path', { ...input, only: ['Volume'] })).toMatchObject({
        total: 1,
        changed: true,
      });
      expect(await done('sync_by_path', input)).toMatchObject({ total: 1, synced: [{ members: ['Pitch'] }] });
      expect(await done('sync_by_path', input)).toMatchObject({ total: 0, same: 3, changed: false });
    }));
});
