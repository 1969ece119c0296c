import type { ExampleStep } from '../../src/core/command.ts';

const home = '\\Containers\\Default Work Unit';

/**
 * The project the examples of the commands work on, as the commands that make it from an empty one. Files lie in /audio;
 * every example starts from this project again.
 */
export const exampleProject: readonly ExampleStep[] = [
  ['create_switch_group', { name: 'Surface', members: ['Grass', 'Stone'] }],
  ['create_state_group', { name: 'Weather', members: ['Rain', 'Sun'] }],
  ['create_game_parameter', { name: 'Speed', max: 50 }],
  ['create_bus', { name: 'Sfx', parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus' }],
  [
    'create_bus',
    { name: 'Hall', parentPath: '\\Busses\\Default Work Unit\\Main Audio Bus', auxiliary: true },
  ],
  ['create_attenuation', { name: 'Far', radiusMax: 100 }],
  ['create_container', { kind: 'random', name: 'Steps', parentPath: home, sounds: ['Step_2'] }],
  ['audio_import', { filePath: '/audio/Step_1.wav', parentPath: `${home}\\Steps`, name: 'Step_1' }],
  ['create_sound', { name: 'Wind', parentPath: home }],
  ['create_container', { kind: 'switch', name: 'Ground', parentPath: home, sounds: ['OnGrass', 'OnStone'] }],
  ['set_switch_group', { objectId: `${home}\\Ground`, group: 'SwitchGroup:Surface' }],
  ['assign_switch', { container: `${home}\\Ground`, assignments: [{ child: 'OnGrass', switch: 'Grass' }] }],
  ['create_container', { kind: 'blend', name: 'Engine', parentPath: home, sounds: ['Low', 'High'] }],
  ['create_container', { kind: 'sequence', name: 'Intro', parentPath: home, sounds: ['One', 'Two'] }],
  ['create_event', { name: 'Play_Steps', targetPath: `${home}\\Steps` }],
  ['create_soundbank', { name: 'Main', inclusions: [{ object: 'Event:Play_Steps' }] }],
  ['add_effect', { objectId: `${home}\\Steps`, plugin: 'Wwise Gain' }],
  [
    'set_rtpc',
    {
      objectId: `${home}\\Steps`,
      property: 'Volume',
      gameParameter: 'GameParameter:Speed',
      points: [
        { x: 0, y: -12 },
        { x: 50, y: 0 },
      ],
    },
  ],
  ['create_music_segment', { name: 'Theme', parentPath: home, tracks: [{ name: 'Piano' }] }],
  ['create_object', { type: 'MusicSwitchContainer', name: 'Moods', parentPath: home }],
  ['create_music_segment', { name: 'Calm', parentPath: `${home}\\Moods`, tracks: [{ name: 'Harp' }] }],
  ['create_object', { type: 'Trigger', name: 'Hit', parentPath: '\\Triggers\\Default Work Unit' }],
];
