import { describe, expect, it } from 'vitest';
import { asJsonArray, type JsonObject } from '../../../../src/core/json.ts';
import { withEngine } from '../../../harness/engine.ts';
import { turnsOfOthers } from '../../../harness/long-turns.ts';

const unit = '\\Containers\\Default Work Unit';
const children = (type: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ type, name: `${type} ${at}`, notes: 'x'.repeat(20) }));

describe('what is saved at once', () => {
  it('gives others their turn, however much was unsaved before', async () => {
    await withEngine(async ({ call, openSession }) => {
      await call('object.set', { objects: [{ object: unit, children: children('Folder', 4_000) }] });
      const create = { parent: '\\Containers', type: 'WorkUnit', name: 'Made' };
      expect(await turnsOfOthers(() => call('object.create', create))).toBeGreaterThan(10);
      await call('object.setNotes', { object: unit, value: 'changed' });
      const other = openSession();
      const copying = call('object.copy', { object: unit, parent: '\\Containers', onNameConflict: 'rename' });
      const get = 'ak.wwise.core.object.get';
      let copy: JsonObject = {};
      const turns = await turnsOfOthers(async () => {
        const read = other.call(get, { waql: `$ "${unit}"` }, { return: ['notes'] });
        expect(asJsonArray((await read).return)).toEqual([{ notes: 'changed' }]);
        copy = await copying;
      });
      expect(turns).toBeGreaterThan(10);
      const move = { object: copy.id ?? '', parent: `${unit}\\Folder 0` };
      expect(await turnsOfOthers(() => call('object.move', move))).toBeGreaterThan(10);
      expect(await turnsOfOthers(() => call('object.delete', { object: copy.id ?? '' }))).toBeGreaterThan(10);
      const left = await call('object.get', { waql: '$ from type WorkUnit where name : "Made"' });
      expect(asJsonArray(left.return)).toHaveLength(1);
    });
  });

  it('gives others their turn while one large file is written', async () => {
    await withEngine(async ({ call }) => {
      await call('object.set', { objects: [{ object: unit, notes: 'x'.repeat(30_000_000) }] });
      expect(await turnsOfOthers(() => call('project.save'))).toBeGreaterThan(25);
    });
  });
});

describe('pasted properties', () => {
  it('give others their turn between two targets', () =>
    withEngine(async ({ call }) => {
      const sounds = Array.from({ length: 200 }, (_, at) => ({ type: 'Sound', name: `S ${at}` }));
      await call('object.set', { objects: [{ object: unit, children: sounds }] });
      await call('object.setProperty', { object: `${unit}\\S 0`, property: 'Volume', value: -3 });
      const targets = sounds.map(({ name }) => `${unit}\\${name}`);
      const paste = () => call('object.pasteProperties', { source: `${unit}\\S 0`, targets });
      expect(await turnsOfOthers(paste)).toBeGreaterThan(200);
      const last = await call('object.get', { waql: `$ "${unit}\\S 199"` }, { return: ['@Volume'] });
      expect(last.return).toEqual([{ '@Volume': -3 }]);
    }));
});

describe('an import', () => {
  it('gives others their turn between its entries', () =>
    withEngine(async ({ call }) => {
      const imports = Array.from({ length: 200 }, (_, at) => ({ objectPath: `${unit}\\<Sound SFX>S ${at}` }));
      let made: JsonObject = {};
      const turns = await turnsOfOthers(async () => {
        made = await call('audio.import', { importOperation: 'useExisting', imports });
      });
      expect(asJsonArray(made.objects)).toHaveLength(200);
      expect(turns).toBeGreaterThan(300);
    }));

  it('gives others their turn while it makes a Work Unit, however much is saved with that', () =>
    withEngine(async ({ call, project }) => {
      await call('object.set', { objects: [{ object: unit, children: children('Folder', 4_000) }] });
      const imports = [{ objectPath: '\\Containers\\<Work Unit>Made\\<Sound SFX>S' }];
      const turns = await turnsOfOthers(() =>
        call('audio.import', { importOperation: 'useExisting', imports }),
      );
      expect(turns).toBeGreaterThan(10);
      expect(project.model.byPath('\\Containers\\Made\\S')?.type).toBe('Sound');
    }));
});
