import { type AgentTask, call, discover, save, steps, wrong } from '../task.ts';
import { parentOf, savedValue, targetOf, withAllBelow } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

/** In a game of a few hundred objects: how things sound. Written as people ask, before it was known which call does it. */
export const gameValues: readonly AgentTask[] = [
  {
    id: 'amb-bus',
    wish: 'Every Sound whose name begins with amb shall play on the bus Ambience.',
    project: 'game',
    steps: [
      discover({ toolset: 'batch' }),
      steps(
        [
          'set_many',
          {
            query: '$ from type Sound where name = /^amb/',
            properties: { OverrideOutput: true },
            references: { OutputBus: 'Bus:Ambience' },
          },
        ],
        ['project_save', {}],
      ),
    ],
    check: (saved) =>
      wrong({
        'all three': ['amb_birds', 'amb_leaves', 'amb_wind'].every(
          (name) => targetOf(saved.one('Sound', name), 'OutputBus') === 'Ambience',
        ),
        'no other': targetOf(saved.one('Sound', 'Bow'), 'OutputBus') !== 'Ambience',
      }),
  },
  {
    id: 'copy-values',
    wish: 'Copy volume and low-pass of Engine to Forest and Weapons, nothing else.',
    project: 'game',
    steps: [
      call('paste_properties', {
        source: `${home}\\Engine`,
        targets: [`${home}\\Forest`, `${home}\\Weapons`],
        only: ['Volume', 'Lowpass'],
      }),
      save,
    ],
    check: (saved) =>
      wrong({
        Forest: savedValue(saved.one('BlendContainer', 'Forest'), 'Volume') === '-4',
        Weapons: savedValue(saved.one('RandomSequenceContainer', 'Weapons'), 'Lowpass') === '20',
        'still random':
          savedValue(saved.one('RandomSequenceContainer', 'Weapons'), 'RandomOrSequence') !== '0',
      }),
  },
  {
    id: 'pitch-by-speed',
    wish: 'Let the Game Parameter Speed drive the pitch of Engine from -1200 to +1200.',
    project: 'game',
    steps: [
      call('edit_curve', {
        objectId: `${home}\\Engine`,
        property: 'Pitch',
        gameParameter: 'GameParameter:Speed',
        points: [
          { x: 0, y: -1200 },
          { x: 100, y: 1200 },
        ],
      }),
      save,
    ],
    check: (saved) => {
      const below = withAllBelow(saved.one('RandomSequenceContainer', 'Engine'));
      return wrong({
        'an RTPC on Pitch': below.some(
          ({ tag, attributes }) => tag === 'Property' && attributes.Value === 'Pitch',
        ),
        'its ends': ['-1200', '1200'].every((y) =>
          below.some(({ tag, text }) => tag === 'YPos' && text === y),
        ),
      });
    },
  },
  {
    id: 'far-attenuation',
    wish: 'Make an Attenuation Far that is silent at 80 m and use it for the steps of the horse.',
    project: 'game',
    steps: [
      discover({ toolset: 'attenuations' }),
      steps([
        'create_attenuation',
        {
          name: 'Far',
          radiusMax: 80,
          curves: [
            {
              curve: 'VolumeDry',
              points: [
                { x: 0, y: 0 },
                { x: 80, y: -200 },
              ],
            },
          ],
        },
      ]),
      call('set_value', {
        objectId: `${home}\\HorseSteps`,
        property: 'Attenuation',
        targetPath: 'Attenuation:Far',
      }),
      call('set_value', { objectId: `${home}\\HorseSteps`, property: '3DSpatialization', value: 1 }),
      save,
    ],
    check: (saved) =>
      wrong({
        'the radius': savedValue(saved.one('Attenuation', 'Far'), 'RadiusMax') === '80',
        used: targetOf(saved.one('SwitchContainer', 'HorseSteps'), 'Attenuation') === 'Far',
      }),
  },
  {
    id: 'reverb-then-decay',
    wish: 'Put a RoomVerb on the bus Sfx, then set its decay to 3 s.',
    project: 'game',
    steps: [
      call('edit_effects', { objectId: 'Bus:Sfx', plugin: 'Wwise RoomVerb' }),
      call('edit_effects', { objectId: 'Bus:Sfx', effect: 0, parameters: { DecayTime: 3 } }),
      save,
    ],
    check: (saved) =>
      wrong({
        'it is there': withAllBelow(saved.one('Bus', 'Sfx')).some(
          (one) => one.tag === 'Effect' && savedValue(one, 'DecayTime') === '3',
        ),
      }),
  },
  {
    id: 'by-surface',
    wish: 'Let DogSteps follow the switch Surface: grass, stone and wood each play their container.',
    project: 'game',
    steps: [
      call('switch_assignments', {
        objectId: `${home}\\DogSteps`,
        group: 'SwitchGroup:Surface',
        defaultSwitch: 'Stone',
      }),
      call('switch_assignments', {
        objectId: `${home}\\DogSteps`,
        assignments: ['Grass', 'Stone', 'Wood'].map((name) => ({ child: name, switch: name })),
      }),
      save,
    ],
    check: (saved) => {
      const dog = saved.one('SwitchContainer', 'DogSteps');
      return wrong({
        'the group': targetOf(dog, 'SwitchGroupOrStateGroup') === 'Surface',
        'the default': targetOf(dog, 'DefaultSwitchOrState') === 'Stone',
        'three assignments': withAllBelow(dog).filter(({ tag }) => tag === 'Grouping').length === 3,
      });
    },
  },
  {
    id: 'how-loud',
    wish: 'How loud is the Loop of Engine in the end, and through which busses does it go?',
    project: 'game',
    outcome: 'shown',
    answer: ['-4 dB', 'Main Audio Bus'],
    steps: [
      discover({ toolset: 'routing' }),
      steps(['effective_output', { objectId: `${home}\\Engine\\Loop` }]),
    ],
    check: () => undefined,
    saw: (answers) =>
      wrong({
        'the sum': answers.join().includes('"volumeDb":-4'),
        'the chain': answers.join().includes('Main Audio Bus'),
      }),
  },
  {
    id: 'undo-three',
    wish: 'Set Bow, then Axe, then Sword to -20 dB, and do not save yet.',
    project: 'game',
    steps: ['Bow', 'Axe', 'Sword'].map((name) =>
      call('set_value', { objectId: `Sound:${name}`, property: 'Volume', value: -20 }),
    ),
    next: [
      {
        says: 'I did something wrong: take all of these changes back.',
        outcome: 'done',
        steps: [call('undo', { steps: 3 }), save],
      },
    ],
    check: (saved) =>
      wrong({
        'as before': ['Bow', 'Axe', 'Sword'].every(
          (name) => savedValue(saved.one('Sound', name), 'Volume') === undefined,
        ),
      }),
  },
  {
    id: 'new-bus',
    wish: 'I need a bus Weapons below Sfx, 2 dB down, and the weapons on it.',
    project: 'game',
    steps: [
      call('create_object', {
        type: 'Bus',
        name: 'Weapons',
        parentPath: `${mainBus}\\Sfx`,
        properties: { BusVolume: -2 },
      }),
      call('set_value', { objectId: `${home}\\Weapons`, property: 'OutputBus', targetPath: 'Bus:Weapons' }),
      save,
    ],
    check: (saved) => {
      const bus = saved.one('Bus', 'Weapons');
      return wrong({
        'below Sfx': parentOf(bus)?.attributes.Name === 'Sfx',
        'its volume': savedValue(bus, 'BusVolume') === '-2',
        used: targetOf(saved.one('RandomSequenceContainer', 'Weapons'), 'OutputBus') === 'Weapons',
      });
    },
  },
];
