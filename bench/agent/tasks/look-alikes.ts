import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentTask, call, save, steps, wrong } from '../task.ts';
import { childrenOf, parentOf, savedValue, targetOf } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';

/**
 * What is easily mistaken for something else. Written from the README, the guides and the primer alone, before the sources were
 * looked at; the calls were added afterwards.
 */
export const lookAlikes: readonly AgentTask[] = [
  {
    id: 'two-doors',
    wish: 'Set the Door of the interior to -4 dB.',
    project: 'studio',
    steps: [call('set_value', { objectId: `${home}\\Interior\\Door`, property: 'Volume', value: -4 }), save],
    check: (saved) =>
      wrong({
        'that one alone': saved
          .all('Sound', 'Door')
          .every(
            (one) =>
              savedValue(one, 'Volume') ===
              (parentOf(one)?.attributes.Name === 'Interior' ? '-4' : undefined),
          ),
      }),
  },
  {
    id: 'right-bus',
    wish: 'Let everything in Interface play through the bus for the interface, and set it once, at the top.',
    project: 'studio',
    steps: [
      call('set_value', { objectId: `${home}\\Interface`, property: 'OutputBus', targetPath: 'Bus:Sfx_UI' }),
      save,
    ],
    check: (saved) => {
      const top = saved.one('PropertyContainer', 'Interface');
      return wrong({
        'the bus': targetOf(top, 'OutputBus') === 'Sfx_UI',
        'what lies below inherits it': childrenOf(top).every(
          (one) => savedValue(one, 'OverrideOutput') !== 'True',
        ),
        'no other': targetOf(saved.one('Sound', 'Interface_Old'), 'OutputBus') !== 'Sfx_UI',
      });
    },
  },
  {
    id: 'already-there',
    wish: 'Make sure that there is an Event Play_Rain that plays Rain.',
    project: 'studio',
    steps: [call('edit_event', { objectId: 'Event:Play_Rain' })],
    check: (saved) =>
      wrong({
        'one Event': saved.all('Event', 'Play_Rain').length === 1,
        'no Event more': saved.all('Event').length === 2,
        'one action': childrenOf(saved.one('Event', 'Play_Rain')).length === 1,
      }),
  },
  {
    id: 'whole-group',
    wish: 'Make the whole group Weapons 6 dB quieter than it is now.',
    project: 'studio',
    steps: [
      call('get_object', { objectId: `${home}\\Weapons`, return: ['Volume'] }),
      call('set_value', { objectId: `${home}\\Weapons`, property: 'Volume', value: -9 }),
      save,
    ],
    check: (saved) =>
      wrong({
        'at the top': savedValue(saved.one('PropertyContainer', 'Weapons'), 'Volume') === '-9',
        'not below':
          savedValue(saved.one('Sound', 'Pistol'), 'Volume') === '-2' &&
          savedValue(saved.one('Sound', 'Rifle'), 'Volume') === '-5',
      }),
  },
  {
    id: 'what-plays-there',
    wish: 'Which Sounds really play through the bus Voices? Change nothing.',
    project: 'studio',
    outcome: 'shown',
    answer: ['Hello', 'Narrator'],
    steps: [
      call('references_to', { objectId: 'Bus:Voices' }),
      steps(
        ...['Dialogue\\Hello', 'Dialogue\\Bye', 'Narrator', 'Crowd\\Shout'].map(
          (path): [string, { objectId: string }] => ['effective_output', { objectId: `${home}\\${path}` }],
        ),
      ),
    ],
    check: (saved) => wrong({ 'as it was': targetOf(saved.one('Sound', 'Shout'), 'OutputBus') === 'Voices' }),
    saw: (answers) => wrong({ 'where it plays': answers.join().includes('Narrator') }),
  },
  {
    id: 'half-merged',
    wish: 'How many Sounds does the project have? If nobody can know for certain, say which file is to blame.',
    project: 'studio',
    outcome: 'shown',
    answer: ['28', 'Vehicles.wwu'],
    prepare: (projectDir) =>
      appendFileSync(
        join(projectDir, 'Containers', 'Vehicles.wwu'),
        '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n',
      ),
    steps: [call('find_things', { query: '$ from type Sound', limit: 1 })],
    check: () => undefined,
    saw: (answers) =>
      wrong({
        'the number': answers.join().includes('"total":28'),
        'the file': answers.join().includes('Vehicles.wwu'),
      }),
  },
];
