import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { type TwoClients, withTwoClients } from '../../../harness/two-clients.ts';
import { writeTone } from '../../../harness/wave.ts';
import { node } from '../../harness.ts';

/** Runs that a rollback must roll back call by call, because another client changed something else since. */

const parentPath = '\\Containers\\Default Work Unit';
const from = `${parentPath}\\From`;
const to = `${parentPath}\\To`;
const bystander = '\\Triggers\\Default Work Unit';

interface Rolled {
  readonly report: JsonObject;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/** Runs it, lets B work elsewhere, rolls it back; the files of the project before and after, saved. */
async function rolledBack(room: TwoClients, ...nodes: readonly JsonObject[]): Promise<Rolled> {
  const before = await room.saved();
  const { executionId, answer } = await room.run({ nodes: [...nodes] });
  expect(answer).toMatchObject({ ok: true });
  await room.b.done('set_notes', { objectId: bystander, notes: 'x' });
  const result = await room.runs.rollback(executionId);
  await room.b.done('set_notes', { objectId: bystander, notes: '' });
  return { report: { ...result.data }, before, after: await room.saved() };
}

async function containers({ a }: TwoClients): Promise<void> {
  for (const name of ['From', 'To']) await a.done('create_object', { type: 'ActorMixer', name, parentPath });
  for (const name of ['S1', 'S2']) await a.done('create_sound', { name, parentPath: from });
  await a.done('create_object', { type: 'BlendContainer', name: 'Box', parentPath: from });
  await a.done('create_sound', { name: 'In', parentPath: `${from}\\Box` });
}

describe('what was moved', () => {
  it.each(['fail', 'rename', 'replace'] as const)(
    'goes back where it was, with all below it (onNameConflict: %s)',
    (onNameConflict) =>
      withTwoClients(async (room) => {
        await containers(room);
        const { report, before, after } = await rolledBack(
          room,
          node('a', 'move_object', { objects: [`${from}\\Box`], parentPath: to, onNameConflict }),
        );
        expect(report).toMatchObject({ how: 'inverse', rolledBack: ['a'], verified: true });
        expect(after).toEqual(before);
      }),
  );

  it('and got another name there gets its own again', () =>
    withTwoClients(async (room) => {
      await containers(room);
      await room.a.done('create_object', { type: 'BlendContainer', name: 'Box', parentPath: to });
      const { report, before, after } = await rolledBack(
        room,
        node('a', 'move_object', { objects: [`${from}\\Box`], parentPath: to, onNameConflict: 'rename' }),
      );
      expect(report).toMatchObject({ rolledBack: ['a'], verified: true });
      expect(after).toEqual(before);
    }));

  it('in the place of another stays there and is named: nothing brings that back', () =>
    withTwoClients(async (room) => {
      await containers(room);
      await room.a.done('create_object', { type: 'BlendContainer', name: 'Box', parentPath: to });
      const { report } = await rolledBack(
        room,
        node('a', 'move_object', { objects: [`${from}\\Box`], parentPath: to, onNameConflict: 'replace' }),
      );
      expect(report).toMatchObject({ verified: false, notRolledBack: [{ node: 'a' }] });
      await room.b.done('get_object', { objectId: `${to}\\Box\\In` });
    }));
});

describe('children that others add to the same parent meanwhile', () => {
  it.each([
    [
      'set_objects',
      {
        objects: [{ object: from, children: [{ type: 'Sound', name: 'New' }] }],
        onNameConflict: 'merge',
      },
    ],
    ['create_sound', { name: 'New', parentPath: from, onNameConflict: 'merge' }],
  ])('are not taken for what %s made', (command, input) =>
    withTwoClients(async (room) => {
      await containers(room);
      room.beforeCall(
        (uri) => /object\.(set|create)$/.test(uri),
        () => room.b.done('create_sound', { name: 'Theirs', parentPath: from }),
      );
      const { report } = await rolledBack(room, node('a', command, input));
      expect(report).toMatchObject({ rolledBack: ['a'], notRolledBack: [], verified: true });
      await room.b.done('get_object', { objectId: `${from}\\Theirs` });
      await room.b.refused('get_object', { objectId: `${from}\\New` });
    }),
  );

  it('are not taken for what an import made', () =>
    withTwoClients(async (room) => {
      await containers(room);
      const filePath = join(room.dir, 'wavs', 'new.wav');
      writeTone(filePath);
      room.beforeCall(
        (uri) => uri.endsWith('audio.import'),
        () => room.b.done('create_sound', { name: 'Theirs', parentPath: from }),
      );
      const { report } = await rolledBack(
        room,
        node('a', 'import_files', { parentPath: from, files: [{ filePath }] }),
      );
      expect(report).toMatchObject({ rolledBack: ['a'], notRolledBack: [], verified: true });
      await room.b.done('get_object', { objectId: `${from}\\Theirs` });
      await room.b.refused('get_object', { objectId: `${from}\\new` });
    }));
});

describe('names that moved along a chain', () => {
  it.each([
    ['upwards', ['S1', 'S2', 'S3'], 2],
    ['downwards', ['S2', 'S3', 'S4'], 1],
  ])('are all given back (%s)', (_way, names, start) =>
    withTwoClients(async (room) => {
      await room.a.done('create_object', { type: 'ActorMixer', name: 'AM', parentPath });
      for (const name of names) await room.a.done('create_sound', { name, parentPath: `${parentPath}\\AM` });
      const query = 'from type Sound where name : "S"';
      const { report, before, after } = await rolledBack(
        room,
        node('a', 'rename_by_pattern', { query, template: 'S{n}', start }),
      );
      expect(report).toMatchObject({ rolledBack: ['a'], verified: true });
      expect(after).toEqual(before);
    }),
  );
});

describe('an import into a Sound that plays another source', () => {
  it.each(['audio_import', 'import_files'])('lets it play that one again (%s)', (command) =>
    withTwoClients(async (room) => {
      await containers(room);
      const [old, fresh] = ['old', 'fresh'].map((name) => join(room.dir, 'wavs', `${name}.wav`));
      for (const path of [old, fresh]) writeTone(path ?? '');
      await room.a.done('audio_import', { filePath: old, objectId: `${from}\\S1` });
      const input =
        command === 'audio_import'
          ? { filePath: fresh ?? '', objectId: `${from}\\S1` }
          : { parentPath: from, files: [{ filePath: fresh ?? '', name: 'S1' }] };
      const { report, before, after } = await rolledBack(room, node('a', command, input));
      expect(report).toMatchObject({ rolledBack: ['a'], verified: true });
      expect(after).toEqual(before);
    }),
  );
});

describe('what hangs on what was changed', () => {
  const states = { objectId: `${from}\\S1`, stateGroups: ['StateGroup:Weather'], properties: ['Volume'] };

  it.each([
    ['its State Group', { stateGroups: [] }],
    ['another State Group', { stateGroups: ['StateGroup:Other'] }],
    ['the property', { properties: ['Pitch'] }],
  ])('of States is named when %s is taken away or replaced', (_what, change) =>
    withTwoClients(async (room) => {
      await containers(room);
      for (const name of ['Weather', 'Other'])
        await room.a.done('create_state_group', { name, members: ['Rain'] });
      await room.a.done('set_states', { ...states, values: [{ state: 'Rain', values: { Volume: -5 } }] });
      const { report } = await rolledBack(
        room,
        node('a', 'set_states', { objectId: `${from}\\S1`, ...change }),
      );
      expect(report).toMatchObject({
        verified: false,
        notRolledBack: [{ node: 'a', why: expect.stringContaining('What States did to it') }],
      });
    }),
  );

  it('of States comes back when only one was added', () =>
    withTwoClients(async (room) => {
      await containers(room);
      for (const name of ['Weather', 'Other'])
        await room.a.done('create_state_group', { name, members: ['Rain'] });
      await room.a.done('set_states', { ...states, values: [{ state: 'Rain', values: { Volume: -5 } }] });
      const { report, before, after } = await rolledBack(
        room,
        node('a', 'set_states', {
          objectId: `${from}\\S1`,
          stateGroups: ['StateGroup:Weather', 'StateGroup:Other'],
        }),
      );
      expect(report).toMatchObject({ verified: true });
      expect(after).toEqual(before);
    }));

  it('of an import file is set again: properties, references and notes of its columns', () =>
    withTwoClients(async (room) => {
      await containers(room);
      await room.a.done('create_object', {
        type: 'Bus',
        name: 'Music',
        parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus',
      });
      const wav = join(room.dir, 'wavs', 'listed.wav');
      writeTone(wav);
      const filePath = join(room.dir, 'import.txt');
      const rows = [
        ['Audio File', 'Object Path', 'Property[Volume]', 'Reference[OutputBus]', '@Pitch', 'Notes'],
        [wav, `${from}\\S1`, '-4', '\\Busses\\Default Work Unit\\Main Audio Bus\\Music', '100', 'listed'],
      ];
      writeFileSync(filePath, rows.map((cells) => cells.join('\t')).join('\r\n'));
      const { report, before, after } = await rolledBack(
        room,
        node('a', 'import_tab_delimited', { filePath }),
      );
      expect(report).toMatchObject({ rolledBack: ['a'], verified: true });
      expect(after).toEqual(before);
    }));
});
