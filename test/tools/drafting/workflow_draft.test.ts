import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { type TemplateRoom, withTemplates } from '../../templates/template-room.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const takes = [
  'Gun_Shot_01.wav',
  'Gun_Shot_02.wav',
  'deep/Gun_Reload_01.wav',
  'Door_Open_01.wav',
  'notes.wav',
];

/** Works with the files of `takes` in a folder. */
function withTakes(work: (room: TemplateRoom, folder: string) => Promise<void>): Promise<void> {
  return withTemplates(async (room) => {
    room.tones(...takes.map((take) => `in/${take}`));
    await work(room, join(room.dir, 'in'));
  });
}

const full = {
  naming: '{group}_{sound}_{take}',
  parentPath: home,
  container: { kind: 'random' },
  properties: { Volume: -6 },
  newBus: { name: 'Weapons', parentPath: mainBus },
  event: 'Play_{group}_{name}',
  soundbank: 'Guns',
};

describe('workflow_draft', () => {
  it('drafts what compiles and runs: groups, containers, takes, a bus, Events and their bank', () =>
    withTakes(async ({ done, saved }, folder) => {
      const draft = await done('workflow_draft', { ...full, folderPath: folder });
      expect(draft).toMatchObject({
        makes: { sounds: 4, containers: 3, groups: 2 },
        leftOut: ['notes'],
        leftOutCount: 1,
        asks: [],
      });
      const { workflow = null } = draft;
      await done('workflow_compile', { workflow });
      const preview = await done('workflow_run', { workflow, mode: 'preview' });
      expect(preview).toMatchObject({ wouldSucceed: true });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 0 });
      await done('workflow_apply', { previewId: preview.previewId ?? null });
      expect(await objects(done, 'from type Sound orderby path')).toEqual([
        `${home}\\Door\\Open\\Door_Open_01`,
        `${home}\\Gun\\Reload\\Gun_Reload_01`,
        `${home}\\Gun\\Shot\\Gun_Shot_01`,
        `${home}\\Gun\\Shot\\Gun_Shot_02`,
      ]);
      const shot = `${home}\\Gun\\Shot`;
      const seen = await done('query_waql', {
        query: `$ "${shot}"`,
        return: ['@Volume', '@OutputBus', '@OverrideOutput'],
      });
      expect(JSON.stringify(seen)).toMatch(/-6.*Weapons/);
      const bank = await done('get_inclusions', { objectId: 'SoundBank:Guns' });
      expect(asJsonArray(bank.inclusions).map((one) => asJsonObject(asJsonObject(one).object).name)).toEqual(
        expect.arrayContaining(['Play_Door_Open', 'Play_Gun_Reload', 'Play_Gun_Shot']),
      );
      expect(saved('Events')).toContain('Play_Gun_Shot');
    }));

  it('drafts Switch Containers: the group, a Random Container for each Switch, what plays at which, Events and bank', () =>
    withTemplates(async ({ done, tones, dir }) => {
      const takes = ['Step_Grass_01', 'Step_Grass_02', 'Step_Stone_01', 'Land_Stone_01', 'Land_Metal_01'];
      tones(...takes.map((take) => `in/${take}.wav`));
      const draft = await done('workflow_draft', {
        folderPath: join(dir, 'in'),
        naming: '{sound}_{switch}_{take}',
        parentPath: home,
        container: { kind: 'switch', newSwitchGroup: 'Surface' },
        properties: { Volume: -6 },
        event: 'Play_{name}',
        soundbank: 'Steps',
      });
      expect(draft.makes).toEqual({
        ...{
          sounds: 5,
          containers: 6,
          groups: 0,
          switches: expect.arrayContaining(['Grass', 'Stone', 'Metal']),
        },
      });
      const { workflow = null } = draft;
      await done('workflow_compile', { workflow });
      const preview = await done('workflow_run', { workflow, mode: 'preview' });
      expect(preview, JSON.stringify(preview.failure)).toMatchObject({ wouldSucceed: true });
      await done('workflow_run', { previewId: preview.previewId ?? null });
      expect(await objects(done, 'from type SwitchContainer orderby path')).toEqual([
        `${home}\\Land`,
        `${home}\\Step`,
      ]);
      expect(await objects(done, 'from type Sound orderby path')).toContain(
        `${home}\\Step\\Grass\\Step_Grass_02`,
      );
      const { assignments } = await done('list_assignments', { objectId: `${home}\\Land` });
      const pairs = asJsonArray(assignments).map((one) => {
        const { child, switch: at } = asJsonObject(one);
        return [asJsonObject(child).name, asJsonObject(at).name];
      });
      expect(pairs.sort()).toEqual([
        ['Metal', 'Metal'],
        ['Stone', 'Stone'],
      ]);
      const bank = await done('get_inclusions', { objectId: 'SoundBank:Steps' });
      expect(JSON.stringify(bank)).toMatch(/Play_Land.*Play_Step|Play_Step.*Play_Land/);
      // A second form with the group that is there by now.
      tones('more/Roll_Stone_01.wav', 'odd/Roll_Mud_01.wav');
      const again = {
        ...{ naming: '{sound}_{switch}_{take}', parentPath: home },
        container: { kind: 'switch', switchGroup: 'SwitchGroup:Surface' },
      };
      const second = await done('workflow_draft', { ...again, folderPath: join(dir, 'more') });
      await done('workflow_run', { workflow: second.workflow ?? null });
      expect(await done('list_assignments', { objectId: `${home}\\Roll` })).toMatchObject({ total: 1 });
      await expect(done('workflow_draft', { ...again, folderPath: join(dir, 'odd') })).rejects.toThrow(
        /"Mud"/,
      );
    }));

  it('drafts one Switch Container of files that are named by the Switch alone', () =>
    withTemplates(async ({ done, tones, dir }) => {
      tones('in/Grass_1.wav', 'in/Stone_1.wav');
      const { workflow = null } = await done('workflow_draft', {
        ...{ folderPath: join(dir, 'in'), naming: '{switch}_{take}', parentPath: home, event: 'Play_{name}' },
        container: { kind: 'switch', name: 'Footsteps', newSwitchGroup: 'Surface' },
      });
      await done('workflow_run', { workflow });
      expect(await done('list_assignments', { objectId: `${home}\\Footsteps` })).toMatchObject({ total: 2 });
      expect(await objects(done, 'from type Event')).toEqual(['\\Events\\Default Work Unit\\Play_Footsteps']);
    }));

  it('gives the same document for the same form, and another one for another', () =>
    withTakes(async ({ done }, folder) => {
      const form = { ...full, folderPath: folder };
      const draft = await done('workflow_draft', form);
      expect(await done('workflow_draft', form)).toEqual(draft);
      const { workflowId } = await done('workflow_draft', { ...form, soundbank: 'Others' });
      expect(workflowId).not.toBe(draft.workflowId);
    }));

  it('asks a person for what the form leaves to them, and takes the answers beforehand in a preview', () =>
    withTakes(async ({ done }, folder) => {
      await done('create_bus', { name: 'Sfx', parentPath: mainBus });
      const { workflow = null, asks } = await done('workflow_draft', {
        files: [join(folder, 'Door_Open_01.wav')],
        parentPath: home,
        ask: ['busPath', 'Volume', 'IsLoopingEnabled', 'soundbank'],
        event: 'Play_{name}',
      });
      expect(asks).toEqual(['busPath', 'Volume', 'IsLoopingEnabled', 'soundbank']);
      const known = { busPath: 'Bus:Sfx', Volume: -3, IsLoopingEnabled: true, soundbank: 'Doors' };
      const tried = await done('workflow_run', { workflow, mode: 'preview', input: { known } });
      expect(tried, JSON.stringify(tried.failure)).toMatchObject({
        wouldSucceed: true,
      });
      let run = await done('workflow_run', { workflow });
      for (const answer of ['Sfx', '-3 dB', 'yes', 'Doors'])
        run = await done('workflow_answer', { executionId: run.executionId ?? null, answer });
      expect(asJsonArray(run.results).map((one) => asJsonObject(one).ok)).not.toContain(false);
      const objectId = `${home}\\Door_Open_01`;
      expect(
        JSON.stringify(
          await done('query_waql', {
            query: `$ "${objectId}"`,
            return: ['@Volume', '@IsLoopingEnabled', '@OutputBus'],
          }),
        ),
      ).toMatch(/-3.*true.*Sfx/);
      expect(await done('get_inclusions', { objectId: 'SoundBank:Doors' })).toMatchObject({
        inclusions: [{ object: { name: 'Play_Door_Open_01' } }],
      });
    }));

  it('refuses what a run would fail on, with what is meant instead', () =>
    withTakes(async ({ call }, folder) => {
      const base: JsonObject = { folderPath: folder, parentPath: home };
      const container = { kind: 'random' };
      const wrong: readonly (readonly [JsonObject, JsonObject])[] = [
        [{ ...base, parentPath: `${home}s` }, { code: 'OBJECT_NOT_FOUND' }],
        [
          { ...base, parentPath: mainBus },
          { code: 'INVALID_INPUT', details: { field: 'parentPath' } },
        ],
        [
          { ...base, busPath: home },
          { code: 'INVALID_INPUT', details: { field: 'busPath' } },
        ],
        [
          { ...base, properties: { Volum: -6 } },
          { code: 'UNKNOWN_PROPERTY', details: { candidates: expect.arrayContaining(['Volume']) } },
        ],
        [
          { ...base, properties: { Volume: 4_000 } },
          { code: 'INVALID_INPUT', details: { property: 'Volume' } },
        ],
        [
          { ...base, properties: { Volume: true } },
          { code: 'INVALID_INPUT', details: { property: 'Volume' } },
        ],
        [
          { ...base, properties: { OutputBus: 'Sfx' } },
          { code: 'INVALID_INPUT', details: { kind: 'reference' } },
        ],
        [
          { ...base, ask: ['buspath'] },
          { code: 'INVALID_INPUT', details: { candidates: expect.arrayContaining(['busPath']) } },
        ],
        [
          { ...base, naming: '{sond}_{take}' },
          { code: 'INVALID_INPUT', details: { part: 'sond' } },
        ],
        [
          { ...base, naming: '{take}' },
          { code: 'INVALID_INPUT', details: { field: 'naming' } },
        ],
        [
          { ...base, naming: 'SFX_{sound}' },
          { code: 'INVALID_INPUT', details: { files: expect.any(Array) } },
        ],
        [{ ...base, container: { ...container, name: '{take}' } }, { code: 'INVALID_INPUT' }],
        [{ ...base, event: 'Play' }, { code: 'INVALID_INPUT' }],
        [
          { ...base, event: 'Play_{group}' },
          { code: 'INVALID_INPUT', details: { part: 'group' } },
        ],
        [{ ...base, container: { kind: 'switch' } }, { code: 'INVALID_INPUT' }],
        [
          { ...base, container: { kind: 'switch', newSwitchGroup: 'Surface' } },
          { code: 'INVALID_INPUT', error: expect.stringContaining('{switch}') },
        ],
        [{ ...base, naming: '{sound}_{switch}', container }, { code: 'INVALID_INPUT' }],
        [
          { ...base, container: { ...container, switchGroup: 'SwitchGroup:None' } },
          { code: 'INVALID_INPUT' },
        ],
        [
          {
            ...{ ...base, naming: '{sound}_{switch}' },
            container: { kind: 'switch', newSwitchGroup: 'Surface', name: '{switch}' },
          },
          { code: 'INVALID_INPUT' },
        ],
        [
          {
            ...{ ...base, naming: '{sound}_{switch}' },
            container: { kind: 'switch', switchGroup: 'SwitchGroup:None' },
          },
          { code: 'OBJECT_NOT_FOUND' },
        ],
        [{ ...base, folderPath: join(folder, 'none') }, { code: expect.stringMatching(/FOUND|UNREADABLE/) }],
        [{ ...base, folderPath: '/etc' }, { code: 'PATH_NOT_ALLOWED' }],
        [{ parentPath: home }, { code: 'INVALID_INPUT' }],
        [{ folderPath: folder }, { code: 'INVALID_INPUT' }],
      ];
      for (const [form, answer] of wrong)
        expect(await call('workflow_draft', form), JSON.stringify(form)).toMatchObject({
          ok: false,
          ...answer,
        });
    }));
});

async function objects(done: TemplateRoom['done'], query: string): Promise<readonly unknown[]> {
  const found = await done('query_waql', { query });
  return asJsonArray(found.objects).map((one) => asJsonObject(one).path);
}
