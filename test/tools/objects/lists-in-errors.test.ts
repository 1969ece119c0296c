import { describe, expect, it } from 'vitest';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { commands } from '../../../tools/catalog.ts';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('the lists in errors', () => {
  it('name every curve of an Attenuation, the meant one first', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_attenuation', { name: 'Far' });
      const failure = await refused('set_attenuation_curve', { objectId: id, curve: 'Volume', use: 'None' });
      expect(failure.error).toContain('did you mean VolumeDry');
      for (const curve of ['VolumeDry', 'VolumeWetUser', 'Spread', 'TransmissionDSF'])
        expect(failure.error).toContain(curve);
    }));

  it('name the choices of an enumerated property by value and label', () =>
    withProject(async ({ done, refused }) => {
      const steps = await done('create_container', { kind: 'random', name: 'Steps', parentPath: containers });
      const { error } = await refused('set_property', {
        objectId: steps.id,
        property: 'RandomOrSequence',
        value: 'Shuffled',
      });
      expect(error).toMatch(/one of 0 \(Sequence\), 1 \(Random\); not "Shuffled"/);
      const outside = await refused('set_property', {
        objectId: steps.id,
        property: 'NormalOrShuffle',
        value: 7,
      });
      expect(outside.error).toMatch(/0 \(\w+\), 1 \(\w+\); not 7/);
    }));

  it('offer only what the objects have, whichever command asks', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_sound', { name: 'Wind', parentPath: containers });
      const { candidates: known } =
        (
          await refused('set_property', {
            objectId: id,
            property: 'Volum',
            value: 1,
          })
        ).details ?? {};
      expect(known).toContain('Volume');
      for (const [command, input] of [
        ['set_many', { query: `$ "${containers}\\Wind"`, properties: { Volum: 1 } }],
        ['set_objects', { objects: [{ object: id, properties: { Volum: 1 } }] }],
        ['set_reference', { objectId: id, reference: 'Volum', targetPath: null }],
        ['create_object', { type: 'Sound', name: 'B', parentPath: containers, properties: { Volum: 1 } }],
      ] as const) {
        const { code, details } = await refused(command, input);
        expect({ command, code, candidates: details?.candidates }).toEqual({
          command,
          code: 'UNKNOWN_PROPERTY',
          candidates: known,
        });
      }
      for (const property of ['qqqq', 'zzz'])
        expect((await refused('set_property', { objectId: id, property, value: 1 })).details).toMatchObject({
          candidates: [],
        });
    }));

  it('offer what a word means, not only what looks like it', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_sound', { name: 'Wind', parentPath: containers });
      const { id: far } = await done('create_attenuation', { name: 'Far' });
      const { id: play } = await done('create_event', {
        name: 'Play_Wind',
        targetPath: `${containers}\\Wind`,
      });
      const { id: bus } = await done('create_object', {
        ...{ type: 'Bus', name: 'Sfx', parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus' },
      });
      await done('create_object', {
        ...{ type: 'GameParameter', name: 'Speed', parentPath: '\\Game Parameters\\Default Work Unit' },
      });
      const points = [
        { x: 0, y: 0 },
        { x: 100, y: 1 },
      ];
      const set = (objectId: unknown, property: string) =>
        ['set_property', { objectId, property, value: 1 }] as const;
      const drive = (property: string) =>
        ['set_rtpc', { objectId: id, property, gameParameter: 'GameParameter:Speed', points }] as const;
      const curve = (name: string) =>
        ['set_attenuation_curve', { objectId: far, curve: name, use: 'None' }] as const;
      const act = (type: string) => ['add_action', { objectId: play, type, target: bus }] as const;
      const make = (type: string) => ['create_object', { type, name: 'M', parentPath: containers }] as const;
      for (const [[command, input], meant] of [
        [set(id, 'LPF'), 'Lowpass'],
        [set(id, 'HPF'), 'Highpass'],
        [set(id, 'LowPassFilter'), 'Lowpass'],
        [set(id, 'OutputBusLPF'), 'OutputBusLowpass'],
        [set(id, 'GameAuxSendHighpass'), 'GameAuxSendHPF'],
        [set(id, 'Delay'), 'InitialDelay'],
        [set(bus, 'low_pass'), 'Lowpass'],
        [drive('LPF'), 'Lowpass'],
        [drive('HPF'), 'Highpass'],
        [curve('LPF'), 'LowPassFilter'],
        [curve('Highpass'), 'HighPassFilter'],
        [act('SetVolume'), 'SetVoiceVolume'],
        [act('ResetPitch'), 'ResetVoicePitch'],
        [act('SetLowpass'), 'SetLpf'],
        [make('Mixer'), 'PropertyContainer'],
        [['search', { words: 'M', types: ['Mixer'] }], 'PropertyContainer'],
      ] as const)
        expect({ command, input, error: (await refused(command, input)).error }).toEqual({
          command,
          input,
          error: expect.stringMatching(new RegExp(`did you mean "?${meant}\\b`, 'i')),
        });
      for (const reference of ['Bus', 'Output']) {
        const input = { objectId: id, reference, targetPath: null };
        expect((await refused('set_reference', input)).details?.candidates).toEqual(['OutputBus']);
      }
      const { details } = await refused(...make('Mixer'));
      expect(String(details?.candidates)).not.toContain('Wwise');
    }));

  it('offer for a misspelt Sound what can be given back', () =>
    withProject(async ({ done, refused }) => {
      await done('create_sound', { name: 'Wind', parentPath: containers });
      await done('create_event', { name: 'Play_Wind', targetPath: `${containers}\\Wind` });
      const failure = await refused('get_object', { objectId: 'Sound:Wnd' });
      expect(failure.details?.candidates).toEqual([`${containers}\\Wind`]);
      expect(await done('get_object', { objectId: `${containers}\\Wind` })).toBeTruthy();
      const event = await refused('get_object', { objectId: 'Event:Play_Wnd' });
      expect(event.details?.candidates).toEqual(['Event:Play_Wind']);
    }));

  it('say of a command that was left out at the start how to have it, and suggest no other', () =>
    withProject(
      async ({ bus, refused }) => {
        const failure = await refused('create_sound', { name: 'Wind', parentPath: containers });
        expect(failure).toMatchObject({
          code: 'UNKNOWN_COMMAND',
          error: 'The command "create_sound" is excluded from this server.',
          hint: expect.stringContaining('--toolsets default,objects'),
        });
        const workflow = { nodes: [{ id: 'a', type: 'createSound', data: { name: 'Wind' } }], edges: [] };
        expect(() => compileWorkflow(workflow, bus)).toThrow(
          expect.objectContaining({ message: expect.stringContaining('excluded from this server') }),
        );
      },
      {
        bus: {
          commands: commands.filter(({ name }) => name !== 'create_sound'),
          excluded: commands.filter(({ name }) => name === 'create_sound'),
        },
      },
    ));
});
