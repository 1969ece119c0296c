import type { ExampleStep } from '../../src/core/command.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** Names that look alike, values without effect, and things that others rely on: what an agent may fall for. */
export const studio: readonly ExampleStep[] = [
  ...['Sfx', 'Sfx_UI', 'Sfx_UI_Old', 'Voices', 'Music', 'Steps_New', 'Foley_New'].map(
    (name): ExampleStep => ['create_bus', { name, parentPath: mainBus }],
  ),
  ['create_soundbank', { name: 'Main' }],
  ...sounds('Alarm', 'Explosion', 'Rain', 'Step', 'Footsteps', 'Narrator', 'Interface_Old'),
  volume('Alarm', -7.5),
  volume('Explosion', -3),
  ['create_event', { name: 'Play_Step', targetPath: `${home}\\Step` }],
  ['create_event', { name: 'Play_Rain', targetPath: `${home}\\Rain` }],
  group('Folder', 'Interior', 'Door', 'Window'),
  group('Folder', 'Exterior', 'Door', 'Gate'),
  group('Folder', 'Doors', 'Creak_final', 'Slam_final', 'Knock'),
  group('Folder', 'Sky', 'Thunder_final', 'Wind_finalist', 'final_Storm'),
  group('PropertyContainer', 'Interface', 'Click', 'Back'),
  group('PropertyContainer', 'Weapons', 'Pistol', 'Rifle'),
  volume('Weapons', -3),
  volume('Weapons\\Pistol', -2),
  volume('Weapons\\Rifle', -5),
  group('PropertyContainer', 'Themes', 'Theme_A', 'Theme_B'),
  bus('Themes', 'Music'),
  group('PropertyContainer', 'Dialogue', 'Hello', 'Bye'),
  bus('Dialogue', 'Voices'),
  bus('Dialogue\\Bye', 'Sfx'),
  bus('Narrator', 'Voices'),
  group('PropertyContainer', 'Crowd', 'Shout', 'Cheer'),
  bus('Crowd', 'Sfx'),
  // It is set, and without its switch it has no effect.
  ['set_reference', { objectId: `${home}\\Crowd\\Shout`, reference: 'OutputBus', targetPath: 'Bus:Voices' }],
  group('Folder', 'Steps', 'Step_Grass'),
  ['create_work_unit', { name: 'Vehicles', parentPath: '\\Containers' }],
  [
    'create_object',
    { type: 'Sound', name: 'Car', parentPath: '\\Containers\\Vehicles', properties: { Volume: -1 } },
  ],
];

function sounds(...names: readonly string[]): ExampleStep[] {
  return names.map((name) => ['create_object', { type: 'Sound', name, parentPath: home }]);
}

function group(type: string, name: string, ...children: readonly string[]): ExampleStep {
  return [
    'create_object',
    { type, name, parentPath: home, children: children.map((child) => ({ type: 'Sound', name: child })) },
  ];
}

function volume(path: string, value: number): ExampleStep {
  return ['set_property', { objectId: `${home}\\${path}`, property: 'Volume', value }];
}

function bus(path: string, name: string): ExampleStep {
  return ['set_output_bus', { objectId: `${home}\\${path}`, busPath: `Bus:${name}` }];
}
