import { type AgentTask, call, discover, save, steps, wrong } from '../task.ts';
import { namesIn, parentOf, savedValue, targetOf } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** On an empty project. */
export const empty: readonly AgentTask[] = [
  {
    id: 'folder-of-audio',
    wish: 'Import the whole folder doors, 3 dB down, with an Event for each.',
    project: 'empty',
    steps: [
      call('import_audio', {
        folderPath: '/audio/doors',
        parentPath: home,
        properties: { Volume: -3 },
        event: 'Play_{name}',
      }),
      save,
    ],
    check: (saved) =>
      wrong({
        both: ['Door_Open', 'Door_Close'].every(
          (name) => savedValue(saved.one('Sound', name), 'Volume') === '-3',
        ),
        'their Events': ['Play_Door_Open', 'Play_Door_Close'].every(
          (name) => saved.all('Event', name).length === 1,
        ),
      }),
  },
  {
    id: 'one-into-a-bank',
    wish: 'Import Wind.wav with an Event, in a new bank Level1.',
    project: 'empty',
    steps: [
      call('create_object', {
        type: 'SoundBank',
        name: 'Level1',
        parentPath: '\\SoundBanks\\Default Work Unit',
      }),
      call('import_audio', {
        filePath: '/audio/Wind.wav',
        parentPath: home,
        event: 'Play_{name}',
        soundbank: 'SoundBank:Level1',
      }),
      save,
    ],
    check: (saved) =>
      wrong({
        'the bank': saved.all('SoundBank', 'Level1').length === 1,
        'the Event': saved.all('Event', 'Play_Wind').length === 1,
      }),
  },
  {
    id: 'work-unit',
    wish: 'A Work Unit of its own for the weapons.',
    project: 'empty',
    steps: [
      discover({ toolset: 'objects' }),
      steps(['create_work_unit', { name: 'Weapons', parentPath: '\\Containers' }], ['project_save', {}]),
    ],
    check: (saved) => wrong({ there: saved.all('WorkUnit', 'Weapons').length === 1 }),
  },
  {
    id: 'bus-tree',
    wish: 'Busses: Sfx with Weapons and Steps below, and Music.',
    project: 'empty',
    steps: [
      call('create_object', {
        type: 'Bus',
        name: 'Sfx',
        parentPath: mainBus,
        children: ['Weapons', 'Steps'].map((name) => ({ type: 'Bus', name })),
      }),
      call('create_object', { type: 'Bus', name: 'Music', parentPath: mainBus }),
      save,
    ],
    check: (saved) =>
      wrong({
        'below Sfx': namesIn(saved.one('Bus', 'Sfx')).toSorted().join() === 'Steps,Weapons',
        Music: parentOf(saved.one('Bus', 'Music'))?.attributes.Name === 'Main Audio Bus',
      }),
  },
  {
    id: 'ten-sounds',
    wish: 'Ten empty Sounds UI_01 to UI_10.',
    project: 'empty',
    steps: [
      call('set_objects', {
        objects: [
          {
            objectId: home,
            children: Array.from({ length: 10 }, (_, at) => ({
              type: 'Sound',
              name: `UI_${String(at + 1).padStart(2, '0')}`,
            })),
          },
        ],
      }),
      save,
    ],
    check: (saved) =>
      wrong({ ten: saved.all('Sound').length === 10 && saved.all('Sound', 'UI_10').length === 1 }),
  },
  {
    id: 'music',
    wish: 'A Music Segment Theme with one track, on the bus Music.',
    project: 'empty',
    steps: [
      call('create_object', { type: 'Bus', name: 'Music', parentPath: mainBus }),
      discover({ toolset: 'music' }),
      steps(['create_music_segment', { name: 'Theme', parentPath: home, tracks: [{ name: 'Piano' }] }]),
      call('set_value', { objectId: `${home}\\Theme`, property: 'OutputBus', targetPath: 'Bus:Music' }),
      save,
    ],
    check: (saved) =>
      wrong({ routed: targetOf(saved.one('MusicSegment', 'Theme'), 'OutputBus') === 'Music' }),
  },
  {
    id: 'from-library',
    wish: 'Do the workflow import-one-sound with Wind.wav.',
    project: 'empty',
    steps: [
      call('workflow_run', {
        workflowId: 'import-one-sound',
        input: { name: 'Wind', wavPath: '/audio/Wind.wav' },
      }),
    ],
    check: (saved) =>
      wrong({ imported: saved.originals.includes('Wind.wav') && saved.all('Sound', 'Wind').length === 1 }),
  },
];
