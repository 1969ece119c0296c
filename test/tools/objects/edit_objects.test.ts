import { describe, expect, it } from 'vitest';
import { type ProjectRoom, withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';
const masterBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('set_objects', () => {
  it('changes values, references, children and lists of many objects in one undo step', () =>
    withProject(async ({ done }) => {
      await done('create_sound', { name: 'A', parentPath: home });
      await done('create_object', { type: 'BlendContainer', name: 'B', parentPath: home });
      await done('create_bus', { name: 'SFX', parentPath: masterBus });
      await done('create_game_parameter', { name: 'Speed' });
      const result = await done('set_objects', {
        objects: [
          {
            object: `${home}\\A`,
            name: 'Boom',
            notes: 'loud',
            properties: { Volume: -6.5, '@OverrideOutput': true },
            references: { OutputBus: 'Bus:SFX' },
          },
          {
            object: `${home}\\B`,
            children: [{ type: 'Sound', name: 'C', children: [], properties: { Pitch: 100 } }],
            lists: {
              RTPC: [
                {
                  type: 'RTPC',
                  properties: { PropertyName: 'Volume' },
                  references: { ControlInput: 'GameParameter:Speed' },
                },
              ],
            },
          },
        ],
      });
      expect(result).toMatchObject({
        objects: [{ name: 'Boom', path: `${home}\\Boom` }, { name: 'B' }],
        createdTotal: 2,
        notKept: [],
      });
      expect(
        await done('get_object', { objectId: `${home}\\Boom`, return: ['@Volume', '@OutputBus'] }),
      ).toMatchObject({
        notes: 'loud',
        values: { '@Volume': -6.5, '@OutputBus': { name: 'SFX' } },
      });
      expect(await done('get_object', { objectId: `${home}\\B\\C`, return: ['@Pitch'] })).toMatchObject({
        values: { '@Pitch': 100 },
      });
      expect(await done('undo', {})).toMatchObject({
        undone: 1,
        steps: [expect.stringContaining('renamed Sound "A" to "Boom"; Sound "Boom" notes')],
      });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({
        objects: [{ name: 'A' }],
      });
    }));

  it('names a property that does not exist, and changes nothing', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'A', parentPath: home });
      const object = `${home}\\A`;
      const failure = await refused('set_objects', {
        objects: [{ object, notes: 'x', properties: { Volumee: 1 } }],
      });
      expect(failure).toMatchObject({ code: 'UNKNOWN_PROPERTY', details: { candidates: ['Volume'] } });
      expect(await done('get_object', { objectId: object })).toMatchObject({ notes: '' });
      const missing = await refused('set_objects', {
        objects: [{ object, references: { OutputBus: 'Bus:Nix' } }],
      });
      expect(missing.code).toBe('OBJECT_NOT_FOUND');
    }));
});

describe('rename_object', () => {
  it('renames, says what it was called, and refuses a taken name', () =>
    withProject(async ({ bus, done, refused }) => {
      const { id } = await done('create_sound', { name: 'A', parentPath: home });
      await done('create_sound', { name: 'B', parentPath: home });
      const renaming = { objectId: String(id), name: 'C' };
      expect(await done('rename_object', renaming)).toEqual({
        object: { id, name: 'C', type: 'Sound', path: `${home}\\C` },
        previousName: 'A',
      });
      expect(await bus.dispatch('rename_object', renaming)).toMatchObject({ memo: 'hit' });
      const taken = await refused('rename_object', { objectId: String(id), name: 'b' });
      expect(taken).toMatchObject({
        code: 'NAME_CONFLICT',
        error: `"${home}" already has a child "b".`,
        details: { taken: `${home}\\b` },
      });
    }));

  it('lists the objects that a bare name may mean', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      const bare = await refused('rename_object', { objectId: 'Boom', name: 'Bang' });
      expect(bare).toMatchObject({ code: 'OBJECT_NOT_FOUND', details: { candidates: [`${home}\\Boom`] } });
      expect(bare.error).toContain('is no path, GUID or Type:Name');
    }));
});

describe('set_notes', () => {
  it('replaces and appends', () =>
    withProject(async ({ done }) => {
      const objectId = `${home}`;
      expect(await done('set_notes', { objectId, notes: 'one' })).toMatchObject({
        notes: 'one',
        previousNotes: '',
      });
      expect(await done('set_notes', { objectId, notes: 'two', append: true })).toMatchObject({
        notes: 'one\ntwo',
      });
    }));
});

describe('move_object', () => {
  it('moves what it can in one step and lists what it cannot', () =>
    withProject(async ({ done, refused }) => {
      for (const name of ['A', 'B']) await done('create_sound', { name, parentPath: home });
      const children = [{ type: 'Sound', name: 'B' }];
      await done('create_object', { type: 'BlendContainer', name: 'X', parentPath: home, children });
      const objects = [`${home}\\A`, `${home}\\B`, `${home}\\None`];
      const result = await done('move_object', { objects, parentPath: `${home}\\X` });
      expect(result).toMatchObject({
        moved: [{ name: 'A', path: `${home}\\X\\A`, previousPath: `${home}\\A` }],
        failed: [
          { object: `${home}\\B`, code: 'NAME_CONFLICT' },
          { object: `${home}\\None`, code: 'OBJECT_NOT_FOUND' },
        ],
      });
      await done('undo', {});
      expect(await done('get_object', { objectId: `${home}\\A` })).toMatchObject({ name: 'A' });
      const failure = await refused('move_object', { objects: [`${home}\\B`], parentPath: `${home}\\X` });
      expect(failure.code).toBe('NAME_CONFLICT');
    }));
});

describe('copy_object', () => {
  it('copies a tree under a new name, once', () =>
    withProject(async ({ bus, done }) => {
      const children = [{ type: 'Sound', name: 'S', properties: { Volume: -3 } }];
      await done('create_object', { type: 'BlendContainer', name: 'X', parentPath: home, children });
      const copying = { objectId: `${home}\\X`, parentPath: home, name: 'Y' };
      const copy = await done('copy_object', copying);
      expect(copy).toMatchObject({
        name: 'Y',
        type: 'BlendContainer',
        path: `${home}\\Y`,
        objectId: copy.id,
      });
      expect(await done('get_object', { objectId: `${home}\\Y\\S`, return: ['@Volume'] })).toMatchObject({
        values: { '@Volume': -3 },
      });
      expect(await bus.dispatch('copy_object', copying)).toMatchObject({
        memo: 'hit',
        data: { id: copy.id },
      });
      const numbered = await done('copy_object', { objectId: `${home}\\X`, parentPath: home });
      expect(numbered.name).toMatch(/^X.*\d+$/);
    }));
});

describe('diff_objects and paste_properties', () => {
  it('show the difference and take it away', () =>
    withProject(async ({ done, refused }) => {
      const source = String((await done('create_sound', { name: 'A', parentPath: home })).id);
      const target = String((await done('create_sound', { name: 'B', parentPath: home })).id);
      await done('set_property', { objectId: source, property: 'Volume', value: -6 });
      await done('set_property', { objectId: source, property: 'Pitch', value: 200 });
      expect(await done('diff_objects', { source, target })).toMatchObject({
        properties: expect.arrayContaining([{ name: 'Volume', source: -6, target: 0 }]),
        lists: [],
      });
      expect(await done('paste_properties', { source, targets: [target], only: ['Volume'] })).toMatchObject({
        targets: [{ name: 'B', changed: ['Volume'], stillDiffers: [] }],
      });
      expect(await done('diff_objects', { source, target })).toMatchObject({
        properties: [{ name: 'Pitch', source: 200, target: 0 }],
      });
      const unknown = await refused('paste_properties', { source, targets: [target], only: ['Volum'] });
      expect(unknown).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
        details: { candidates: expect.arrayContaining(['Volume']) },
      });
    }));
});

describe('describe_type', () => {
  it('finds the canonical name behind a label', () =>
    withProject(async ({ done, refused }) => {
      const found = await done('describe_type', { of: 'Sound', find: 'Output Bus' });
      expect(found.type).toBe('Sound');
      expect(found.members).toContainEqual({ name: 'OutputBus', kind: 'reference', label: 'Output Bus' });
      expect(JSON.stringify(found.members).startsWith('[{"name":"OutputBus"')).toBe(true);
      const volume = await done('describe_type', {
        of: masterBus,
        find: 'Bus Volume',
        response_format: 'detailed',
      });
      expect(volume.members).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'property' })]));
      const page = await done('describe_type', { of: 'random sequence container', limit: 10 });
      expect(page).toMatchObject({ type: 'RandomSequenceContainer', cursor: expect.any(String) });
      expect(page.members).toHaveLength(10);
      expect((await refused('describe_type', { of: 'Sond' })).details).toMatchObject({
        candidates: ['Sound'],
      });
      expect((await refused('describe_type', { of: 'Sound', find: 'xyzzyq' })).code).toBe('UNKNOWN_PROPERTY');
    }));
});

describe('convert_type', () => {
  it('keeps children, values and references in one undo step', () =>
    withProject(async ({ done }) => {
      const children = [
        { type: 'Sound', name: 'L' },
        { type: 'Sound', name: 'R' },
      ];
      const old = await done('create_object', {
        type: 'RandomSequenceContainer',
        name: 'Steps',
        parentPath: home,
        notes: 'both feet',
        properties: { Volume: -4, RandomAvoidRepeatingCount: 3 },
        children,
      });
      await done('create_event', {
        name: 'Play_Steps',
        parentPath: '\\Events\\Default Work Unit',
        targetPath: old.id,
      });
      const input = { objectId: `${home}\\Steps`, type: 'BlendContainer' };
      const preview = await done('convert_type', { ...input, preview: true });
      expect(preview).toMatchObject({
        changed: false,
        children: 2,
        references: [{ object: { type: 'Action' }, reference: 'Target', kept: true }],
      });
      expect(preview.lostProperties).toContain('RandomAvoidRepeatingCount');
      const blend = await done('convert_type', input);
      expect(blend).toMatchObject({
        object: { type: 'BlendContainer', path: `${home}\\Steps` },
        changed: true,
      });
      const read = await done('get_object', { objectId: `${home}\\Steps`, return: ['@Volume'] });
      expect(read).toMatchObject({ notes: 'both feet', childrenCount: 2, values: { '@Volume': -4 } });
      const actions = await done('list_event_actions', { objectId: 'Event:Play_Steps' });
      expect(JSON.stringify(actions)).toContain(String(blend.objectId));
      await done('undo', {});
      expect(await done('get_object', { objectId: `${home}\\Steps` })).toMatchObject({
        id: old.id,
        childrenCount: 2,
      });
      await done('redo', {});
      expect(await done('get_object', { objectId: `${home}\\Steps` })).toMatchObject({ id: blend.objectId });
    }));
});

describe('an object that a SoundBank includes and a Switch Container assigns', () => {
  async function prepared({ done }: ProjectRoom): Promise<string> {
    await done('create_switch_group', { name: 'Surface', members: ['Grass'] });
    const container = `${home}\\Steps`;
    await done('create_container', { kind: 'switch', name: 'Steps', parentPath: home });
    await done('set_switch_group', { objectId: container, group: 'SwitchGroup:Surface' });
    const random = { kind: 'random', name: 'R', parentPath: container, sounds: ['A', 'B'] };
    await done('create_container', random);
    await done('assign_switch', { container, assignments: [{ child: 'R', switch: 'Grass' }] });
    const inclusions = [{ object: `${container}\\R`, filter: ['media'] }];
    await done('create_soundbank', { name: 'Main', inclusions });
    return `${container}\\R`;
  }

  it('is referred to by both: neither deleted without asking nor unused', () =>
    withProject(async (room) => {
      const object = await prepared(room);
      expect(await room.done('references_to', { objectId: object })).toMatchObject({
        references: [
          { from: { name: 'Steps' }, reference: 'Assignments' },
          { from: { name: 'Main' }, reference: 'Inclusions' },
        ],
      });
      expect((await room.refused('delete_object', { objectId: object })).code).toBe('CONFIRMATION_REQUIRED');
      expect(await room.done('find_unused', {})).toMatchObject({ unused: [] });
    }));

  it('keeps both when its type is converted, by what the user interface calls the type', () =>
    withProject(async (room) => {
      const object = await prepared(room);
      const blend = await room.done('convert_type', { objectId: object, type: 'Blend Container' });
      expect(blend).toMatchObject({
        object: { type: 'BlendContainer' },
        references: [{ kept: true }, { kept: true }],
      });
      const container = `${home}\\Steps`;
      expect(await room.done('list_assignments', { container })).toMatchObject({
        assignments: [{ child: { id: blend.objectId }, switch: { name: 'Grass' } }],
      });
      expect(await room.done('get_inclusions', { soundbank: 'SoundBank:Main' })).toMatchObject({
        inclusions: [{ object: { id: blend.objectId }, filter: ['media'] }],
      });
      const unknown = await room.refused('convert_type', { objectId: object, type: 'Swich Container' });
      expect(unknown.error).toContain('SwitchContainer');
    }));
});

describe('create_work_unit', () => {
  it('creates one with a file of its own', () =>
    withProject(async ({ bus, done }) => {
      const input = { name: 'Weapons', parentPath: '\\Containers' };
      const unit = await done('create_work_unit', input);
      expect(unit).toMatchObject({ type: 'WorkUnit', path: '\\Containers\\Weapons', objectId: unit.id });
      expect(await bus.dispatch('create_work_unit', input)).toMatchObject({ memo: 'hit' });
      const sound = await done('create_sound', { name: 'Gun', parentPath: '\\Containers\\Weapons' });
      const read = await done('get_object', { objectId: String(sound.id), return: ['filePath'] });
      expect(JSON.stringify(read.values)).toContain('Weapons.wwu');
    }));
});

describe('move_object of many', () => {
  it('sends one call for each and reads all back at once', () =>
    withProject(async ({ done, bus }) => {
      const names = Array.from({ length: 30 }, (_, index) => `Step_${index}`);
      const children = names.map((name) => ({ type: 'Sound', name }));
      await done('create_object', { type: 'ActorMixer', name: 'From', parentPath: home, children });
      await done('create_object', { type: 'ActorMixer', name: 'To', parentPath: home });
      const before = bus.callCount;
      const moved = await done('move_object', {
        objectIds: [...names, 'Step_0'].map((name) => `${home}\\From\\${name}`),
        parentPath: `${home}\\To`,
      });
      expect(moved).toMatchObject({
        total: 30,
        failed: [],
        notice: '1 of the objects was there already.',
      });
      expect(bus.callCount - before).toBeLessThanOrEqual(30 + 12);
    }));
});

describe('auto-ducking', () => {
  it('is said to be out of reach, whatever asks for it', () =>
    withProject(async ({ refused }) => {
      const objectId = masterBus;
      const objects = [{ objectId, lists: { DuckingList: [{ type: 'DuckItem' }] } }];
      for (const [command, input] of [
        ['set_property', { objectId, property: 'Ducking', value: 1 }],
        ['get_object', { objectId, return: ['@DuckingList'] }],
        ['set_objects', { objects }],
      ] as const) {
        const { code, hint } = await refused(command, input);
        expect([command, code, hint]).toEqual([
          command,
          'UNKNOWN_PROPERTY',
          expect.stringContaining('MaxDuckVolume'),
        ]);
      }
    }));
});
