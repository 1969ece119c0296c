import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { breachesOf } from '../../../harness/file-laws.ts';

interface FolderRoom extends EngineRoom {
  at(...parts: string[]): string;
  /** Every file of the project with its bytes. */
  bytes(): Readonly<Record<string, string>>;
}

/** `\Containers\SFX` with a Work Unit, and `\Containers\SFX\Weapons` with two, one nested in the other. */
async function withFolders(work: (room: FolderRoom) => Promise<void>): Promise<void> {
  await withEngine(async (room) => {
    const root = dirname(room.project.filePath);
    const at = (...parts: string[]) => join(root, ...parts);
    const folder = (parent: string, name: string) =>
      room.call('object.create', { parent, type: 'Physical Folder', name });
    const unit = (parent: string, name: string) =>
      room.call('object.create', {
        parent,
        type: 'WorkUnit',
        name,
        children: [{ type: 'Sound', name: `In ${name}` }],
      });
    await folder('\\Containers', 'SFX');
    await folder('\\Containers\\SFX', 'Weapons');
    await folder('\\Containers', 'SFX 2');
    await unit('\\Containers\\SFX', 'Misc');
    await unit('\\Containers\\SFX\\Weapons', 'Guns');
    await unit('\\Containers\\SFX\\Weapons\\Guns', 'Pistols');
    await room.call('object.create', {
      parent: '\\Events\\Default Work Unit',
      type: 'Event',
      name: 'Play',
      children: [
        { type: 'Action', name: '', '@Target': '\\Containers\\SFX\\Weapons\\Guns\\Pistols\\In Pistols' },
      ],
    });
    await room.call('project.save');
    const bytes = () =>
      Object.fromEntries(
        readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => [
            join(entry.parentPath, entry.name),
            readFileSync(join(entry.parentPath, entry.name), 'utf8'),
          ]),
      );
    await work({ ...room, at, bytes });
    await room.call('project.save');
    const files = Object.entries(bytes()).filter(([path]) => path.endsWith('.wwu'));
    expect(breachesOf(new Map(files.map(([path, text]) => [path, Buffer.from(text)])))).toEqual([]);
    const report = checkProject(room.project.filePath);
    expect(report).toMatchObject({ differences: [], brokenFiles: [], strayFiles: [] });
    const { model } = room.engine.project ?? room.project;
    const paths = [...model.all()].map((object) => model.path(object)).sort();
    await room.engine.close();
    const again = await openProject(room.project.filePath);
    expect([...again.model.all()].map((object) => again.model.path(object)).sort()).toEqual(paths);
    again.close();
  });
}

const pathsInProject = (text: string) =>
  [...text.matchAll(/<PhysicalFolder Path="(Containers[^"]*)"/g)].map(([, path]) => path);

describe('a physical folder that is created', () => {
  it('does not take in Work Units that lie about', async () => {
    await withFolders(async (room) => {
      const stray = room.at('Containers', 'Old', 'Left.wwu');
      mkdirSync(dirname(stray));
      writeFileSync(stray, 'theirs');
      const wish = { parent: '\\Containers', type: 'Physical Folder', name: 'Old' };
      expect(await room.refused('object.create', wish)).toMatchObject({
        uri: 'ak.wwise.file_error',
        details: { files: [stray] },
      });
      rmSync(stray);
      await room.call('object.create', wish);
    });
  });
});

describe('a physical folder that is renamed', () => {
  it('keeps its objects at once and its directory until the save, with all that lies in it', async () => {
    await withFolders(async (room) => {
      writeFileSync(room.at('Containers', 'SFX', 'read me.txt'), 'ours');
      mkdirSync(room.at('Containers', 'SFX', 'Weapons', 'sketches'));
      const weapons = await room.call('object.get', { waql: '"\\Containers\\SFX\\Weapons"' });
      await room.call('object.setName', { object: '\\Containers\\SFX', value: 'Zoo' });
      expect(await room.call('object.get', { waql: '"\\Containers\\Zoo\\Weapons"' })).toEqual(weapons);
      expect(existsSync(room.at('Containers', 'SFX', 'Misc.wwu'))).toBe(true);
      const other = room.bytes()[room.at('Containers', 'SFX', 'Misc.wwu')];
      await room.call('project.save');
      expect(existsSync(room.at('Containers', 'SFX'))).toBe(false);
      expect(room.bytes()[room.at('Containers', 'Zoo', 'Misc.wwu')]).toBe(other);
      expect(readFileSync(room.at('Containers', 'Zoo', 'read me.txt'), 'utf8')).toBe('ours');
      expect(existsSync(room.at('Containers', 'Zoo', 'Weapons', 'sketches'))).toBe(true);
      expect(pathsInProject(readFileSync(room.project.filePath, 'utf8'))).toEqual([
        'Containers',
        'Containers\\SFX 2',
        'Containers\\Zoo',
        'Containers\\Zoo\\Weapons',
      ]);
    });
  });

  it('comes back byte for byte when that is undone, saved in between or not', async () => {
    await withFolders(async (room) => {
      const before = room.bytes();
      for (const isSaved of [false, true]) {
        await room.call('object.setName', { object: '\\Containers\\SFX', value: 'Ambience' });
        await room.call('object.setName', { object: '\\Containers\\Ambience\\Weapons', value: 'Arms' });
        await room.call('object.setName', { object: '\\Containers\\Ambience\\Misc', value: 'Rest' });
        if (isSaved) {
          await room.call('project.save');
          expect(existsSync(room.at('Containers', 'Ambience', 'Arms', 'Pistols.wwu'))).toBe(true);
        }
        for (let step = 0; step < 3; step++) await room.call('undo.undo');
        await room.call('project.save');
        expect(room.bytes()).toEqual(before);
        expect(existsSync(room.at('Containers', 'Ambience'))).toBe(false);
      }
    });
  });

  it('is renamed by object.set too, and refused what cannot be', async () => {
    await withFolders(async (room) => {
      await room.call('object.set', { objects: [{ object: '\\Containers\\SFX', name: 'Sfx' }] });
      const refusals = [
        ['\\Containers', 'Objects', /\\Containers cannot be renamed/],
        ['\\Containers\\Sfx', 'sfx 2', /already has child with same name/],
        ['\\Containers\\Sfx', 'Default Work Unit', /already has child with same name/],
        ['\\Containers\\Sfx', '..', /not a valid name/],
        ['\\Containers\\Sfx', 'a/b', /not a valid name/],
      ] as const;
      for (const [object, value, message] of refusals) {
        const refused = await room.refused('object.setName', { object, value });
        expect(refused).toMatchObject({ uri: 'ak.wwise.invalid_arguments' });
        expect(refused.message).toMatch(message);
      }
      const root = await room.refused('object.set', { objects: [{ object: '\\Containers', name: 'X' }] });
      expect(root.message).toContain('cannot be renamed');
      mkdirSync(room.at('Containers', 'Taken'));
      const taken = await room.refused('object.setName', { object: '\\Containers\\Sfx', value: 'Taken' });
      expect(taken).toMatchObject({ uri: 'ak.wwise.file_error' });
      rmSync(room.at('Containers', 'Taken'), { recursive: true });
      await room.call('project.save');
      await room.call('workUnit.unload', { object: '\\Containers\\Sfx\\Misc' });
      const unloaded = await room.refused('object.setName', { object: '\\Containers\\Sfx', value: 'Other' });
      expect(unloaded.message).toContain('is unloaded');
      expect(room.project.isDirty).toBe(false);
      await room.call('workUnit.load', { object: '\\Containers\\Sfx\\Misc' });
    });
  });

  it('is in its place before a Work Unit is made in it', async () => {
    await withFolders(async (room) => {
      await room.call('object.setName', { object: '\\Containers\\SFX', value: 'Zoo' });
      await room.call('object.create', { parent: '\\Containers\\Zoo', type: 'WorkUnit', name: 'New' });
      expect(existsSync(room.at('Containers', 'Zoo', 'New.wwu'))).toBe(true);
      expect(existsSync(room.at('Containers', 'SFX'))).toBe(false);
    });
  });

  it('is not saved over a file that was changed meanwhile', async () => {
    await withFolders(async (room) => {
      await room.call('object.setName', { object: '\\Containers\\SFX', value: 'Zoo' });
      const misc = room.at('Containers', 'SFX', 'Misc.wwu');
      const text = readFileSync(misc, 'utf8');
      writeFileSync(misc, `${text}<!-- theirs -->`);
      const refused = await room.refused('project.save');
      expect(refused).toMatchObject({ uri: 'ak.wwise.file_error', details: { files: [misc] } });
      expect(existsSync(room.at('Containers', 'Zoo'))).toBe(false);
      writeFileSync(misc, text);
    });
  });
});

describe('a physical folder that is moved', () => {
  it('takes its directory along, at once', async () => {
    await withFolders(async (room) => {
      await room.call('object.move', { object: '\\Containers\\SFX\\Weapons', parent: '\\Containers\\SFX 2' });
      expect(existsSync(room.at('Containers', 'SFX 2', 'Weapons', 'Pistols.wwu'))).toBe(true);
      expect(existsSync(room.at('Containers', 'SFX', 'Weapons'))).toBe(false);
      expect(room.project.isDirty).toBe(false);
    });
  });

  it('stays among folders of its hierarchy, and is not copied', async () => {
    await withFolders(async (room) => {
      const refusals = [
        ['object.move', '\\Containers\\SFX', '\\Events'],
        ['object.move', '\\Containers\\SFX', '\\Containers\\Default Work Unit'],
        ['object.move', '\\Containers\\SFX', '\\Containers\\SFX\\Weapons'],
        ['object.move', '\\Containers\\SFX\\Misc', '\\Events'],
        ['object.move', '\\Containers', '\\Events'],
        ['object.copy', '\\Containers\\SFX', '\\Containers\\SFX 2'],
        ['object.copy', '\\Containers\\SFX\\Misc', '\\Events'],
        ['object.copy', '\\Containers', '\\Events'],
      ] as const;
      for (const [uri, object, parent] of refusals) {
        expect(await room.refused(uri, { object, parent })).toMatchObject({
          uri: 'ak.wwise.invalid_arguments',
        });
      }
      expect(room.project.isDirty).toBe(false);
    });
  });
});

describe('an unloaded Work Unit', () => {
  it('is neither deleted, copied nor moved: what is not in memory would be lost', async () => {
    await withFolders(async (room) => {
      const object = '\\Containers\\SFX\\Weapons\\Guns';
      await room.call('workUnit.unload', { object });
      const before = room.bytes();
      for (const [uri, more] of [
        ['object.delete', {}],
        ['object.copy', { parent: '\\Containers\\SFX 2' }],
        ['object.move', { parent: '\\Containers\\SFX 2' }],
      ] as const) {
        const refused = await room.refused(uri, { object, ...more });
        expect(refused.message).toContain('is unloaded: load its Work Unit first');
      }
      const folder = await room.refused('object.delete', { object: '\\Containers\\SFX' });
      expect(folder.message).toContain('is unloaded');
      expect(room.project.isDirty).toBe(false);
      expect(room.bytes()).toEqual(before);
      await room.call('workUnit.load', { object });
      expect(room.project.model.byPath(`${object}\\Pistols\\In Pistols`)?.type).toBe('Sound');
    });
  });
});

describe('a physical folder that is deleted', () => {
  it('goes at once with directory, Work Units and the references to them', async () => {
    await withFolders(async (room) => {
      await room.call('object.delete', { object: '\\Containers\\SFX' });
      expect(existsSync(room.at('Containers', 'SFX'))).toBe(false);
      expect(pathsInProject(readFileSync(room.project.filePath, 'utf8'))).toEqual([
        'Containers',
        'Containers\\SFX 2',
      ]);
      await room.refused('undo.undo');
      const { return: rows } = await room.call(
        'object.get',
        { waql: 'from type action' },
        { return: ['Target'] },
      );
      expect(rows).toEqual([{}]);
    });
  });

  it('leaves behind what is not of the project', async () => {
    await withFolders(async (room) => {
      const notes = room.at('Containers', 'SFX', 'Weapons', 'read me.txt');
      writeFileSync(notes, 'ours');
      await room.call('object.delete', { object: '\\Containers\\SFX\\Weapons' });
      expect(readdirSync(dirname(notes))).toEqual(['read me.txt']);
    });
  });

  it('is refused when one of its files changed on disk, and stays whole', async () => {
    await withFolders(async (room) => {
      const misc = room.at('Containers', 'SFX', 'Misc.wwu');
      const text = readFileSync(misc, 'utf8');
      writeFileSync(misc, `${text}<!-- theirs -->`);
      const refused = await room.refused('object.delete', { object: '\\Containers\\SFX' });
      expect(refused).toMatchObject({ uri: 'ak.wwise.file_error', details: { files: [misc] } });
      writeFileSync(misc, text);
      expect(room.engine.project?.isDirty).toBe(false);
    });
  });

  it('is refused where the project would lose what it must have', async () => {
    await withFolders(async (room) => {
      for (const object of [
        '\\Containers',
        '\\Busses\\Default Work Unit',
        '\\Busses\\Default Work Unit\\Main Audio Bus',
        '\\Conversion Settings\\Default Work Unit',
      ]) {
        const refused = await room.refused('object.delete', { object });
        expect(refused).toMatchObject({ uri: 'ak.wwise.invalid_arguments' });
        expect(refused.message).toContain('cannot be deleted');
      }
    });
  });
});
