import { type AgentTask, call, discover, save, steps, wrong } from '../task.ts';
import { childrenOf, namesIn, savedValue, targetOf, withAllBelow } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';
const file = (name: string) => ({ filePath: `/audio/${name}.wav` });

/** In a game of a few hundred objects: what there is. Written as people ask, before it was known which call does it. */
export const gameObjects: readonly AgentTask[] = [
  {
    id: 'hits',
    wish: 'Make a Random Container Hits with three sounds from the files Hit_01 to Hit_03, quieter by 6 dB, on the bus Sfx, and an Event Play_Hits that plays it.',
    project: 'game',
    steps: [
      call('create_object', { type: 'RandomSequenceContainer', name: 'Hits', parentPath: home }),
      call('import_audio', {
        parentPath: `${home}\\Hits`,
        files: ['Hit_01', 'Hit_02', 'Hit_03'].map(file),
        properties: { Volume: -6 },
      }),
      call('set_value', { objectId: `${home}\\Hits`, property: 'OutputBus', targetPath: 'Bus:Sfx' }),
      call('edit_event', { name: 'Play_Hits', targetPath: `${home}\\Hits` }),
      save,
    ],
    check: (saved) => {
      const hits = saved.one('RandomSequenceContainer', 'Hits');
      return wrong({
        'three sounds': namesIn(hits).join() === 'Hit_01,Hit_02,Hit_03',
        quieter: childrenOf(hits).every((sound) => savedValue(sound, 'Volume') === '-6'),
        'on Sfx': targetOf(hits, 'OutputBus') === 'Sfx' && savedValue(hits, 'OverrideOutput') === 'True',
        played: childrenOf(saved.one('Event', 'Play_Hits')).some(
          (action) => targetOf(action, 'Target') === 'Hits',
        ),
      });
    },
  },
  {
    id: 'rename-after-container',
    wish: 'Rename the sounds of each container below HorseSteps to its name in lower case and _01, _02 and so on.',
    project: 'game',
    steps: [
      discover({ toolset: 'batch' }),
      steps(
        [
          'rename_by_pattern',
          {
            query: `$ "${home}\\HorseSteps" select children.children`,
            template: '{parent:lower}_{n:02}',
            numberPer: 'parent',
          },
        ],
        ['project_save', {}],
      ),
    ],
    check: (saved) => {
      const horse = saved.one('SwitchContainer', 'HorseSteps');
      const wanted = (name: string) => Array.from({ length: 8 }, (_, at) => `${name}_0${at + 1}`).join();
      return wrong({
        'each by its own': childrenOf(horse).every(
          (one) => namesIn(one).toSorted().join() === wanted(one.attributes.Name?.toLowerCase() ?? ''),
        ),
        'no other': saved.all('Sound', 'step 1').length === 9,
      });
    },
  },
  {
    id: 'who-plays',
    wish: 'Which Events play the Sound Bow? Change nothing.',
    project: 'game',
    outcome: 'shown',
    answer: ['Play_Bow'],
    steps: [call('references_to', { objectId: 'Sound:Bow' })],
    check: (saved) => wrong({ unchanged: saved.all('Event').length === 9 }),
    saw: (answers) => wrong({ named: answers.join().includes('Play_Bow') }),
  },
  {
    id: 'unused-but-keep',
    wish: 'Delete the Sounds that nobody uses, but keep everything below Keep.',
    project: 'game',
    steps: [
      discover({ toolset: 'batch' }),
      steps(
        ['remove_unused', { kind: 'audio', except: [`${home}\\Keep`], confirm: true }],
        ['project_save', {}],
      ),
    ],
    check: (saved) =>
      wrong({
        'OldGun is gone': saved.all('Sound', 'OldGun').length === 0,
        'Draft stays': saved.all('Sound', 'Draft').length === 1,
        'used ones stay':
          saved.all('Sound', 'Bow').length === 1 && saved.all('Sound', 'amb_wind').length === 1,
      }),
  },
  {
    id: 'copy-container',
    wish: 'Make a copy of Engine as Engine2, an octave lower, with an Event for it.',
    project: 'game',
    steps: [
      call('copy_or_move', { objectId: `${home}\\Engine`, parentPath: home, name: 'Engine2' }),
      call('set_value', { objectId: `${home}\\Engine2`, property: 'Pitch', value: -1200 }),
      call('edit_event', { name: 'Play_Engine2', targetPath: `${home}\\Engine2` }),
      save,
    ],
    check: (saved) => {
      const copy = saved.one('RandomSequenceContainer', 'Engine2');
      return wrong({
        complete: namesIn(copy).toSorted().join() === 'Loop,Start,Stop',
        lower: savedValue(copy, 'Pitch') === '-1200',
        played: saved.all('Event', 'Play_Engine2').length === 1,
      });
    },
  },
  {
    id: 'delete-four',
    wish: 'Delete the weapons Bow, Sword, Axe and OldGun at once, whatever plays them.',
    project: 'game',
    steps: [
      call('delete_object', {
        objectIds: ['Bow', 'Sword', 'Axe', 'OldGun'].map((name) => `${home}\\Weapons\\${name}`),
        confirm: true,
      }),
      save,
    ],
    check: (saved) =>
      wrong({ 'none left': namesIn(saved.one('RandomSequenceContainer', 'Weapons')).length === 0 }),
  },
  {
    id: 'bank',
    wish: 'Put all Events into the bank Main.',
    project: 'game',
    steps: [
      discover({ toolset: 'soundbanks' }),
      steps(
        [
          'set_inclusions',
          { objectId: 'SoundBank:Main', inclusions: [{ object: '\\Events\\Default Work Unit' }] },
        ],
        ['project_save', {}],
      ),
    ],
    check: (saved) =>
      wrong({
        included: withAllBelow(saved.one('SoundBank', 'Main')).some(({ tag }) => tag === 'ObjectRef'),
      }),
  },
];
