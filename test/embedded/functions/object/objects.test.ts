import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { writeTone } from '../../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

async function rows(room: EngineRoom, waql: string, ...expressions: string[]) {
  const result = await room.call('object.get', { waql }, { return: expressions });
  return asJsonArray(result.return).map(asJsonObject);
}

describe('object.create', () => {
  it('makes an object with properties, notes and children, and answers ids and names', async () => {
    await withEngine(async (room) => {
      const made = await room.call('object.create', {
        parent: home,
        type: 'PropertyContainer',
        name: 'Guns',
        notes: 'loud',
        children: [
          {
            type: 'Sequence Container',
            name: 'Pistol',
            children: [{ type: 'Sound Voice', name: 'Shout', '@Pitch': 200 }],
          },
        ],
      });
      expect(made).toMatchObject({
        name: 'Guns',
        children: [{ name: 'Pistol', children: [{ name: 'Shout' }] }],
      });
      expect(await rows(room, '$ from type Sound', 'path', '@IsVoice', '@Pitch')).toEqual([
        { path: `${home}\\Guns\\Pistol\\Shout`, '@IsVoice': true, '@Pitch': 200 },
      ]);
      expect(await rows(room, '$ from type RandomSequenceContainer', '@RandomOrSequence')).toEqual([
        { '@RandomOrSequence': 0 },
      ]);
    });
  });

  it('treats a taken name by mode', async () => {
    await withEngine(async (room) => {
      const boom = { parent: home, type: 'Sound', name: 'Boom' };
      const first = await room.call('object.create', { ...boom, '@Volume': -3 });
      const error = await room.refused('object.create', { ...boom, name: 'BOOM' });
      expect([error.uri, error.message]).toEqual([
        'ak.wwise.invalid_arguments',
        "'parent' already has child with same name.",
      ]);
      expect(await room.call('object.create', { ...boom, onNameConflict: 'rename' })).toMatchObject({
        name: 'Boom_01',
      });
      const merged = await room.call('object.create', { ...boom, onNameConflict: 'merge', '@Pitch': 5 });
      expect(merged.id).toBe(first.id);
      expect(await rows(room, `"${home}\\Boom"`, '@Volume', '@Pitch')).toEqual([
        { '@Volume': -3, '@Pitch': 5 },
      ]);
      const replaced = await room.call('object.create', { ...boom, onNameConflict: 'replace' });
      expect(replaced.id).not.toBe(first.id);
      expect(await rows(room, `"${home}\\Boom"`, '@Volume')).toEqual([{ '@Volume': 0 }]);
    });
  });

  it('accepts the names of before 2025.1 and answers those of today', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: '\\Actor-Mixer Hierarchy\\Default Work Unit',
        type: 'ActorMixer',
        name: 'Old',
      });
      expect(await rows(room, '"\\Actor-Mixer Hierarchy\\Default Work Unit\\Old"', 'type', 'path')).toEqual([
        { type: 'PropertyContainer', path: `${home}\\Old` },
      ]);
    });
  });

  it('refuses what cannot stand there, what does not exist and what has no such name', async () => {
    await withEngine(async (room) => {
      const refusal = async (args: Record<string, string>) =>
        (await room.refused('object.create', { parent: home, type: 'Sound', name: 'A', ...args })).message;
      expect(await refusal({ parent: '\\Containers' })).toContain('cannot be created below \\Containers');
      expect(await refusal({ parent: '\\Events\\Default Work Unit' })).toContain('it takes Folder, Event');
      expect(await refusal({ parent: '\\Containers\\Nowhere' })).toBe(
        'Object \\Containers\\Nowhere is unknown.',
      );
      expect(await refusal({ type: 'Soundd' })).toBe('Type Soundd is unknown.');
      expect(await refusal({ name: 'a\\b' })).toBe('"a\\b" is not a valid name for a Sound.');
      expect(await refusal({ type: 'Effect' })).toContain('use ak.wwise.core.object.set');
    });
  });

  it('gives an Attenuation its curves', async () => {
    await withEngine(async (room) => {
      const parent = '\\Attenuations\\Default Work Unit';
      await room.call('object.create', { parent, type: 'Attenuation', name: 'Near', '@RadiusMax': 25 });
      await room.call('project.save');
      expect(await rows(room, '$ from type Curve where name = "VolumeDry"', 'owner.name', 'points')).toEqual([
        {
          'owner.name': 'Near',
          points: [
            { x: 0, y: 0, shape: 'Linear' },
            { x: 100, y: -200, shape: 'Linear' },
          ],
        },
      ]);
    });
  });

  it('gives a State Group its None', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: '\\States\\Default Work Unit',
        type: 'StateGroup',
        name: 'Weather',
      });
      expect(await rows(room, '$ from type State', 'name')).toEqual([{ name: 'None' }]);
    });
  });
});

describe('object.set', () => {
  it('edits many objects in one call: nested children, references, an RTPC with its curve, a custom effect', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: '\\Busses\\Default Work Unit\\Main Audio Bus',
        type: 'Bus',
        name: 'SFX',
      });
      await room.call('object.create', {
        parent: '\\Game Parameters\\Default Work Unit',
        type: 'GameParameter',
        name: 'Speed',
      });
      const result = await room.call(
        'object.set',
        {
          objects: [
            {
              object: home,
              children: [
                {
                  type: 'Sound',
                  name: 'Engine',
                  '@OverrideOutput': true,
                  '@OutputBus': 'Bus:SFX',
                  '@RTPC': [
                    {
                      type: 'RTPC',
                      name: '',
                      '@PropertyName': 'Volume',
                      '@ControlInput': 'GameParameter:Speed',
                      '@Curve': {
                        type: 'Curve',
                        points: [
                          { x: 0, y: -96, shape: 'Linear' },
                          { x: 100, y: 0, shape: 'Linear' },
                        ],
                      },
                    },
                  ],
                  '@Effects': [
                    {
                      type: 'EffectSlot',
                      name: '',
                      '@Effect': { type: 'Effect', name: 'Verb', classId: 7733251, '@PreDelay': 24 },
                    },
                  ],
                },
              ],
            },
          ],
        },
        { return: ['name', 'type'] },
      );
      expect(result).toMatchObject({
        objects: [
          {
            name: 'Default Work Unit',
            children: [
              {
                name: 'Engine',
                '@Effects': [{ '@Effect': { name: 'Verb' } }],
                '@RTPC': [{ '@Curve': { points: [{ y: -96 }, { y: 0 }] } }],
              },
            ],
          },
        ],
      });
      expect(
        await rows(
          room,
          `"${home}\\Engine"`,
          'OutputBus.name',
          'Effects.effect.pluginName',
          'RTPC.controlInput.name',
        ),
      ).toEqual([
        {
          'OutputBus.name': 'SFX',
          'Effects.effect.pluginName': ['Wwise RoomVerb'],
          'RTPC.controlInput.name': ['Speed'],
        },
      ]);
    });
  });

  it('imports files into what it creates', async () => {
    await withEngine(async (room) => {
      writeTone(`${room.dir}/tone.wav`);
      const result = await room.call('object.set', {
        objects: [
          {
            object: home,
            children: [
              {
                type: 'Sound',
                name: 'Tone',
                import: { files: [{ audioFile: `${room.dir}/tone.wav`, originalsSubFolder: 'Amb' }] },
              },
            ],
          },
        ],
      });
      expect(result).toMatchObject({
        objects: [{ children: [{ name: 'Tone', import: { objects: [{ name: 'tone' }] } }] }],
      });
      expect(await rows(room, `"${home}\\Tone"`, 'activeSource.originalRelativeFilePath')).toMatchObject([
        {},
      ]);
    });
  });
});

describe('single edits', () => {
  it('rename follows every reference in every file', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
      await room.call('object.create', {
        parent: '\\Events\\Default Work Unit',
        type: 'Event',
        name: 'Play',
        children: [{ type: 'Action', name: '', '@Target': `${home}\\A` }],
      });
      await room.call('object.setName', { object: `${home}\\A`, value: 'Z' });
      expect(await rows(room, '$ from type Action', 'Target')).toMatchObject([{ Target: { name: 'Z' } }]);
      const { message } = await room.refused('object.setName', { object: '\\Containers', value: 'Z' });
      expect(message).toBe('\\Containers cannot be renamed.');
    });
  });

  it('setProperty checks name, type, range and platform', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
      const refusal = async (args: Record<string, string | number>) =>
        room.refused('object.setProperty', { object: `${home}\\A`, property: 'Volume', value: 1, ...args });
      expect((await refusal({ property: 'Volum' })).uri).toBe('ak.wwise.invalid_property');
      expect((await refusal({ value: 999 })).message).toBe(
        'Property Volume takes values from -200 to 200; 999 is outside.',
      );
      expect((await refusal({ value: 'loud' })).message).toBe('Property Volume takes a Real64, not "loud".');
      expect((await refusal({ platform: 'Amiga' })).message).toBe('Platform Amiga is unknown.');
      expect(
        (await refusal({ property: 'IsLoopingEnabled', value: 1, platform: 'Windows' })).message,
      ).toContain('cannot be unlinked');
    });
  });

  it('setReference checks the target, and clears with the null GUID', async () => {
    await withEngine(async (room) => {
      const bus = '\\Busses\\Default Work Unit\\Main Audio Bus';
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
      await room.call('object.create', { parent: bus, type: 'AuxBus', name: 'Verb' });
      const set = (reference: string, value: string) => ({ object: `${home}\\A`, reference, value });
      await room.call('object.setReference', set('UserAuxSend0', `${bus}\\Verb`));
      expect(await rows(room, `"${home}\\A"`, 'UserAuxSend0')).toMatchObject([
        { UserAuxSend0: { name: 'Verb' } },
      ]);
      await room.call('object.setReference', set('UserAuxSend0', '{00000000-0000-0000-0000-000000000000}'));
      expect(await rows(room, `"${home}\\A"`, 'UserAuxSend0')).toEqual([{}]);
      expect((await room.refused('object.setReference', set('UserAuxSend0', home))).message).toContain(
        'takes an AuxBus',
      );
      expect(await room.refused('object.setReference', set('OutputBus', `${bus}\\Verb`))).toMatchObject({
        uri: 'ak.wwise.invalid_reference',
        message: expect.stringContaining('takes a Bus'),
      });
      expect((await room.refused('object.setReference', set('Nope', home))).uri).toBe(
        'ak.wwise.invalid_reference',
      );
      expect(
        (
          await room.refused(
            'object.setReference',
            set('OutputBus', '{00000000-0000-0000-0000-000000000000}'),
          )
        ).message,
      ).toContain('cannot be cleared');
    });
  });

  it('delete drops references to what is gone, and routes orphans to the main bus', async () => {
    await withEngine(async (room) => {
      const bus = '\\Busses\\Default Work Unit\\Main Audio Bus';
      await room.call('object.create', { parent: bus, type: 'Bus', name: 'SFX' });
      await room.call('object.create', {
        parent: home,
        type: 'Sound',
        name: 'A',
        '@OverrideOutput': true,
        '@OutputBus': 'Bus:SFX',
      });
      await room.call('object.create', {
        parent: '\\Events\\Default Work Unit',
        type: 'Event',
        name: 'Play',
        children: [{ type: 'Action', name: '', '@Target': `${home}\\A` }],
      });
      await room.call('object.delete', { object: 'Bus:SFX' });
      expect(await rows(room, `"${home}\\A"`, 'OutputBus.name')).toEqual([
        { 'OutputBus.name': 'Main Audio Bus' },
      ]);
      expect(await room.call('object.delete', { object: `${home}\\A` })).toEqual({});
      expect(await rows(room, '$ from type Action', 'Target')).toEqual([{}]);
      expect((await room.refused('object.delete', { object: '\\Events' })).message).toBe(
        '\\Events cannot be deleted.',
      );
    });
  });

  it('move and copy keep names apart and refuse to put a thing into itself', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', {
        parent: home,
        type: 'PropertyContainer',
        name: 'P',
        children: [
          { type: 'PropertyContainer', name: 'Q' },
          { type: 'Sound', name: 'A' },
        ],
      });
      await room.call('object.create', { parent: home, type: 'Sound', name: 'A' });
      expect(
        (await room.refused('object.move', { object: `${home}\\P`, parent: `${home}\\P\\Q` })).message,
      ).toContain('cannot go into itself');
      expect(
        (await room.refused('object.move', { object: `${home}\\A`, parent: `${home}\\P` })).message,
      ).toContain('same name');
      expect(
        await room.call('object.move', {
          object: `${home}\\A`,
          parent: `${home}\\P`,
          onNameConflict: 'rename',
        }),
      ).toMatchObject({ name: 'A_01' });
      const copy = await room.call(
        'object.copy',
        { object: `${home}\\P`, parent: home, onNameConflict: 'rename' },
        { return: ['name', 'id'] },
      );
      expect(copy.name).toBe('P_01');
      expect(await rows(room, `"${home}\\P_01" select children`, 'name')).toEqual([
        { name: 'Q' },
        { name: 'A' },
        { name: 'A_01' },
      ]);
    });
  });

  it.each(['object.move', 'object.copy'])(
    '%s takes a folder into another hierarchy only when all it holds belongs there',
    async (call) => {
      await withEngine(async (room) => {
        const events = '\\Events\\Default Work Unit';
        const folder = (children: readonly JsonObject[]): JsonObject => ({
          parent: home,
          type: 'Folder',
          name: 'Outer',
          onNameConflict: 'replace',
          children: [{ type: 'Folder', name: 'Inner', children: [...children] }],
        });
        await room.call('object.create', folder([{ type: 'Sound', name: 'Boom' }]));
        const refused = await room.refused(call, { object: `${home}\\Outer`, parent: events });
        expect(refused.message).toContain('type Sound cannot be a child of');
        expect(refused.message).toContain(`${home}\\Outer\\Inner\\Boom`);
        expect(await rows(room, `"${events}" select descendants`, 'name')).toEqual([]);
        await room.call('object.create', folder([]));
        expect(await room.call(call, { object: `${home}\\Outer`, parent: events })).toMatchObject({
          name: 'Outer',
        });
      });
    },
  );
});
