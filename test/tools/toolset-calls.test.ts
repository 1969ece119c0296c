import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withProject } from '../harness/project.ts';
import { writeTone } from '../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
const sound = `${home}\\Box\\A`;

describe('the number of WAAPI calls the commands of the toolsets declare', () => {
  it('is what a usual call takes, or one more', () =>
    withProject(async (room) => {
      writeTone(join(room.dir, 'waves', 'a.wav'));
      const filePath = join(room.dir, 'waves', 'a.wav');
      const folderPath = join(room.dir, 'waves');
      const points = [
        { x: 0, y: 0 },
        { x: 100, y: -12 },
      ];
      await room.done('project_info', {});
      const work: readonly (readonly [string, Record<string, unknown>])[] = [
        ['create_switch_group', { name: 'Surface', members: ['Grass'] }],
        ['create_state_group', { name: 'Menu', members: ['Open'] }],
        ['create_game_parameter', { name: 'Speed' }],
        ['create_container', { kind: 'switch', name: 'Box', parentPath: home, sounds: ['A'] }],
        ['create_container', { kind: 'blend', name: 'Blend', parentPath: home, sounds: ['B'] }],
        ['set_game_parameter_range', { gameParameter: 'GameParameter:Speed', min: 0, max: 200 }],
        ['set_rtpc', { objectId: sound, property: 'Volume', gameParameter: 'GameParameter:Speed', points }],
        ['list_rtpcs', { objectId: sound }],
        ['remove_rtpc', { objectId: sound, property: 'Volume', gameParameter: 'GameParameter:Speed' }],
        ['set_states', { objectId: sound, stateGroups: ['StateGroup:Menu'], properties: ['Volume'] }],
        ['set_switch_group', { objectId: `${home}\\Box`, group: 'SwitchGroup:Surface' }],
        ['assign_switch', { container: `${home}\\Box`, assignments: [{ child: 'A', switch: 'Grass' }] }],
        ['list_assignments', { container: `${home}\\Box` }],
        ['unassign_switch', { container: `${home}\\Box`, assignments: [{ child: 'A', switch: 'Grass' }] }],
        [
          'add_blend_track',
          { container: `${home}\\Blend`, name: 'T', children: [{ child: `${home}\\Blend\\B` }] },
        ],
        ['blend_tracks', { container: `${home}\\Blend` }],
        ['create_attenuation', { name: 'Far', curves: [{ curve: 'VolumeDry', points }] }],
        ['set_attenuation_curve', { objectId: 'Attenuation:Far', curve: 'VolumeDry', points }],
        ['get_attenuation_curve', { attenuation: 'Attenuation:Far', curve: 'VolumeDry' }],
        ['add_effect', { objectId: sound, plugin: 'Wwise Gain' }],
        ['list_effects', { objectId: sound }],
        ['set_effect_parameters', { objectId: sound, effect: 0, bypass: true }],
        ['remove_effect', { objectId: sound, effect: 0 }],
        ['create_bus', { name: 'Hall', parentPath: main, auxiliary: true }],
        ['set_aux_send', { objectId: sound, auxBus: 'AuxBus:Hall' }],
        ['effective_output', { objectId: sound }],
        ['bus_tree', {}],
        ['create_event', { name: 'Play_A', targetPath: sound }],
        ['add_action', { objectId: 'Event:Play_A', type: 'Stop', targetPath: sound }],
        ['list_event_actions', { objectId: 'Event:Play_A' }],
        ['create_soundbank', { name: 'Main', inclusions: [{ object: 'Event:Play_A' }] }],
        ['get_inclusions', { soundbank: 'SoundBank:Main' }],
        ['set_inclusions', { soundbank: 'SoundBank:Main', inclusions: [{ object: sound }] }],
        ['import_files', { parentPath: home, files: [{ filePath }] }],
        ['import_folder', { folderPath, parentPath: home }],
        ['replace_audio_by_name', { folderPath, root: `${home}\\a` }],
        ['audio_files_report', {}],
        ['audio_facts', { objectId: `${home}\\a` }],
        ['audio_peaks', { objectId: `${home}\\a` }],
      ];
      const wrong: string[] = [];
      for (const [command, input] of work) {
        const before = room.bus.callCount;
        await room.done(command, input);
        const taken = room.bus.callCount - before;
        const declared = room.bus.find(command)?.waapiCalls ?? 1;
        if (taken !== declared && taken !== declared - 1)
          wrong.push(`${command} took ${taken}, declares ${declared}`);
      }
      expect(wrong).toEqual([]);
    }));
});
