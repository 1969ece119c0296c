import { join } from 'node:path';
import { exampleProject } from '../../scripts/gen/example-project.ts';
import type { ExampleStep } from '../../src/core/command.ts';
import { asJsonObject } from '../../src/core/json.ts';
import { freshProject } from '../../test/harness/fresh-project.ts';
import { withMcp } from '../../test/harness/mcp-room.ts';
import { writeTone } from '../../test/harness/wave.ts';
import { studio } from './studio.ts';
import type { ProjectName } from './task.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** Writes a project and audio files into a folder: an empty one, a small one, a game with a few hundred objects, and one full of what is easily mistaken. */
export async function makeSeed(project: ProjectName, dir: string): Promise<void> {
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  for (const name of ['Hit_01', 'Hit_02', 'Hit_03', 'Step_1', 'Step_2', 'Wind'])
    writeTone(join(dir, 'audio', `${name}.wav`));
  for (const name of ['Door_Open', 'Door_Close'])
    writeTone(join(dir, 'audio', 'doors', `${name}.wav`), { frequencyHz: 660 });
  const made = { empty: [], footsteps: exampleProject, game, studio }[project];
  if (made.length === 0) return;
  await withMcp(dir, ['--project', projectPath], async ({ done }) => {
    for (const [command, input] of made)
      await done(
        command,
        asJsonObject(JSON.parse(JSON.stringify(input).replaceAll('"/audio', `"${dir}/audio`))),
      );
    await done('project_save', {});
  });
}

const surfaces = ['Grass', 'Stone', 'Wood'];

/** Footsteps of four creatures on three surfaces, ambiences, weapons, music, voices and what plays them. */
const game: readonly ExampleStep[] = [
  ...['Sfx', 'Ambience', 'Music', 'Voice'].map(
    (name): ExampleStep => ['create_bus', { name, parentPath: mainBus }],
  ),
  ['create_switch_group', { name: 'Surface', members: surfaces }],
  ['create_state_group', { name: 'Weather', members: ['Rain', 'Sun'] }],
  ['create_game_parameter', { name: 'Speed', max: 100 }],
  ['create_soundbank', { name: 'Main' }],
  ...['Cat', 'Dog', 'Horse', 'Human'].flatMap((creature): ExampleStep[] => [
    ['create_container', { kind: 'switch', name: `${creature}Steps`, parentPath: home, sounds: [] }],
    ...surfaces.map(
      (surface): ExampleStep => [
        'create_container',
        {
          kind: 'random',
          name: surface,
          parentPath: `${home}\\${creature}Steps`,
          sounds: Array.from({ length: 8 }, (_, at) => `step ${at + 1}`),
        },
      ],
    ),
    ['create_event', { name: `Play_${creature}Steps`, targetPath: `${home}\\${creature}Steps` }],
  ]),
  [
    'create_container',
    { kind: 'blend', name: 'Forest', parentPath: home, sounds: ['amb_birds', 'amb_leaves', 'amb_wind'] },
  ],
  ['create_event', { name: 'Play_Forest', targetPath: `${home}\\Forest` }],
  [
    'create_container',
    { kind: 'random', name: 'Weapons', parentPath: home, sounds: ['Bow', 'Sword', 'Axe', 'OldGun'] },
  ],
  ...['Bow', 'Sword', 'Axe'].map(
    (name): ExampleStep => [
      'create_event',
      { name: `Play_${name}`, targetPath: `${home}\\Weapons\\${name}` },
    ],
  ),
  [
    'create_object',
    { type: 'Folder', name: 'Keep', parentPath: home, children: [{ type: 'Sound', name: 'Draft' }] },
  ],
  [
    'create_container',
    { kind: 'sequence', name: 'Engine', parentPath: home, sounds: ['Start', 'Loop', 'Stop'] },
  ],
  ['create_event', { name: 'Play_Engine', targetPath: `${home}\\Engine` }],
  ['set_property', { objectId: `${home}\\Engine`, property: 'Volume', value: -4 }],
  ['set_property', { objectId: `${home}\\Engine`, property: 'Lowpass', value: 20 }],
];
