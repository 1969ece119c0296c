import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';
import { nearestValidName } from '../../../../src/embedded/model/naming/name-rules.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeTone } from '../../../harness/wave.ts';

/** Where objects of a type whose names are unique in the project stand, and what such a place is below another folder. */
const unique: readonly (readonly [type: string, folder: string])[] = [
  ['Event', 'Events'],
  ['SwitchGroup', 'Switches'],
  ['StateGroup', 'States'],
  ['GameParameter', 'Game Parameters'],
  ['Trigger', 'Triggers'],
  ['SoundBank', 'SoundBanks'],
  ['DialogueEvent', 'Dynamic Dialogue'],
  ['AcousticTexture', 'Virtual Acoustics'],
  ['Attenuation', 'Attenuations'],
  ['Conversion', 'Conversion Settings'],
  ['ModulatorLfo', 'Modulators'],
  ['Bus', 'Busses'],
];

async function twoFolders({ call }: EngineRoom, folder: string): Promise<readonly [string, string]> {
  const below = async (name: string) => {
    const { id } = await call('object.create', {
      parent: `\\${folder}\\Default Work Unit`,
      type: 'Folder',
      name,
    });
    return asString(id) ?? '';
  };
  return [await below('One'), await below('Two')];
}

describe('a name that is unique in the project', () => {
  it.each(unique)('%s: is refused elsewhere whatever its case, and renamed on demand', (type, folder) =>
    withEngine(async (room) => {
      const [one, two] = await twoFolders(room, folder);
      await room.call('object.create', { parent: one, type, name: 'Steps_In' });
      for (const onNameConflict of ['fail', 'replace', 'merge']) {
        const error = await room.refused('object.create', {
          parent: two,
          type,
          name: 'STEPS_in',
          onNameConflict,
        });
        expect(error.uri).toBe('ak.wwise.invalid_arguments');
        expect(error.details).toMatchObject({ reason: 'name_in_use', candidates: ['STEPS_in_01'] });
        expect(error.message).toContain('\\One\\Steps_In');
      }
      const second = { parent: two, type, name: 'steps_in', onNameConflict: 'rename' };
      expect(await room.call('object.create', second)).toMatchObject({ name: 'steps_in_01' });
      expect(await room.call('object.create', second)).toMatchObject({ name: 'steps_in_02' });
      const other = await room.call('object.create', { parent: two, type, name: 'Other' });
      const renamed = await room.refused('object.setName', { object: other.id ?? '', value: 'Steps_IN' });
      expect(renamed.details).toMatchObject({ reason: 'name_in_use' });
      const set = await room.refused('object.set', {
        objects: [{ object: other.id ?? '', name: 'steps_IN' }],
      });
      expect(set.details).toMatchObject({ reason: 'name_in_use' });
    }),
  );

  it('is one list for busses of both kinds', () =>
    withEngine(async (room) => {
      const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
      await room.call('object.create', { parent: main, type: 'Bus', name: 'Big Hall' });
      const error = await room.refused('object.create', {
        parent: `${main}\\Big Hall`,
        type: 'AuxBus',
        name: 'big hall',
      });
      expect(error.details).toMatchObject({ reason: 'name_in_use' });
    }));

  it('is free again once it was renamed, deleted or undone', () =>
    withEngine(async (room) => {
      const [one, two] = await twoFolders(room, 'Events');
      const make = (parent: string, name: string) =>
        room.call('object.create', { parent, type: 'Event', name });
      const a = await make(one, 'A');
      await room.call('object.setName', { object: a.id ?? '', value: 'B' });
      await make(two, 'A');
      await room.call('ak.wwise.core.undo.undo');
      await room.call('ak.wwise.core.undo.undo');
      expect(
        (await room.refused('object.create', { parent: two, type: 'Event', name: 'a' })).details,
      ).toMatchObject({
        reason: 'name_in_use',
      });
      await make(two, 'B');
      await room.call('object.delete', { object: a.id ?? '' });
      await make(two, 'A');
    }));

  it('is made new for what is copied along, and what refers to it inside the copy follows', () =>
    withEngine(async (room) => {
      const [one] = await twoFolders(room, 'Events');
      await room.call('object.create', {
        parent: one,
        type: 'Event',
        name: 'Play_Rain',
        children: [{ type: 'Action', name: '', '@ActionType': 41 }],
      });
      const other = await room.call('object.create', { parent: one, type: 'Event', name: 'Post_Rain' });
      const { model } = room.project;
      const post = await room.call('object.create', { parent: other.id ?? '', type: 'Action', name: '' });
      await room.call('object.setReference', {
        object: post.id ?? '',
        reference: 'Target',
        value: `\\Events\\Default Work Unit\\One\\Play_Rain`,
      });
      await room.call('object.copy', {
        object: one,
        parent: '\\Events\\Default Work Unit',
        onNameConflict: 'rename',
      });
      const copies = model.byPath('\\Events\\Default Work Unit\\One_01')?.children ?? [];
      expect(copies.map(({ name }) => name)).toEqual(['Play_Rain_01', 'Post_Rain_01']);
      const action = copies[1]?.children[0];
      expect(action && model.reference(action, 'Target')?.name).toBe('Play_Rain_01');
      expect(action && model.path(action)).toContain('Play_Rain_01');
    }));

  it('is asked for again where an Event is copied', () =>
    withEngine(async (room) => {
      const [one, two] = await twoFolders(room, 'Events');
      const event = await room.call('object.create', { parent: one, type: 'Event', name: 'Play' });
      const copy = { object: event.id ?? '', parent: two };
      expect((await room.refused('object.copy', copy)).details).toMatchObject({ candidates: ['Play_01'] });
      expect(
        await room.call('object.copy', { ...copy, onNameConflict: 'rename' }, { return: ['name'] }),
      ).toMatchObject({ name: 'Play_01' });
      await room.call('object.move', copy);
      expect(room.project.model.byId(asString(event.id) ?? '')?.name).toBe('Play');
    }));

  it('leaves Switches, States and sounds to their parents', () =>
    withEngine(async (room) => {
      const group = (name: string) => ({
        parent: '\\Switches\\Default Work Unit',
        type: 'SwitchGroup',
        name,
        children: [{ type: 'Switch', name: 'High' }],
      });
      await room.call('object.create', group('Health'));
      await room.call('object.create', group('Heat'));
      const error = await room.refused('object.create', {
        parent: '\\Switches\\Default Work Unit\\Heat',
        type: 'Switch',
        name: 'high',
      });
      expect(error.message).toBe("'parent' already has child with same name.");
    }));

  it('is refused in an import, which says so and makes nothing', () =>
    withEngine(async (room) => {
      const [one] = await twoFolders(room, 'Events');
      await room.call('object.create', { parent: one, type: 'Event', name: 'Play_Wind' });
      const audioFile = join(room.dir, 'wind.wav');
      writeTone(audioFile);
      const entry = (event: string) => ({
        audioFile,
        objectPath: '\\Containers\\Default Work Unit\\<Sound SFX>Wind',
        event,
      });
      const outcome = await room.call('audio.import', {
        importOperation: 'useExisting',
        default: { importLanguage: 'SFX' },
        imports: [
          entry('\\Events\\Default Work Unit\\play_wind'),
          entry('\\Events\\Default Work Unit\\Play Wind!'),
        ],
      });
      const messages = asJsonArray(outcome.log).map((line) => asString(asJsonObject(line).message));
      expect(messages).toEqual([
        expect.stringContaining(
          'The name "play_wind" is that of \\Events\\Default Work Unit\\One\\Play_Wind',
        ),
        expect.stringContaining('Use "Play_Wind"'),
      ]);
      expect(room.project.model.byPath('\\Containers\\Default Work Unit\\Wind')).toBeUndefined();
    }));
});

describe('characters of names', () => {
  it.each([
    ['Event', 'Play Wind!', 'Play_Wind'],
    ['GameParameter', '1_x', '_1_x'],
    ['SoundBank', 'Überfall 2', 'Uberfall_2'],
    ['Trigger', '音', 'Trigger'],
    ['SwitchGroup', 'a-b/c', 'a_b_c'],
    ['StateGroup', '  Mood ', 'Mood'],
    ['State', 'Half.Life', 'Half_Life'],
    ['Switch', '9', '_9'],
    ['Bus', 'a"b', 'a_b'],
    ['WorkUnit', 'a:b. ', 'a_b'],
    ['WorkUnit', 'con', '_con'],
  ])('%s "%s" is answered with "%s"', (type, name, nearest) => {
    expect(nearestValidName(name, type)).toBe(nearest);
    expect(nearestValidName(nearest, type)).toBe(nearest);
  });

  it('are those of identifiers for what games name, and free for busses and sounds', () =>
    withEngine(async (room) => {
      const parent = '\\Events\\Default Work Unit';
      const error = await room.refused('object.create', { parent, type: 'Event', name: 'Play Wind!' });
      expect(error.message).toBe(
        '"Play Wind!" is not a valid name for an Event: letters, digits and underscores, no digit first.',
      );
      expect(error.details).toMatchObject({ reason: 'invalid_name', candidates: ['Play_Wind'] });
      const event = await room.call('object.create', { parent, type: 'Event', name: 'Play_Wind' });
      const renamed = await room.refused('object.setName', { object: event.id ?? '', value: '1st' });
      expect(renamed.details).toMatchObject({ candidates: ['_1st'] });
      const free: readonly (readonly [string, string, string])[] = [
        ['\\Busses\\Default Work Unit\\Main Audio Bus', 'Bus', 'Sound Effects (loud)'],
        ['\\Containers\\Default Work Unit', 'Sound', 'Wind - 01!'],
        ['\\Attenuations\\Default Work Unit', 'Attenuation', '20 m'],
      ];
      for (const [place, type, name] of free) await room.call('object.create', { parent: place, type, name });
    }));
});
