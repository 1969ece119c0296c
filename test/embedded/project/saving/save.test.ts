import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { copySample, samplesDir } from '../../../harness/sample-project.ts';

const home = '\\Containers\\Default Work Unit';

function git(room: EngineRoom, ...args: string[]): string {
  const cwd = dirname(room.project.filePath);
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    cwd,
    encoding: 'utf8',
  });
}

function commitAll(room: EngineRoom): void {
  git(room, 'init', '-q');
  git(room, 'add', '-A');
  git(room, 'commit', '-qm', 'before');
}

describe('saving', () => {
  it('writes nothing when nothing changed', async () => {
    await withEngine(async (room) => {
      commitAll(room);
      await room.call('project.save');
      expect(git(room, 'status', '--porcelain')).toBe('');
    });
  });

  it('changes one line when one property changes', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Boom', '@Volume': -6 });
      await room.call('project.save');
      commitAll(room);
      await room.call('object.setProperty', { object: `${home}\\Boom`, property: 'Volume', value: -3 });
      await room.call('project.save');
      expect(git(room, 'diff', '--numstat').split('\t').slice(0, 2)).toEqual(['1', '1']);
    });
  });

  it('leaves a project that still prints to its own bytes', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: home,
        type: 'SwitchContainer',
        name: 'S',
        children: [{ type: 'Sound', name: 'A' }],
        notes: 'a < b & "c"\nd',
      });
      await room.call('project.save');
      expect(checkProject(room.project.filePath)).toMatchObject({
        differences: [],
        brokenFiles: [],
        strayFiles: [],
      });
    });
  });

  it('refuses to overwrite a file that changed on disk, writes nothing and keeps the edits', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Boom' });
      await room.call('object.create', {
        parent: '\\Events\\Default Work Unit',
        type: 'Event',
        name: 'Play',
      });
      const changed = join(dirname(room.project.filePath), 'Events', 'Default Work Unit.wwu');
      const theirs = readFileSync(changed, 'utf8').replace(
        'PersistMode="Standalone"/>',
        'PersistMode="Standalone" />',
      );
      writeFileSync(changed, theirs);
      const containers = readFileSync(
        join(dirname(room.project.filePath), 'Containers', 'Default Work Unit.wwu'),
        'utf8',
      );
      const error = await room.refused('project.save');
      expect(error.uri).toBe('ak.wwise.file_error');
      expect(error.message).toContain(changed);
      expect(readFileSync(changed, 'utf8')).toBe(theirs);
      expect(
        readFileSync(join(dirname(room.project.filePath), 'Containers', 'Default Work Unit.wwu'), 'utf8'),
      ).toBe(containers);
      expect(await room.call('object.get', { waql: `"${home}\\Boom"` })).toMatchObject({
        return: [{ name: 'Boom' }],
      });
    });
  });

  it('lets one Work Unit take the name another just left, and undoes both', async () => {
    await withEngine(async (room) => {
      const rename = (from: string, to: string) =>
        room.call('object.setName', { object: `\\Containers\\${from}`, value: to });
      const nameIn = (file: string) =>
        /<WorkUnit Name="([^"]*)"/.exec(
          readFileSync(join(dirname(room.project.filePath), 'Containers', `${file}.wwu`), 'utf8'),
        )?.[1];
      for (const name of ['A', 'B'])
        await room.call('object.create', { parent: '\\Containers', type: 'WorkUnit', name });
      const [a, b] = ['A', 'B'].map((name) => room.project.model.byPath(`\\Containers\\${name}`)?.id);
      await rename('A', 'C');
      await rename('B', 'A');
      await room.call('project.save');
      expect([nameIn('C'), nameIn('A')]).toEqual(['C', 'A']);
      expect(checkProject(room.project.filePath)).toMatchObject({ strayFiles: [], brokenFiles: [] });
      expect(room.project.model.byPath('\\Containers\\A')?.id).toBe(b);
      await room.call('undo.undo');
      await room.call('undo.undo');
      await room.call('project.save');
      expect([nameIn('A'), nameIn('B')]).toEqual(['A', 'B']);
      expect(room.project.model.byPath('\\Containers\\A')?.id).toBe(a);
      // Two may change places.
      await rename('A', 'T');
      await rename('B', 'A');
      await rename('T', 'B');
      await room.call('project.save');
      expect([nameIn('A'), nameIn('B')]).toEqual(['A', 'B']);
      expect(room.project.model.byPath('\\Containers\\B')?.id).toBe(a);
      expect(checkProject(room.project.filePath)).toMatchObject({ strayFiles: [], brokenFiles: [] });
    });
  });

  it('renames the file of a renamed Work Unit', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: '\\Containers', type: 'WorkUnit', name: 'Old' });
      await room.call('object.setName', { object: '\\Containers\\Old', value: 'New' });
      await room.call('project.save');
      const folder = join(dirname(room.project.filePath), 'Containers');
      expect(existsSync(join(folder, 'Old.wwu'))).toBe(false);
      expect(readFileSync(join(folder, 'New.wwu'), 'utf8')).toContain('<WorkUnit Name="New"');
    });
  });
});

describe('undo', () => {
  it('restores the exact bytes of every file, step by step', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A', '@Volume': -6, notes: 'n' });
      await room.call('object.create', {
        parent: home,
        type: 'SwitchContainer',
        name: 'S',
        children: [{ type: 'Sound', name: 'B' }],
      });
      await room.call('object.create', {
        parent: '\\Events\\Default Work Unit',
        type: 'Event',
        name: 'Play_A',
        children: [{ type: 'Action', name: '', '@Target': `${home}\\A` }],
      });
      await room.call('project.save');
      commitAll(room);
      const edits: [string, Record<string, string | number | boolean>][] = [
        ['object.setName', { object: `${home}\\A`, value: 'Renamed' }],
        ['object.setProperty', { object: `${home}\\Renamed`, property: 'Volume', value: 0 }],
        ['object.setNotes', { object: `${home}\\Renamed`, value: '' }],
        ['object.move', { object: `${home}\\Renamed`, parent: `${home}\\S` }],
        ['object.copy', { object: `${home}\\S`, parent: home, onNameConflict: 'rename' }],
        ['object.delete', { object: `${home}\\S` }],
      ];
      for (const [uri, args] of edits) await room.call(uri, args);
      await room.call('project.save');
      expect(git(room, 'status', '--porcelain')).not.toBe('');
      for (const _edit of edits) await room.call('undo.undo');
      await room.call('project.save');
      expect(git(room, 'status', '--porcelain')).toBe('');
      for (const _edit of edits) await room.call('undo.redo');
      await room.call('project.save');
      expect(await room.call('object.get', { waql: '$ from type Sound' })).toMatchObject({
        return: [{}, {}],
      });
    });
  });

  it('rolls back a whole group at once, and a cancelled group keeps its edits unless asked otherwise', async () => {
    await withEngine(async (room) => {
      const sounds = async () => (await room.call('object.get', { waql: '$ from type Sound' })).return;
      await room.call('undo.beginGroup');
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
      await room.call('object.create', { parent: home, type: 'Sound', name: 'B' });
      await room.call('undo.endGroup', { displayName: 'Two' });
      await room.call('undo.undo');
      expect(await sounds()).toEqual([]);
      await room.call('undo.beginGroup');
      await room.call('object.create', { parent: home, type: 'Sound', name: 'C' });
      await room.call('undo.cancelGroup', {});
      expect(await sounds()).toMatchObject([{ name: 'C' }]);
      await room.call('undo.beginGroup');
      await room.call('object.create', { parent: home, type: 'Sound', name: 'D' });
      await room.call('undo.cancelGroup', { undo: true });
      expect(await sounds()).toMatchObject([{ name: 'C' }]);
    });
  });

  it('cancels the groups of a session that went away and keeps its edits', async () => {
    await withEngine(async (room) => {
      const other = room.openSession();
      await other.call('ak.wwise.core.undo.beginGroup', {}, {});
      await other.call('ak.wwise.core.object.create', { parent: home, type: 'Sound', name: 'A' }, {});
      other.close();
      await room.call('undo.undo');
      expect(await room.call('object.get', { waql: '$ from type Sound' })).toEqual({ return: [] });
    });
  });

  it('leaves nothing behind when a call fails half way', async () => {
    await withEngine(async (room) => {
      const error = await room.refused('object.set', {
        objects: [
          { object: home, children: [{ type: 'Sound', name: 'A' }] },
          { object: home, children: [{ type: 'Sound', name: 'B', '@Volum': 1 }] },
        ],
      });
      expect(error.message).toBe('The property Volum is unknown on object type Sound.');
      expect(error.details.candidates).toContain('Volume');
      expect(await room.call('object.get', { waql: '$ from type Sound' })).toEqual({ return: [] });
      expect(room.project.isDirty).toBe(false);
    });
  });
});

describe('opening', () => {
  it('reports a Work Unit with conflict markers by name, leaves it alone and serves the rest', async () => {
    let broken = '';
    const text =
      '<?xml version="1.0" encoding="utf-8"?>\n<WwiseDocument>\n<<<<<<< HEAD\n=======\n>>>>>>> x\n</WwiseDocument>\n';
    await withEngine(
      async (room) => {
        expect(room.project.brokenFiles).toEqual([
          { filePath: broken, problem: 'line 3, column 1: git conflict markers: a merge was not finished' },
        ]);
        await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
        await room.call('project.save');
        expect(readFileSync(broken, 'utf8')).toBe(text);
      },
      (dir) => {
        const projectPath = join(dir, 'P', 'P.wproj');
        freshProject(projectPath);
        broken = join(dir, 'P', 'Events', 'Default Work Unit.wwu');
        writeFileSync(broken, text);
        return projectPath;
      },
    );
  });

  it('says to a second engine that the project is open', async () => {
    await withEngine(async (room) => {
      await expect(openProject(room.project.filePath)).rejects.toMatchObject({ code: 'WAAPI_UNAVAILABLE' });
    });
  });

  it('names the projects that are there when the one asked for is not', async () => {
    await withEngine(async (room) => {
      const missing = join(dirname(room.project.filePath), 'Tset.wproj');
      await expect(openProject(missing)).rejects.toMatchObject({
        code: 'FILE_NOT_FOUND',
        details: { candidates: ['Test.wproj'] },
      });
    });
  });
});

describe.skipIf(!existsSync(samplesDir))('the sample projects (needs the shared samples)', () => {
  it.each([
    ['pywwise-2024.1', 'PyWwise.wproj'],
    ['godot-tests-2025.1', 'GodotTests.wproj'],
    ['gyms-2022.1', 'Gyms.wproj'],
  ])('%s saves byte for byte, and one line for one property', async (name, file) => {
    await withEngine(
      async (room) => {
        commitAll(room);
        expect(checkProject(room.project.filePath).differences).toEqual([]);
        await room.call('project.save');
        expect(git(room, 'status', '--porcelain')).toBe('');
        const { return: rows } = await room.call(
          'object.get',
          { waql: '$ from type GameParameter where @Max != 100 take 1' },
          { return: ['id'] },
        );
        const [parameter] = JSON.parse(JSON.stringify(rows));
        if (parameter === undefined) return;
        await room.call('object.setProperty', { object: parameter.id, property: 'Max', value: 4711 });
        await room.call('project.save');
        expect(git(room, 'diff', '--numstat').split('\t').slice(0, 2)).toEqual(['1', '1']);
        await room.call('undo.undo');
        await room.call('project.save');
        expect(git(room, 'status', '--porcelain')).toBe('');
      },
      (dir) => join(copySample(name, dir), file),
    );
  });
});
