import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { objectGet } from '../../../src/embedded/functions/object/ak.wwise.core.object.get.ts';
import { functionContext } from '../../harness/function-context.ts';
import { type FixtureProject, openFixture } from './fixture-project.ts';

let fixture: FixtureProject;

beforeAll(async () => {
  fixture = await openFixture();
});

afterAll(() => fixture.close());

async function get(args: JsonObject, options: JsonObject = {}): Promise<JsonObject> {
  return objectGet.run(args, options, functionContext(fixture.project));
}

async function names(from: JsonObject, ...transform: JsonObject['transform'][]): Promise<unknown> {
  const { return: rows } = await get(
    { from, transform: transform.filter((step) => step !== undefined) },
    { return: ['name'] },
  );
  return Array.isArray(rows) ? rows.map((row: { name: string }) => row.name) : rows;
}

describe('ak.wwise.core.object.get', () => {
  it('gives id and name unless asked otherwise', async () => {
    expect(await get({ waql: '"\\Containers"' })).toEqual({
      return: [{ id: '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}', name: 'Containers' }],
    });
    expect(await get({ waql: 'from project where name = "nothing"' })).toEqual({ return: [] });
    expect(
      await get(
        { waql: '"\\Containers" where childrenCount >= 0' },
        { return: ['name', 'type', 'path', 'childrenCount'] },
      ),
    ).toEqual({
      return: [{ name: 'Containers', type: 'WorkUnit', path: '\\Containers', childrenCount: 2 }],
    });
  });

  it('finds nothing below the project by the older transforms, though it gives the project itself', async () => {
    expect(await names({ path: ['\\'] })).toHaveLength(1);
    expect(await names({ path: ['\\'] }, { select: ['children'] })).toEqual([]);
    expect(await names({ path: ['\\'] }, { select: ['descendants'] })).toEqual([]);
    expect(await names({ path: ['\\Containers'] }, { select: ['children'] })).not.toEqual([]);
  });

  it('finds the folder of music by its former path', async () => {
    const music = await get({ from: { path: ['\\Interactive Music Hierarchy'] } }, { return: ['path'] });
    expect(music).toEqual({ return: [{ path: '\\Containers' }] });
  });

  it('selects references by a name that is text on other types, and the source by its facts', async () => {
    const { return: busses } = await get({ waql: 'select OutputBus distinct' }, { return: ['type'] });
    expect(busses).toContainEqual({ type: 'Bus' });
    const { return: sources } = await get(
      { waql: 'from type Sound select maxDurationSource' },
      { return: ['type'] },
    );
    expect(sources).toContainEqual({ type: 'AudioFileSource' });
  });

  it('counts no Sound as referring to its own source', async () => {
    const { return: rows } = await get(
      { waql: 'from type AudioFileSource select referencesTo' },
      { return: ['type'] },
    );
    expect(rows).not.toContainEqual({ type: 'Sound' });
  });

  it('proposes the paths of objects whose type does not keep names unique', async () => {
    await expect(get({ waql: 'from object "Sound:Footstep_Walk_01"' })).rejects.toMatchObject({
      details: { didYouMean: [expect.stringMatching(/^\\.*Footstep_Walk_01$/)] },
    });
  });

  it('takes the platform and language by name or GUID and refuses others', async () => {
    const waql = 'from type Sound where name = "Footstep_Walk_01"';
    expect(await get({ waql }, { return: ['@Volume'], platform: 'mac' })).toEqual({
      return: [{ '@Volume': -3 }],
    });
    expect(
      await get({ waql }, { return: ['@Volume'], platform: '{00000003-0000-4000-8000-000000000000}' }),
    ).toEqual({
      return: [{ '@Volume': -3 }],
    });
    await expect(get({ waql }, { platform: 'Wndows' })).rejects.toMatchObject({
      uri: 'ak.wwise.invalid_arguments',
      details: { didYouMean: ['Windows'] },
    });
    await expect(get({ waql }, { language: 'Klingon' })).rejects.toThrow(
      'The language "Klingon" is unknown.',
    );
  });

  it('refuses a return name that nothing has before it looks for anything', async () => {
    await expect(get({ waql: '"\\nowhere"' }, { return: ['id', '@Volum'] })).rejects.toMatchObject({
      uri: 'ak.wwise.query.invalid_query',
      details: { position: 1, found: 'Volum', didYouMean: expect.arrayContaining(['Volume']) },
    });
  });

  it('answers the older from and transform', async () => {
    expect(await names({ id: ['{00000030-0000-4000-8000-000000000000}'] }, { select: ['children'] })).toEqual(
      ['Footstep_Walk_01', 'Footstep_Walk_02'],
    );
    expect(
      await names(
        { path: ['\\Containers'] },
        { select: ['descendants'] },
        { where: ['type:isIn', ['Sound', 'Folder']] },
        { range: [1, 2] },
      ),
    ).toEqual(['Footstep_Walk_02', 'Hello']);
    expect(
      await names(
        { ofType: ['Sound'] },
        { where: ['name:contains', 'WALK'] },
        { select: ['parent'] },
        'distinct',
      ),
    ).toEqual(['Footsteps']);
    expect(
      await names({ ofType: ['Sound', 'Event'] }, { where: ['name:matches', '^(play_h|very)'] }),
    ).toEqual(['VeryBigGun', 'Play_Hello']);
    expect(await names({ name: ['Event:Play_Hello'] })).toEqual(['Play_Hello']);
    expect(await names({ search: ['hello'] }, { where: ['category:isIn', ['Events']] })).toEqual([
      'Play_Hello',
    ]);
    expect(await names({ query: ['{00000091-0000-4000-8000-000000000000}'] })).toEqual([
      'Footstep_Walk_01',
      'Hello',
    ]);
  });

  it('words the failures of the older form as its own', async () => {
    await expect(get({ from: { path: ['\\Nowhere'] } })).rejects.toMatchObject({
      uri: 'ak.wwise.query.unknown_object',
      details: { object: '\\Nowhere' },
    });
    await expect(get({ from: { ofType: ['Nothing'] } })).rejects.toThrow('Unknown object type');
    await expect(
      get({ from: { ofType: ['Sound'] }, transform: [{ where: ['name:like', 'x'] }] }),
    ).rejects.toMatchObject({
      uri: 'ak.wwise.invalid_arguments',
    });
    await expect(get({})).rejects.toThrow('required');
    await expect(get({ waql: 'from project', from: { ofType: ['Sound'] } })).rejects.toThrow('alternatives');
  });

  it('sees edits at once', async () => {
    const { project } = fixture;
    const [bus] = project.model.ofType('AuxBus');
    if (bus === undefined) throw new Error('the fixture has an AuxBus');
    await project.edit('Rename', 1, (editor) => editor.rename(bus, 'Cave_Env'));
    expect(
      await get({ waql: '"AuxBus:Cave_Env"' }, { return: ['path', 'workunit.workunitIsDirty'] }),
    ).toEqual({
      return: [
        { path: '\\Busses\\Default Work Unit\\Main Audio Bus\\Cave_Env', 'workunit.workunitIsDirty': true },
      ],
    });
  });
});
