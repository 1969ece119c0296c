import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, type JsonObject } from '../../../../src/core/json.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';

const home = '\\Containers\\Default Work Unit';

function file(room: EngineRoom, ...parts: string[]): string {
  return join(dirname(room.project.filePath), ...parts);
}

describe('Work Units over WAAPI', () => {
  it('can be created, nested, moved into a folder, copied and deleted, each with its file', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: '\\Containers', type: 'Physical Folder', name: 'Weapons' });
      expect(readFileSync(room.project.filePath, 'utf8')).toContain(
        '<PhysicalFolder Path="Containers\\Weapons">',
      );
      await room.call('object.create', {
        parent: '\\Containers',
        type: 'WorkUnit',
        name: 'Guns',
        children: [{ type: 'Sound', name: 'Bang' }],
      });
      await room.call('object.create', { parent: '\\Containers\\Guns', type: 'WorkUnit', name: 'Inner' });
      await room.call('project.save');
      expect(readFileSync(file(room, 'Containers', 'Inner.wwu'), 'utf8')).toContain('PersistMode="Nested"');
      await room.call('object.move', { object: '\\Containers\\Guns', parent: '\\Containers\\Weapons' });
      expect(existsSync(file(room, 'Containers', 'Weapons', 'Guns.wwu'))).toBe(true);
      expect(existsSync(file(room, 'Containers', 'Guns.wwu'))).toBe(false);
      const copy = await room.call(
        'object.copy',
        { object: '\\Containers\\Weapons\\Guns', parent: '\\Containers' },
        { return: ['path'] },
      );
      expect(copy).toEqual({ path: '\\Containers\\Guns' });
      expect(readFileSync(file(room, 'Containers', 'Inner.wwu'), 'utf8')).toContain('PersistMode="Nested"');
      await room.call('object.delete', { object: '\\Containers\\Weapons\\Guns' });
      expect(existsSync(file(room, 'Containers', 'Weapons', 'Guns.wwu'))).toBe(false);
      await room.call('project.save');
      expect(checkProject(room.project.filePath)).toMatchObject({
        differences: [],
        brokenFiles: [],
        strayFiles: [],
      });
    });
  });

  it('have names of their own within a physical folder, nested or not, whatever the case', async () => {
    await withEngine(async (room) => {
      const create = (parent: string, name: string): [string, JsonObject] => [
        'object.create',
        { parent, type: 'WorkUnit', name },
      ];
      await room.call(...create('\\Containers', 'Guns'));
      await room.call(...create('\\Containers\\Guns', 'Inner'));
      for (const refused of [
        await room.refused(...create('\\Containers', 'INNER')),
        await room.refused(...create('\\Containers\\Guns\\Inner', 'guns')),
        await room.refused('object.setName', { object: '\\Containers\\Guns', value: 'inner' }),
      ])
        expect(refused.message).toContain('must be unique within its physical folder');
      writeFileSync(file(room, 'Containers', 'stray.WWU'), 'theirs');
      const stray = await room.refused('object.setName', { object: '\\Containers\\Guns', value: 'Stray' });
      expect(stray).toMatchObject({ uri: 'ak.wwise.file_error', details: { reason: 'in_the_way' } });
      expect((await room.refused(...create('\\Containers', 'Stray'))).message).toContain('stray.WWU');
      await room.call('object.setName', { object: '\\Containers\\Guns', value: 'GUNS' });
      await room.call('project.save');
      expect(readFileSync(file(room, 'Containers', 'GUNS.wwu'), 'utf8')).toContain('<WorkUnit Name="GUNS"');
      const copy = await room.call(
        'object.copy',
        { object: '\\Containers\\GUNS', parent: '\\Containers', onNameConflict: 'rename' },
        { return: ['path'] },
      );
      expect(copy).toEqual({ path: '\\Containers\\GUNS_01' });
    });
  });

  it('go with what holds them', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'PropertyContainer', name: 'P' });
      await room.call('object.create', { parent: `${home}\\P`, type: 'WorkUnit', name: 'Inner' });
      await room.call('object.delete', { object: `${home}\\P` });
      await room.call('project.save');
      expect(existsSync(file(room, 'Containers', 'Inner.wwu'))).toBe(false);
      expect(checkProject(room.project.filePath)).toMatchObject({ differences: [], strayFiles: [] });
    });
  });

  it('can be unloaded and loaded, and say so', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: '\\Containers',
        type: 'WorkUnit',
        name: 'Guns',
        children: [{ type: 'Sound', name: 'Bang' }],
      });
      await room.call('project.save');
      const loaded = async () => {
        const { return: rows } = await room.call(
          'object.get',
          { waql: '"\\Containers\\Guns"' },
          { return: ['workunitIsLoaded', 'childrenCount'] },
        );
        return asJsonArray(rows)[0];
      };
      expect(await loaded()).toEqual({ workunitIsLoaded: true, childrenCount: 1 });
      await room.call('workUnit.unload', { object: '\\Containers\\Guns' });
      expect(await loaded()).toEqual({ workunitIsLoaded: false, childrenCount: 0 });
      await room.call('workUnit.load', { object: '\\Containers\\Guns' });
      expect(await loaded()).toEqual({ workunitIsLoaded: true, childrenCount: 1 });
    });
  });

  it('survive being opened again', async () => {
    let projectPath = '';
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: home,
        type: 'WorkUnit',
        name: 'Inner',
        children: [{ type: 'Sound', name: 'A' }],
      });
      await room.call('project.save');
      projectPath = room.project.filePath;
      room.project.close();
      const again = await openProject(projectPath);
      expect(again.model.byPath(`${home}\\Inner\\A`)?.type).toBe('Sound');
      again.close();
    });
  });
});
