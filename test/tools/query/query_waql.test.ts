import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';
const children = Array.from({ length: 7 }, (_, i) => ({
  type: 'Sound',
  name: `Step ${i}`,
  properties: { Volume: -i },
}));

describe('query_waql', () => {
  it('goes through all pages, knowing the total', () =>
    withProject(async ({ done }) => {
      await done('create_object', {
        type: 'RandomSequenceContainer',
        name: 'Steps',
        parentPath: containers,
        children,
      });
      const names: unknown[] = [];
      let cursor: unknown;
      do {
        const page = await done('query_waql', {
          query: '$ from type Sound orderby name',
          return: ['@Volume'],
          limit: 3,
          ...(cursor === undefined ? {} : { cursor }),
        });
        expect(page.total).toBe(7);
        for (const row of page.objects as readonly Record<string, unknown>[]) {
          expect(row).toMatchObject({ type: 'Sound', path: `${containers}\\Steps\\${String(row.name)}` });
          names.push([row.name, row['@Volume']]);
        }
        cursor = page.cursor;
      } while (cursor !== null);
      expect(names).toEqual(
        children.map(({ name, properties }) => [name, properties.Volume === 0 ? 0 : properties.Volume]),
      );
    }));

  it('knows root folders by their old and new names', () =>
    withProject(async ({ done }) => {
      await done('create_sound', { name: 'Boom', parentPath: containers });
      for (const root of ['Actor-Mixer Hierarchy', 'Containers']) {
        const query = `$ "\\${root}" select descendants where type = "Sound"`;
        expect(await done('query_waql', { query })).toMatchObject({ total: 1, cursor: null });
      }
      expect(await done('query_waql', { query: 'from type Sound where name = "None"' })).toEqual({
        objects: [],
        total: 0,
        cursor: null,
      });
    }));

  it('explains what is wrong with a query', () =>
    withProject(async ({ refused }) => {
      const syntax = await refused('query_waql', { query: '$ from type Sound where' });
      expect(syntax.code).toBe('INVALID_QUERY');
      const path = await refused('query_waql', {
        query: '$ "\\Containers\\Default Work Unt" select children',
      });
      expect(path).toMatchObject({ code: 'OBJECT_NOT_FOUND', details: { candidates: [containers] } });
      const cursor = await refused('query_waql', { query: 'from type Sound', cursor: '3.abc' });
      expect(cursor).toMatchObject({ code: 'INVALID_INPUT', details: { cursor: '3.abc' } });
      expect((await refused('query_waql', { query: 'from type Sound', limit: 501 })).code).toBe(
        'INVALID_INPUT',
      );
    }));
});

describe('query_waql with a query that does not parse', () => {
  it('gives the position in the text as it was written', async () => {
    await withProject(async (room) => {
      const refusal = await room.refused('query_waql', { query: '$ from type Sound where name = ' });
      expect(refusal.code).toBe('INVALID_QUERY');
      expect(refusal.details).toMatchObject({ position: 31 });
    });
  });
});

describe('response_format', () => {
  it.each([
    ['query_waql', { query: '$ from type Sound' }],
    ['search', { words: 'boom' }],
  ])('of %s: concise names the objects, detailed says more of each', (command, input) =>
    withProject(async ({ done }) => {
      await done('create_object', { type: 'Sound', name: 'Boom', parentPath: containers, notes: 'Loud.' });
      const [concise] = asJsonArray((await done(command, input)).objects);
      expect(Object.keys(asJsonObject(concise)).sort()).toEqual(['id', 'name', 'path', 'type']);
      const [detailed] = asJsonArray(
        (await done(command, { ...input, response_format: 'detailed' })).objects,
      );
      expect(detailed).toMatchObject({
        notes: 'Loud.',
        parent: { name: 'Default Work Unit' },
        workunit: { name: 'Default Work Unit' },
        childrenCount: 0,
      });
    }),
  );
});

describe('an object given by Type:Name', () => {
  it('is found in every type where one object has the name, else the candidates are named', async () => {
    await withProject(async (room) => {
      const parentPath = '\\Containers\\Default Work Unit';
      await room.done('create_sound', { name: 'Boom', parentPath });
      const path = `${parentPath}\\Boom`;
      expect(await room.done('get_object', { objectId: 'Sound:Boom' })).toMatchObject({ path });
      const set = { objectId: 'Sound:Boom', property: 'Volume', value: '-6' };
      expect(await room.done('set_property', set)).toMatchObject({ value: -6, previousValue: 0 });
      expect(await room.bus.dispatch('set_property', set)).toMatchObject({ ok: true, memo: 'hit' });
      await room.done('create_object', { type: 'Folder', name: 'More', parentPath });
      await room.done('create_sound', { name: 'Boom', parentPath: `${parentPath}\\More` });
      const refusal = await room.refused('get_object', { objectId: 'Sound:Boom' });
      expect(refusal).toMatchObject({ code: 'AMBIGUOUS_OBJECT' });
      expect(refusal.details).toMatchObject({
        candidates: [{ path }, { path: `${parentPath}\\More\\Boom` }],
      });
    });
  });
});
