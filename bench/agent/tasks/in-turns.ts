import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentTask, call, preview, refused, save, steps, wrong } from '../task.ts';
import { namesIn, savedValue, targetOf } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';

/**
 * What is looked at before it is done, and what the person is asked. Written from the README, the guides and the primer alone,
 * before the sources were looked at; the calls were added afterwards.
 */
export const inTurns: readonly AgentTask[] = [
  {
    id: 'only-some-after-all',
    wish: 'Show me which Sounds would be renamed if each whose name ends in _final lost that ending. Change nothing yet.',
    project: 'studio',
    outcome: 'shown',
    answer: ['Creak_final', 'Slam_final', 'Thunder_final'],
    steps: [
      preview([
        'rename_by_pattern',
        { query: '$ from type Sound where name = /_final$/', find: '_final$', regex: true },
      ]),
    ],
    next: [
      {
        says: 'Do it for those in Doors alone.',
        outcome: 'done',
        steps: [
          steps(
            [
              'rename_by_pattern',
              {
                query: `$ "${home}\\Doors" select descendants where name = /_final$/`,
                find: '_final$',
                regex: true,
              },
            ],
            ['project_save', {}],
          ),
        ],
      },
    ],
    check: (saved) =>
      wrong({
        'these two': namesIn(saved.one('Folder', 'Doors')).toSorted().join() === 'Creak,Knock,Slam',
        'no other': saved.all('Sound', 'Thunder_final').length === 1,
      }),
  },
  {
    id: 'look-then-import',
    wish: 'Which Sounds would come about if the folder doors of the audio files was imported below the folder Steps? Do nothing yet.',
    project: 'studio',
    outcome: 'shown',
    answer: ['Door_Open', 'Door_Close'],
    steps: [
      preview(
        ['import_folder', { folderPath: '/audio/doors', parentPath: `${home}\\Steps` }],
        ['project_save', {}],
      ),
    ],
    next: [
      {
        says: 'Good. Do it.',
        outcome: 'done',
        steps: [call('workflow_run', { previewId: '$last:previewId' })],
      },
    ],
    check: (saved) =>
      wrong({
        'below Steps': ['Door_Open', 'Door_Close', 'Step_Grass'].every((name) =>
          namesIn(saved.one('Folder', 'Steps')).includes(name),
        ),
        copied: saved.originals.toSorted().join() === 'Door_Close.wav,Door_Open.wav',
      }),
  },
  {
    id: 'others-in-between',
    wish: 'Make a preview of the Alarm at -20 dB. Change nothing yet.',
    project: 'studio',
    outcome: 'shown',
    steps: [
      preview(
        ['set_property', { objectId: 'Sound:Alarm', property: 'Volume', value: -20 }],
        ['project_save', {}],
      ),
    ],
    next: [
      {
        says: 'Apply exactly what you showed me. If the project is not what it was then, leave it as it is now, and say so.',
        outcome: 'refused',
        // Somebody else turns it down a little.
        meanwhile: (projectDir) => {
          const file = join(projectDir, 'Containers', 'Default Work Unit.wwu');
          const text = readFileSync(file, 'utf8');
          if (!text.includes('-7.5')) throw new Error('The volume of the Alarm does not stand in the file.');
          writeFileSync(file, text.replace('-7.5', '-8.5'));
        },
        steps: [refused('PROJECT_CHANGED', 'workflow_run', { previewId: '$last:previewId' })],
      },
    ],
    check: (saved) =>
      wrong({ 'what the other set': savedValue(saved.one('Sound', 'Alarm'), 'Volume') === '-8.5' }),
  },
  {
    id: 'which-one',
    wish: 'Let Footsteps play through the new bus.',
    project: 'studio',
    outcome: 'asked',
    steps: [call('find_things', { words: 'new', types: ['Bus'] })],
    next: [
      {
        says: 'Steps_New, I meant.',
        outcome: 'done',
        steps: [
          call('set_value', {
            objectId: 'Sound:Footsteps',
            property: 'OutputBus',
            targetPath: 'Bus:Steps_New',
          }),
          save,
        ],
      },
    ],
    check: (saved) => {
      const sound = saved.one('Sound', 'Footsteps');
      return wrong({
        routed: targetOf(sound, 'OutputBus') === 'Steps_New',
        'in effect': savedValue(sound, 'OverrideOutput') === 'True',
      });
    },
  },
  {
    id: 'ask-in-the-run',
    wish: 'Run a workflow that asks me how loud the Alarm is to be, in dB, sets it and saves. I shall answer what it asks.',
    project: 'studio',
    outcome: 'asked',
    steps: [
      call('workflow_run', {
        workflow: {
          nodes: [
            {
              id: 'ask',
              type: 'ask_user',
              data: {
                template: {
                  fields: [
                    {
                      name: 'volume',
                      type: 'number',
                      label: 'Volume of the Alarm',
                      unit: 'dB',
                      min: -96,
                      max: 12,
                    },
                  ],
                },
              },
            },
            {
              id: 'set',
              type: 'set_property',
              data: { objectId: 'Sound:Alarm', property: 'Volume', value: '$from:ask:$output:volume' },
            },
            { id: 'save', type: 'project_save' },
          ],
          edges: [
            { source: 'ask', target: 'set' },
            { source: 'set', target: 'save' },
          ],
        },
      }),
    ],
    next: [
      {
        says: '-12 dB',
        outcome: 'done',
        steps: [call('workflow_answer', { executionId: '$last:executionId', answer: '-12 dB' })],
      },
    ],
    check: (saved) => wrong({ set: savedValue(saved.one('Sound', 'Alarm'), 'Volume') === '-12' }),
  },
];
