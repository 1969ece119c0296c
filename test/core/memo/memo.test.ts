import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { type WaapiBackend, WaapiLinkError } from '../../../src/wwise/connection/backend.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { toneBytes, writeTone } from '../../harness/wave.ts';

const containers = '\\Containers\\Default Work Unit';
const boom = { name: 'Boom', parentPath: containers };

describe('the memo', () => {
  it('answers an identical create with the object that is already there', () =>
    withProject(async ({ bus, waapi }) => {
      const first = await bus.dispatch('create_sound', boom);
      const callsBefore = waapi.callCount;
      const second = await bus.dispatch('create_sound', boom);
      expect(second).toEqual({ ...first, memo: 'hit' });
      expect(waapi.callCount - callsBefore).toBe(1);
      expect(await countOf('Sound', bus)).toBe(1);
    }));

  it('knows an input however it is spelled, and keeps scopes apart', () =>
    withProject(async ({ bus }) => {
      await bus.dispatch('create_sound', boom);
      const slashes = { name: ' Boom ', parentPath: '/Containers//Default Work Unit', voice: false };
      expect(await bus.dispatch('createSound', slashes)).toMatchObject({ memo: 'hit' });
      const scoped = await bus.dispatch('create_sound', boom, { scope: 'flow/n1' });
      expect(scoped).toMatchObject({ ok: false, code: 'NAME_CONFLICT' });
    }));

  it('gives a hit the path its object has now', () =>
    withProject(async ({ bus, done, waapi }) => {
      const folder = await done('create_object', { type: 'Folder', name: 'F', parentPath: containers });
      const input = { name: 'Boom', parentPath: String(folder.id) };
      const { id } = await done('create_sound', input);
      await waapi.call('ak.wwise.core.object.setName', { object: String(folder.id), value: 'G' });
      expect(await bus.dispatch('create_sound', input)).toMatchObject({
        memo: 'hit',
        data: { id, path: `${containers}\\G\\Boom` },
      });
    }));

  it('creates again what was renamed or moved away, and leaves the other one alone', () =>
    withProject(async ({ bus, done, waapi }) => {
      const first = await done('create_sound', boom);
      await waapi.call('ak.wwise.core.object.setName', { object: String(first.id), value: 'Bang' });
      const second = await bus.dispatch('create_sound', boom);
      expect(second).toMatchObject({ memo: 'stale', data: { name: 'Boom' } });
      const folder = await done('create_object', { type: 'Folder', name: 'F', parentPath: containers });
      await waapi.call('ak.wwise.core.object.move', {
        object: String(second.data?.id),
        parent: String(folder.id),
      });
      expect(await bus.dispatch('create_sound', boom)).toMatchObject({ memo: 'stale' });
      expect(await countOf('Sound', bus)).toBe(3);
    }));

  it('puts right a value that its create gave, on the object that is there', () =>
    withProject(async ({ bus, done, waapi }) => {
      const input = { ...boom, type: 'Sound', properties: { Volume: -6 }, notes: 'Loud' };
      const { id } = await done('create_object', input);
      await waapi.call('ak.wwise.core.object.setProperty', {
        object: String(id),
        property: 'Volume',
        value: 0,
      });
      await waapi.call('ak.wwise.core.object.setNotes', { object: String(id), value: 'Soft' });
      expect(await bus.dispatch('create_object', input)).toMatchObject({ memo: 'stale', data: { id } });
      expect(await done('get_object', { objectId: String(id), return: ['@Volume', 'notes'] })).toMatchObject({
        values: { '@Volume': -6, notes: 'Loud' },
      });
      expect(await bus.dispatch('create_object', input)).toMatchObject({ memo: 'hit', data: { id } });
      expect(await countOf('Sound', bus)).toBe(1);
    }));

  it('makes again what is missing below the object that is there, and keeps what others put beside it', () =>
    withProject(async ({ bus, done, waapi }) => {
      const input = {
        type: 'RandomSequenceContainer',
        name: 'Steps',
        parentPath: containers,
        children: [
          { type: 'Sound', name: 'One' },
          { type: 'Sound', name: 'Two', properties: { Volume: -3 } },
        ],
      };
      const { id } = await done('create_object', input);
      await waapi.call('ak.wwise.core.object.delete', { object: `${containers}\\Steps\\Two` });
      await waapi.call('ak.wwise.core.object.create', { parent: String(id), type: 'Sound', name: 'Mine' });
      expect(await bus.dispatch('create_object', input)).toMatchObject({ memo: 'stale', data: { id } });
      const { objects } = await done('query_waql', {
        query: `$ "${String(id)}" select children`,
        return: ['name', '@Volume'],
      });
      expect(objects).toMatchObject([
        { name: 'One', '@Volume': 0 },
        { name: 'Mine', '@Volume': 0 },
        { name: 'Two', '@Volume': -3 },
      ]);
      expect(await bus.dispatch('create_object', input)).toMatchObject({ memo: 'hit' });
    }));

  it('creates again what was deleted, and says stale', () =>
    withProject(async ({ bus, done, waapi }) => {
      const first = await done('create_sound', boom);
      await waapi.call('ak.wwise.core.object.delete', { object: String(first.id) });
      const again = await bus.dispatch('create_sound', boom);
      expect(again).toMatchObject({ ok: true, memo: 'stale' });
      expect(again.data?.id).not.toBe(first.id);
      expect(await bus.dispatch('create_sound', boom)).toEqual({ ...again, memo: 'hit' });
    }));

  it('sets again a value that somebody changed', () =>
    withProject(async ({ bus, done, waapi }) => {
      const { id } = await done('create_sound', boom);
      const quieter = { objectId: String(id), property: 'Volume', value: -6.1 };
      expect(await bus.dispatch('set_property', quieter)).toMatchObject({ memo: 'miss' });
      expect(await bus.dispatch('set_property', quieter)).toMatchObject({ memo: 'hit' });
      await waapi.call('ak.wwise.core.object.setProperty', {
        object: String(id),
        property: 'Volume',
        value: 3,
      });
      expect(await bus.dispatch('set_property', quieter)).toMatchObject({
        memo: 'stale',
        data: { previousValue: 3 },
      });
    }));

  it('does not take a new object at the same path for the old one', () =>
    withProject(async ({ bus, done, waapi }) => {
      const path = `${containers}\\Boom`;
      const first = await done('create_sound', boom);
      const byPath = { objectId: path, property: 'Volume', value: -6 };
      await done('set_property', byPath);
      await waapi.call('ak.wwise.core.object.setName', { object: String(first.id), value: 'Old' });
      await waapi.call('ak.wwise.core.object.create', { parent: containers, type: 'Sound', name: 'Boom' });
      expect(await bus.dispatch('set_property', byPath)).toMatchObject({
        memo: 'stale',
        data: { previousValue: 0 },
      });

      await done('delete_object', { objectId: path });
      expect(await bus.dispatch('delete_object', { objectId: path })).toMatchObject({ memo: 'hit' });
      await waapi.call('ak.wwise.core.object.create', { parent: containers, type: 'Sound', name: 'Boom' });
      expect(await bus.dispatch('delete_object', { objectId: path })).toMatchObject({
        ok: true,
        memo: 'stale',
      });
      expect(await countOf('Sound', bus)).toBe(1);
    }));

  it('imports again when the file changed, or when the original in the project did', () =>
    withProject(async ({ bus, done, dir }) => {
      const filePath = join(dir, 'boom.wav');
      writeTone(filePath);
      const { objectId } = await done('create_sound', boom);
      const imported = { objectId: String(objectId), filePath };
      const first = await done('audio_import', imported);
      expect(await bus.dispatch('audio_import', imported)).toMatchObject({ memo: 'hit' });

      const original = String((first.files as readonly string[])[0]);
      writeFileSync(original, toneBytes({ frequencyHz: 100 }));
      expect(await bus.dispatch('audio_import', imported)).toMatchObject({ ok: true, memo: 'stale' });

      writeTone(filePath, { frequencyHz: 880 });
      expect(await bus.dispatch('audio_import', imported)).toMatchObject({ ok: true, memo: 'miss' });
      expect(await countOf('AudioFileSource', bus)).toBe(1);
    }));

  it('does the work again when asked to', () =>
    withProject(async ({ bus }) => {
      const renamed = { ...boom, onNameConflict: 'rename' };
      await bus.dispatch('create_sound', renamed);
      expect(await bus.dispatch('create_sound', renamed, { forceRerun: true })).toMatchObject({
        memo: 'miss',
      });
      expect(await countOf('Sound', bus)).toBe(2);
    }));

  it('does identical requests that arrive together only once', () =>
    withProject(async ({ bus }) => {
      const results = await Promise.all([1, 2, 3].map(() => bus.dispatch('create_sound', boom)));
      expect(results.map((result) => (result.ok ? result.memo : result.code))).toEqual([
        'miss',
        'hit',
        'hit',
      ]);
    }));

  it('is shared with another process', () =>
    withProject(async ({ done, anotherBus }) => {
      const first = await done('create_sound', boom);
      expect(await anotherBus().dispatch('create_sound', boom)).toMatchObject({ memo: 'hit', data: first });
    }));

  it('never memoises reads and saves', () =>
    withProject(async ({ bus }) => {
      for (let i = 0; i < 2; i++) {
        expect(await bus.dispatch('project_info', {})).toMatchObject({ memo: 'off', idemKey: null });
        expect(await bus.dispatch('project_save', {})).toMatchObject({ memo: 'off', idemKey: null });
      }
    }));
});

describe('an effect whose answer was lost', () => {
  it.each(['create_sound', 'create_object', 'create_event', 'audio_import', 'delete_object'])(
    'is adopted, not done twice: %s',
    (command) => {
      const link = { cutAfter: '' };
      return withProject(
        async (room) => {
          const input = await inputFor(command, room);
          link.cutAfter = uriOf(command);
          const lost = await room.bus.dispatch(command, input);
          expect(lost).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
          const objects = await everything(room);

          const settled = await room.anotherBus().dispatch(command, input);
          expect(settled).toMatchObject({ ok: true, memo: 'miss' });
          expect(await everything(room)).toEqual(objects);
          expect(await room.bus.dispatch(command, input)).toEqual({ ...settled, memo: 'hit' });
        },
        { wire: (backend) => cut(backend, link) },
      );
    },
  );

  it('is adopted although the project was read back in vain after it', () => {
    let created = false;
    let failures = 0;
    // Wwise goes away right after the create: reading back fails, behind the create and after it, and so does the second try of the connection.
    const wire = (backend: WaapiBackend): WaapiBackend => ({
      ...backend,
      async call(uri, args, options) {
        if (created && failures < 3 && uri === 'ak.wwise.core.object.get') {
          failures += 1;
          throw new WaapiLinkError('The socket closed.', true);
        }
        if (uri === 'ak.wwise.core.object.create') created = true;
        return backend.call(uri, args, options);
      },
    });
    return withProject(
      async ({ bus, refused }) => {
        expect((await refused('create_sound', boom)).code).toBe('OUTCOME_UNKNOWN');
        expect(await bus.dispatch('create_sound', boom)).toMatchObject({ ok: true, memo: 'miss' });
        expect(await countOf('Sound', bus)).toBe(1);
        expect(await bus.dispatch('create_sound', boom)).toMatchObject({ memo: 'hit' });
      },
      { wire },
    );
  });

  it('is done when it had not taken place', () =>
    withProject(async ({ bus, done, memo }) => {
      await done('create_sound', { ...boom, name: 'Other' });
      const first = await bus.dispatch('create_sound', boom);
      const { id, idemKey } = { id: String(first.data?.id), idemKey: first.ok ? String(first.idemKey) : '' };
      await done('delete_object', { objectId: id });
      await memo.intend({ key: idemKey, command: 'create_sound', before: [] });
      expect(await bus.dispatch('create_sound', boom)).toMatchObject({ ok: true, memo: 'miss' });
      expect(await countOf('Sound', bus)).toBe(2);
    }));

  it('is not mistaken for something else that appeared meanwhile', () =>
    withProject(async ({ bus, done, memo }) => {
      const first = await bus.dispatch('create_sound', boom);
      await done('delete_object', { objectId: String(first.data?.id) });
      const key = first.ok ? String(first.idemKey) : '';
      await memo.intend({ key, command: 'create_sound', before: [] });
      await done('create_sound', { ...boom, name: 'Boom_01' });
      await done('create_object', { ...boom, name: 'Boom 2', type: 'BlendContainer' });
      expect(await bus.dispatch('create_sound', boom)).toMatchObject({
        memo: 'miss',
        data: { name: 'Boom' },
      });
      expect(await countOf('Sound', bus)).toBe(2);
    }));

  it('is forgotten when the effect is known not to have happened', () =>
    withProject(async ({ bus, memo, refused }) => {
      await bus.dispatch('create_sound', boom, { scope: 'a/1' });
      const { details } = await refused('create_sound', boom, { scope: 'a/2' });
      expect(details).toMatchObject({ existing: { name: 'Boom' } });
      // The key of the refused call: nothing may be left under it.
      const renamed = await bus.dispatch('create_sound', { ...boom, name: 'Free' }, { scope: 'a/2' });
      expect(renamed.ok && (await memo.get(String(renamed.idemKey)))?.state).toBe('done');
      expect((await refused('create_sound', boom, { scope: 'a/2' })).code).toBe('NAME_CONFLICT');
    }));
});

describe('checking a whole run ahead', () => {
  it('takes one query, whatever the number of entries, and each verdict serves once', () =>
    withProject(async ({ bus, done, waapi }) => {
      const inputs = ['A', 'B', 'C', 'D'].map((name) => ({ name, parentPath: containers }));
      for (const input of inputs) await done('create_sound', input, { scope: 'flow/n' });
      const probes = inputs.map((input) => ({ command: 'createSound', input, scope: 'flow/n' }));

      const callsBefore = waapi.callCount;
      await bus.prefetch([...probes, { command: 'query_waql', input: { query: 'x' }, scope: 's' }]);
      for (const input of inputs) {
        expect(await bus.dispatch('create_sound', input, { scope: 'flow/n' })).toMatchObject({ memo: 'hit' });
      }
      expect(waapi.callCount - callsBefore).toBe(1);
      await bus.dispatch('create_sound', inputs[0], { scope: 'flow/n' });
      expect(waapi.callCount - callsBefore).toBe(2);
    }));

  it('finds the entries that no longer hold among many', () =>
    withProject(async ({ bus, done, waapi }) => {
      const inputs = Array.from({ length: 9 }, (_, i) => ({ name: `S${i}`, parentPath: containers }));
      for (const input of inputs) await done('create_sound', input, { scope: 'flow/n' });
      for (const gone of ['S2', 'S7'])
        await waapi.call('ak.wwise.core.object.delete', { object: `${containers}\\${gone}` });
      await bus.prefetch(inputs.map((input) => ({ command: 'create_sound', input, scope: 'flow/n' })));
      const states: unknown[] = [];
      for (const input of inputs) states.push((await dispatched(bus, input)).memo);
      expect(states).toEqual(['hit', 'hit', 'stale', 'hit', 'hit', 'hit', 'hit', 'stale', 'hit']);
    }));

  it('trusts nothing it saw before the project changed', () =>
    withProject(async ({ bus, done, waapi }) => {
      const { id } = await done('create_sound', boom);
      const volume = (value: number) => ({ objectId: String(id), property: 'Volume', value });
      await done('set_property', volume(5), { scope: 'flow/a' });
      await done('set_property', volume(3), { scope: 'flow/b' });
      await bus.prefetch([
        { command: 'set_property', input: volume(5), scope: 'flow/a' },
        { command: 'set_property', input: volume(3), scope: 'flow/b' },
      ]);
      // The later one took its place: done together, both hold.
      expect(await bus.dispatch('set_property', volume(5), { scope: 'flow/a' })).toMatchObject({
        memo: 'hit',
      });
      await waapi.call('ak.wwise.core.object.setProperty', {
        object: String(id),
        property: 'Volume',
        value: 0,
      });
      await done('set_property', { ...volume(1), property: 'Pitch' });
      expect(await bus.dispatch('set_property', volume(3), { scope: 'flow/b' })).toMatchObject({
        memo: 'stale',
      });
      expect(await done('get_object', { objectId: String(id), return: ['@Volume'] })).toMatchObject({
        values: { '@Volume': 3 },
      });
    }));
});

async function dispatched(bus: ProjectRoom['bus'], input: JsonObject) {
  const result = await bus.dispatch('create_sound', input, { scope: 'flow/n' });
  return { memo: result.ok ? result.memo : result.code };
}

async function countOf(type: string, bus: ProjectRoom['bus']): Promise<unknown> {
  const result = await bus.dispatch('query_waql', { query: `from type ${type}` });
  return result.data?.total;
}

async function everything({ waapi }: ProjectRoom): Promise<unknown> {
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: '$ from project' },
    { return: ['id', 'name'] },
  );
  return answer.return;
}

/** The wire that breaks once after Wwise did what it was asked, before its answer arrives. */
function cut(backend: WaapiBackend, link: { cutAfter: string }): WaapiBackend {
  return {
    ...backend,
    async call(uri, args, options) {
      const answer = await backend.call(uri, args, options);
      if (uri !== link.cutAfter) return answer;
      link.cutAfter = '';
      throw new WaapiLinkError('The socket closed.', true);
    },
  };
}

function uriOf(command: string): string {
  if (command === 'audio_import') return 'ak.wwise.core.audio.import';
  return `ak.wwise.core.object.${command === 'delete_object' ? 'delete' : 'create'}`;
}

async function inputFor(command: string, { done, dir }: ProjectRoom): Promise<JsonObject> {
  const target = await done('create_sound', { name: 'Target', parentPath: containers });
  writeTone(join(dir, 'boom.wav'));
  copyFileSync(join(dir, 'boom.wav'), join(dir, 'other.wav'));
  switch (command) {
    case 'create_object':
      return {
        ...boom,
        type: 'BlendContainer',
        children: [{ type: 'Sound', name: 'In' }],
        onNameConflict: 'rename',
      };
    case 'create_event':
      return { name: 'Play_It', targetPath: String(target.id) };
    case 'audio_import':
      return { filePath: 'boom.wav', parentPath: containers, importOperation: 'createNew' };
    case 'delete_object':
      return { objectId: String(target.path) };
    default:
      return { ...boom, onNameConflict: 'rename' };
  }
}
