import { type AgentTask, call, discover, type Step, save, steps, wrong } from '../task.ts';
import { childrenOf, namesIn, parentOf, savedValue, targetOf, withAllBelow } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const file = (name: string) => ({ filePath: `/audio/${name}.wav` });

/** One thing that is asked for on the first day on an empty project. */
interface Request {
  readonly asks: string;
  readonly steps: readonly Step[];
}

/** The requests of the day, in their order, in one session. */
export const requests: readonly Request[] = [
  { asks: 'What is this project?', steps: [call('project_info', {})] },
  { asks: 'What is in it?', steps: [call('project_tree', { depth: 2 })] },
  {
    asks: 'Build folders for Player, Weapons and World.',
    steps: [
      call('set_objects', {
        objects: [
          {
            objectId: home,
            children: ['Player', 'Weapons', 'World'].map((name) => ({ type: 'Folder', name })),
          },
        ],
      }),
    ],
  },
  {
    asks: 'A bus for effects, one for music, one for voices, below the main bus.',
    steps: [
      call('set_objects', {
        objects: [
          { objectId: mainBus, children: ['Sfx', 'Music', 'Voice'].map((name) => ({ type: 'Bus', name })) },
        ],
      }),
    ],
  },
  {
    asks: 'Import the three hits as variants of a Random Container Hit, on Sfx.',
    steps: [
      call('create_object', { type: 'RandomSequenceContainer', name: 'Hit', parentPath: `${home}\\Weapons` }),
      call('import_audio', {
        parentPath: `${home}\\Weapons\\Hit`,
        files: ['Hit_01', 'Hit_02', 'Hit_03'].map(file),
      }),
      call('set_value', { objectId: `${home}\\Weapons\\Hit`, property: 'OutputBus', targetPath: 'Bus:Sfx' }),
    ],
  },
  {
    asks: 'Import the wind, 6 dB down and looping, with an Event to play it.',
    steps: [
      call('import_audio', {
        ...file('Wind'),
        parentPath: `${home}\\World`,
        properties: { Volume: -6, IsLoopingEnabled: true },
        event: 'Play_{name}',
      }),
    ],
  },
  {
    asks: 'An Event that stops the wind within two seconds.',
    steps: [
      call('edit_event', {
        name: 'Stop_Wind',
        actions: [{ type: 'Stop', targetPath: 'Sound:Wind', fadeSeconds: 2 }],
      }),
    ],
  },
  {
    asks: 'An Event for the hits.',
    steps: [call('edit_event', { name: 'Play_Hit', targetPath: `${home}\\Weapons\\Hit` })],
  },
  {
    asks: 'The hits should vary in pitch: which property is that, and set it to -200.',
    steps: [
      call('describe_type', { objectId: 'Sound', find: 'pitch' }),
      call('set_value', { objectId: `${home}\\Weapons\\Hit`, property: 'Pitch', value: -200 }),
    ],
  },
  {
    asks: 'Note on the hits that they are placeholders.',
    steps: [
      call('set_objects', { objects: [{ objectId: `${home}\\Weapons\\Hit`, notes: 'Placeholders.' }] }),
    ],
  },
  {
    asks: 'A copy of the hits as HeavyHit, lower.',
    steps: [
      call('copy_or_move', {
        objectId: `${home}\\Weapons\\Hit`,
        parentPath: `${home}\\Weapons`,
        name: 'HeavyHit',
      }),
      call('set_value', { objectId: `${home}\\Weapons\\HeavyHit`, property: 'Pitch', value: -600 }),
    ],
  },
  {
    asks: 'Steps on grass and stone, a container for each with one sound.',
    steps: [
      call('create_object', {
        type: 'SwitchContainer',
        name: 'Steps',
        parentPath: `${home}\\Player`,
        children: ['Grass', 'Stone'].map((name) => ({ type: 'RandomSequenceContainer', name })),
      }),
      call('import_audio', { parentPath: `${home}\\Player\\Steps\\Grass`, files: [file('Step_1')] }),
      call('import_audio', { parentPath: `${home}\\Player\\Steps\\Stone`, files: [file('Step_2')] }),
    ],
  },
  {
    asks: 'Let the ground decide which steps play.',
    steps: [
      discover({}),
      discover({ toolset: 'gamesyncs' }),
      steps(['create_switch_group', { name: 'Ground', members: ['Grass', 'Stone'] }]),
      call('switch_assignments', {
        objectId: `${home}\\Player\\Steps`,
        group: 'SwitchGroup:Ground',
        defaultSwitch: 'Grass',
      }),
      call('switch_assignments', {
        objectId: `${home}\\Player\\Steps`,
        assignments: [
          { child: 'Grass', switch: 'Grass' },
          { child: 'Stone', switch: 'Stone' },
        ],
      }),
    ],
  },
  { asks: 'Save.', steps: [save] },
  {
    asks: 'The wind shall grow with a parameter WindSpeed from 0 to 100.',
    steps: [
      steps(['create_game_parameter', { name: 'WindSpeed', min: 0, max: 100 }]),
      call('edit_curve', {
        objectId: 'Sound:Wind',
        property: 'Volume',
        gameParameter: 'GameParameter:WindSpeed',
        points: [
          { x: 0, y: -24 },
          { x: 100, y: 0 },
        ],
      }),
    ],
  },
  {
    asks: 'Things far away get quiet: an Attenuation to 60 m for the wind.',
    steps: [
      call('create_object', {
        type: 'Attenuation',
        name: 'Far',
        parentPath: '\\Attenuations\\Default Work Unit',
        properties: { RadiusMax: 60 },
      }),
      call('edit_curve', {
        objectId: 'Attenuation:Far',
        curve: 'VolumeDry',
        points: [
          { x: 0, y: 0 },
          { x: 60, y: -96 },
        ],
      }),
      call('set_objects', {
        objects: [
          {
            objectId: 'Sound:Wind',
            properties: { '3DSpatialization': 1 },
            references: { Attenuation: 'Attenuation:Far' },
          },
        ],
      }),
    ],
  },
  {
    asks: 'A reverb on Sfx.',
    steps: [call('edit_effects', { objectId: 'Bus:Sfx', plugin: 'Wwise RoomVerb' })],
  },
  {
    asks: 'Its decay to two seconds.',
    steps: [call('edit_effects', { objectId: 'Bus:Sfx', effect: 0, parameters: { DecayTime: 2 } })],
  },
  { asks: 'Take that back.', steps: [call('undo', {})] },
  {
    asks: 'Which Sounds are quieter than -3 dB?',
    steps: [call('find_things', { query: '$ from type Sound where volume < -3', return: ['@Volume'] })],
  },
  { asks: 'Find everything about steps.', steps: [call('find_things', { words: 'step' })] },
  { asks: 'Who uses the Attenuation?', steps: [call('references_to', { objectId: 'Attenuation:Far' })] },
  { asks: 'What does Play_Hit do?', steps: [call('edit_event', { objectId: 'Event:Play_Hit' })] },
  {
    asks: 'It should also stop the wind.',
    steps: [call('edit_event', { objectId: 'Event:Play_Hit', type: 'Stop', targetPath: 'Sound:Wind' })],
  },
  {
    asks: 'Copy the volume of the wind to the hits.',
    steps: [
      call('paste_properties', {
        source: 'Sound:Wind',
        targets: [`${home}\\Weapons\\Hit`],
        only: ['Volume'],
      }),
    ],
  },
  {
    asks: 'Do the usual thing for the door sounds: show me first, then do it.',
    steps: [
      call('workflow_run', {
        workflow: {
          nodes: [
            {
              id: 'doors',
              type: 'import_folder',
              data: {
                folderPath: '/audio/doors',
                parentPath: `${home}\\World`,
                busPath: 'Bus:Sfx',
                event: 'Play_{name}',
              },
            },
            { id: 'save', type: 'project_save' },
          ],
        },
        mode: 'preview',
      }),
      call('workflow_run', { previewId: '$last:previewId' }),
    ],
  },
  {
    asks: 'What do I have selected in Wwise?',
    steps: [call('selection', {})],
  },
  {
    asks: 'Anything in the log? And how long is the wind?',
    steps: [steps(['get_log', { limit: 5 }], ['audio_facts', { objectId: 'Sound:Wind' }])],
  },
  {
    asks: 'Delete the heavy hits, and save.',
    steps: [call('delete_object', { objectIds: [`${home}\\Weapons\\HeavyHit`] }), save],
  },
];

export const firstDay: AgentTask = {
  id: 'first-day',
  wish: `The first day on an empty project, ${requests.length} requests: ${requests.map(({ asks }) => asks).join(' ')}`,
  project: 'empty',
  steps: requests.flatMap(({ steps: own }) => own),
  check: (saved) => {
    const wind = saved.one('Sound', 'Wind');
    const hit = saved.one('RandomSequenceContainer', 'Hit');
    const stepsOf = saved.one('SwitchContainer', 'Steps');
    const attenuation = withAllBelow(saved.one('Attenuation', 'Far'));
    return wrong({
      structure: ['Player', 'Weapons', 'World'].every((name) => saved.all('Folder', name).length === 1),
      busses: ['Sfx', 'Music', 'Voice'].every(
        (name) => parentOf(saved.one('Bus', name))?.attributes.Name === 'Main Audio Bus',
      ),
      variants: namesIn(hit).join() === 'Hit_01,Hit_02,Hit_03' && targetOf(hit, 'OutputBus') === 'Sfx',
      values: savedValue(wind, 'Volume') === '-6' && savedValue(wind, 'IsLoopingEnabled') === 'True',
      Events: ['Play_Wind', 'Stop_Wind', 'Play_Hit', 'Play_Door_Open', 'Play_Door_Close'].every(
        (name) => saved.all('Event', name).length === 1,
      ),
      'two actions': childrenOf(saved.one('Event', 'Play_Hit')).length === 2,
      pasted: savedValue(hit, 'Volume') === '-6' && savedValue(hit, 'Pitch') === '-200',
      notes: withAllBelow(hit).some(({ tag, text }) => tag === 'Comment' && text === 'Placeholders.'),
      switches: withAllBelow(stepsOf).filter(({ tag }) => tag === 'Grouping').length === 2,
      RTPC: withAllBelow(wind).some(({ tag, attributes }) => tag === 'RTPC' || attributes.Value === 'Volume'),
      attenuation:
        targetOf(wind, 'Attenuation') === 'Far' &&
        attenuation.some(({ tag, text }) => tag === 'XPos' && text === '60'),
      'reverb as it was before': withAllBelow(saved.one('Bus', 'Sfx')).some(
        (one) => one.tag === 'Effect' && savedValue(one, 'DecayTime') !== '2',
      ),
      doors: ['Door_Open', 'Door_Close'].every(
        (name) => targetOf(saved.one('Sound', name), 'OutputBus') === 'Sfx',
      ),
      deleted: saved.all('RandomSequenceContainer', 'HeavyHit').length === 0,
      Originals: ['Hit_01.wav', 'Wind.wav', 'Door_Open.wav'].every((name) => saved.originals.includes(name)),
    });
  },
  saw: (answers) =>
    wrong({ found: answers.some((text) => text.includes('"total":1') && text.includes('"@Volume":-6')) }),
};
