import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';

describe('a type that Wwise calls otherwise', () => {
  it.each(['RandomContainer', 'Sequence'])('%s is answered with the right name', (type) =>
    withProject(async ({ refused }) => {
      const right = { candidates: expect.arrayContaining(['RandomSequenceContainer']) };
      const created = await refused('create_object', { type, name: 'Box', parentPath: home });
      expect(created).toMatchObject({ code: 'INVALID_INPUT', details: right });
      const objects = [{ object: home, children: [{ type, name: 'Box' }] }];
      expect(await refused('set_objects', { objects })).toMatchObject({ details: right });
      expect(await refused('search', { words: 'box', types: [type] })).toMatchObject({ details: right });
    }),
  );

  it('is described by its label', () =>
    withProject(async ({ done }) => {
      expect(await done('describe_type', { of: 'Random Container', find: 'Volume' })).toMatchObject({
        type: 'RandomSequenceContainer',
      });
    }));

  it('is distinguished from a name nothing has', () =>
    withProject(async ({ refused }) => {
      expect(await refused('get_object', { objectId: 'Evnt:Play' })).toMatchObject({
        error: expect.stringContaining('"Evnt" is no object type. Did you mean "Event:Play"'),
      });
      expect(await refused('get_object', { objectId: 'AcousticTexture:Moss' })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
      expect(await refused('get_object', { objectId: 'Event:Play' })).toMatchObject({
        error: expect.stringContaining('the project has no Event at all'),
        hint: 'Create the Event first.',
      });
    }));
});

describe('a name that is taken', () => {
  it('names the object that has it when many things are set at once', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      const objects = [{ object: home, children: [{ type: 'Sound', name: 'boom' }] }];
      expect(await refused('set_objects', { objects })).toMatchObject({
        code: 'NAME_CONFLICT',
        error: `"${home}" already has a child named "Boom": nothing was changed.`,
        details: { existing: { type: 'Sound', path: `${home}\\Boom` } },
      });
    }));

  it('is numbered, replaced or refused for a copy, as onNameConflict says', () =>
    withProject(async ({ done, refused }) => {
      for (const name of ['A', 'B']) await done('create_sound', { name, parentPath: home });
      const input = { objectId: `${home}\\A`, parentPath: home, name: 'B' };
      expect(await done('copy_object', input)).toMatchObject({ name: 'B_01' });
      expect(await done('copy_object', input, { forceRerun: true })).toMatchObject({ name: 'B_02' });
      expect(await refused('copy_object', { ...input, onNameConflict: 'fail' })).toMatchObject({
        code: 'NAME_CONFLICT',
        details: { existing: { path: `${home}\\B` } },
      });
      // Wwise merges no copy.
      expect(await refused('copy_object', { ...input, onNameConflict: 'merge' })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      const { id } = await done('get_object', { objectId: `${home}\\B` });
      const copy = await done('copy_object', { ...input, onNameConflict: 'replace' });
      expect(copy).toMatchObject({ name: 'B' });
      expect(copy.id).not.toBe(id);
      await done('undo', {});
      expect(await done('get_object', { objectId: `${home}\\B` })).toMatchObject({ id });
      const itself = { objectId: `${home}\\A`, parentPath: home, name: 'a', onNameConflict: 'replace' };
      expect(await refused('copy_object', itself)).toMatchObject({ code: 'NAME_CONFLICT' });
    }));
});

describe('a conversion to the type it has already', () => {
  it('is no failure and changes nothing', () =>
    withProject(async ({ done }) => {
      const { id } = await done('create_object', { type: 'BlendContainer', name: 'Box', parentPath: home });
      expect(await done('convert_type', { objectId: `${home}\\Box`, type: 'Blend Container' })).toMatchObject(
        {
          objectId: id,
          changed: false,
        },
      );
    }));
});

describe('a query', () => {
  it('finds objects by paths with slashes and with doubled backslashes', () =>
    withProject(async ({ done }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      for (const path of [
        '/Containers/Default Work Unit',
        '\\\\Containers\\\\Default Work Unit',
        '/Actor-Mixer Hierarchy/Default Work Unit',
      ])
        expect(await done('query_waql', { query: `"${path}" select children` })).toMatchObject({ total: 1 });
      const many = { query: '"/Containers/Default Work Unit/Boom"', properties: { Volume: -3 } };
      expect(await done('set_many', many)).toMatchObject({ total: 1 });
    }));

  it('is not what is wrong when return asks for something unknown', () =>
    withProject(async ({ refused }) => {
      const input = { query: 'from type Sound', return: ['@Volumee'] };
      expect(await refused('query_waql', input)).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
        error: 'return asks for "@Volumee", which no object has. Did you mean "Volume"?',
      });
    }));
});

describe('a command for the wrong kind of member', () => {
  it('names the command that is right', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      const objectId = `${home}\\Boom`;
      const bus = { objectId, reference: 'Volume', targetPath: 'Bus:Main Audio Bus' };
      expect(await refused('set_reference', bus)).toMatchObject({
        error: 'Volume of Sound "Boom" is a property, not a reference.',
        hint: 'Use set_property.',
      });
      const notes = { objectId, property: 'notes', value: 'x' };
      expect((await refused('set_property', notes)).hint).toContain('set_notes');
      const name = { objectId, property: 'Name', value: 'x' };
      expect((await refused('set_property', name)).hint).toContain('rename_object');
    }));
});

describe('a root folder', () => {
  it('is no parent, but its Work Units are', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      const input = { type: 'Event', name: 'Play', parentPath: '\\Events' };
      expect(await refused('create_object', input)).toMatchObject({
        code: 'CREATE_FAILED',
        hint: expect.stringContaining('"\\Events\\Default Work Unit"'),
        details: { candidates: ['\\Events\\Default Work Unit'] },
      });
      const move = { objects: [`${home}\\Boom`], parentPath: '\\Containers' };
      expect((await refused('move_object', move)).hint).toContain('only Work Units');
      expect(await refused('delete_object', { objectId: '\\Containers' })).toMatchObject({
        hint: expect.stringContaining('root folders'),
      });
    }));

  it('is found by its name without spaces or backslash', () =>
    withProject(async ({ refused }) => {
      expect(await refused('get_object', { objectId: 'GameParameters' })).toMatchObject({
        details: { candidates: ['\\Game Parameters'] },
      });
    }));
});

describe('a Work Unit', () => {
  it('gets no name that Windows keeps for itself', () =>
    withProject(async ({ done, refused }) => {
      for (const name of ['CON', 'aux', 'LPT1', 'nul.old', 'End.'])
        expect(await refused('create_work_unit', { name, parentPath: '\\Containers' })).toMatchObject({
          code: 'INVALID_INPUT',
        });
      expect(await done('create_work_unit', { name: 'Console', parentPath: '\\Containers' })).toBeDefined();
    }));
});

describe('a move to where the object is', () => {
  it('counts nothing as moved and says so', () =>
    withProject(async ({ done }) => {
      for (const name of ['A', 'B']) await done('create_sound', { name, parentPath: home });
      await done('create_object', { type: 'BlendContainer', name: 'Box', parentPath: home });
      const objects = [`${home}\\A`, `${home}\\Box\\B`];
      await done('move_object', { objects: [`${home}\\B`], parentPath: `${home}\\Box` });
      expect(await done('move_object', { objects, parentPath: home })).toMatchObject({
        total: 1,
        moved: [{ name: 'B' }],
        notice: '1 of the objects was there already.',
      });
      const rename = [{ object: `${home}\\A`, name: 'b' }];
      expect(await done('set_objects', { objects: [{ object: `${home}\\A`, name: 'A' }] })).toBeDefined();
      await expect(done('set_objects', { objects: rename })).rejects.toThrow(/already has a child named "B"/);
    }));
});
