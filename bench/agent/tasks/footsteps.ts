import { type AgentTask, call, discover, save, steps, wrong } from '../task.ts';
import { childrenOf, namesIn, parentOf, savedValue, targetOf, withAllBelow } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';

/** On the small project: a few containers, busses and game syncs, one Event. */
export const footsteps: readonly AgentTask[] = [
  {
    id: 'quieter',
    wish: 'Make the wind 4 dB quieter.',
    project: 'footsteps',
    steps: [call('set_value', { objectId: 'Sound:Wind', property: 'Volume', value: -4 }), save],
    check: (saved) => wrong({ set: savedValue(saved.one('Sound', 'Wind'), 'Volume') === '-4' }),
  },
  {
    id: 'to-reverb',
    wish: 'Send the wind to the auxiliary bus Hall at -12 dB.',
    project: 'footsteps',
    steps: [
      discover({ toolset: 'routing' }),
      steps(
        ['set_aux_send', { objectId: 'Sound:Wind', auxBus: 'AuxBus:Hall', volumeDb: -12 }],
        ['project_save', {}],
      ),
    ],
    check: (saved) => {
      const wind = saved.one('Sound', 'Wind');
      return wrong({
        'the bus': targetOf(wind, 'UserAuxSend0') === 'Hall',
        'its volume': savedValue(wind, 'UserAuxSendVolume0') === '-12',
      });
    },
  },
  {
    id: 'rename-one',
    wish: 'Wind should be called Breeze.',
    project: 'footsteps',
    steps: [call('set_objects', { objects: [{ objectId: 'Sound:Wind', name: 'Breeze' }] }), save],
    check: (saved) =>
      wrong({
        renamed: saved.all('Sound', 'Breeze').length === 1 && saved.all('Sound', 'Wind').length === 0,
      }),
  },
  {
    id: 'move-into',
    wish: 'Move the wind into the container Steps.',
    project: 'footsteps',
    steps: [call('copy_or_move', { objectIds: ['Sound:Wind'], parentPath: `${home}\\Steps` }), save],
    check: (saved) => wrong({ moved: parentOf(saved.one('Sound', 'Wind'))?.attributes.Name === 'Steps' }),
  },
  {
    id: 'stop-event',
    wish: 'Make an Event Stop_Steps that fades the steps out in half a second.',
    project: 'footsteps',
    steps: [
      call('edit_event', {
        name: 'Stop_Steps',
        actions: [{ type: 'Stop', targetPath: `${home}\\Steps`, fadeSeconds: 0.5 }],
      }),
      save,
    ],
    check: (saved) => {
      const [action] = childrenOf(saved.one('Event', 'Stop_Steps'));
      return wrong({
        'a stop': action !== undefined && savedValue(action, 'ActionType') === '2',
        'its fade': action !== undefined && savedValue(action, 'FadeTime') === '0.5',
        'its target': action !== undefined && targetOf(action, 'Target') === 'Steps',
      });
    },
  },
  {
    id: 'set-state-event',
    wish: 'Make an Event that sets the weather to rain.',
    project: 'footsteps',
    steps: [
      call('edit_event', {
        name: 'Start_Rain',
        actions: [{ type: 'SetState', targetPath: '\\States\\Default Work Unit\\Weather\\Rain' }],
      }),
      save,
    ],
    check: (saved) => wrong({ 'one action': childrenOf(saved.one('Event', 'Start_Rain')).length === 1 }),
  },
  {
    id: 'weather-volume',
    wish: 'When it rains the wind shall be 6 dB louder.',
    project: 'footsteps',
    steps: [
      discover({ toolset: 'gamesyncs' }),
      discover({ types: ['set_states'] }),
      steps(
        [
          'set_states',
          {
            objectId: 'Sound:Wind',
            stateGroups: ['StateGroup:Weather'],
            properties: ['Volume'],
            values: [{ state: '\\States\\Default Work Unit\\Weather\\Rain', values: { Volume: 6 } }],
          },
        ],
        ['project_save', {}],
      ),
    ],
    check: (saved) =>
      wrong({
        'a state that follows': withAllBelow(saved.one('Sound', 'Wind')).some(
          (one) => one.tag === 'CustomState' || one.tag === 'StateGroupInfo',
        ),
      }),
  },
  {
    id: 'unassigned-child',
    wish: 'Stone plays nothing yet in Ground: assign OnStone to it.',
    project: 'footsteps',
    steps: [
      call('switch_assignments', {
        objectId: `${home}\\Ground`,
        assignments: [{ child: 'OnStone', switch: 'Stone' }],
      }),
      save,
    ],
    check: (saved) =>
      wrong({
        'two assignments':
          withAllBelow(saved.one('SwitchContainer', 'Ground')).filter(({ tag }) => tag === 'Grouping')
            .length === 2,
      }),
  },
  {
    id: 'unassign',
    wish: 'Grass shall play nothing in Ground.',
    project: 'footsteps',
    steps: [
      call('switch_assignments', {
        objectId: `${home}\\Ground`,
        assignments: [{ child: 'OnGrass', switch: 'Grass' }],
        remove: true,
      }),
      save,
    ],
    check: (saved) =>
      wrong({
        none: withAllBelow(saved.one('SwitchContainer', 'Ground')).every(
          ({ tag, children }) =>
            tag !== 'Grouping' ||
            children.every((one) => one.tag !== 'ItemList' || one.children.length === 0),
        ),
      }),
  },
  {
    id: 'no-effect',
    wish: 'Remove the effect of the steps.',
    project: 'footsteps',
    steps: [call('edit_effects', { objectId: `${home}\\Steps`, effect: 0, remove: true }), save],
    check: (saved) =>
      wrong({
        gone: withAllBelow(saved.one('RandomSequenceContainer', 'Steps')).every(
          ({ tag }) => tag !== 'Effect',
        ),
      }),
  },
  {
    id: 'no-rtpc',
    wish: 'The volume of the steps shall not follow the speed any more.',
    project: 'footsteps',
    steps: [call('edit_curve', { objectId: `${home}\\Steps`, property: 'Volume', remove: true }), save],
    check: (saved) =>
      wrong({
        gone: withAllBelow(saved.one('RandomSequenceContainer', 'Steps')).every(({ tag }) => tag !== 'RTPC'),
      }),
  },
  {
    id: 'read-rtpc',
    wish: 'What drives the volume of the steps?',
    project: 'footsteps',
    outcome: 'shown',
    answer: ['Speed'],
    steps: [call('edit_curve', { objectId: `${home}\\Steps`, rtpcs: true })],
    check: () => undefined,
    saw: (answers) =>
      wrong({ named: answers.join().includes('Speed') && answers.join().includes('"y":-12') }),
  },
  {
    id: 'replace-audio',
    wish: 'The wind has no audio: take Wind.wav.',
    project: 'footsteps',
    steps: [call('import_audio', { filePath: '/audio/Wind.wav', objectId: 'Sound:Wind' }), save],
    check: (saved) =>
      wrong({
        copied: saved.originals.includes('Wind.wav'),
        played: namesIn(saved.one('Sound', 'Wind')).length === 1,
      }),
  },
  {
    id: 'streaming',
    wish: 'The wind shall be streamed; which property is that?',
    project: 'footsteps',
    steps: [
      call('describe_type', { objectId: 'Sound', find: 'stream' }),
      call('set_value', { objectId: 'Sound:Wind', property: 'IsStreamingEnabled', value: true }),
      save,
    ],
    check: (saved) => wrong({ set: savedValue(saved.one('Sound', 'Wind'), 'IsStreamingEnabled') === 'True' }),
  },
  {
    id: 'play-in-turn',
    wish: 'The steps shall play in turn, not at random.',
    project: 'footsteps',
    steps: [
      call('set_value', { objectId: `${home}\\Steps`, property: 'RandomOrSequence', value: 'Sequence' }),
      save,
    ],
    check: (saved) =>
      wrong({
        'a sequence': savedValue(saved.one('RandomSequenceContainer', 'Steps'), 'RandomOrSequence') === '0',
      }),
  },
  {
    id: 'playlist',
    wish: 'The intro shall play Two, One, Two.',
    project: 'footsteps',
    steps: [
      discover({ toolset: 'containers' }),
      steps(
        ['set_playlist', { objectId: `${home}\\Intro`, items: ['Two', 'One', 'Two'] }],
        ['project_save', {}],
      ),
    ],
    check: (saved) => {
      const played = withAllBelow(saved.one('RandomSequenceContainer', 'Intro')).filter(
        ({ attributes }) => attributes.PluginName === 'PlaylistSlot',
      );
      return wrong({
        'in this order': played.map((slot) => targetOf(slot, 'PlaylistObject')).join() === 'Two,One,Two',
      });
    },
  },
  {
    id: 'blend',
    wish: 'Crossfade Low and High of the engine over the speed.',
    project: 'footsteps',
    steps: [
      discover({ toolset: 'containers' }),
      discover({ types: ['add_blend_track'] }),
      steps(
        [
          'add_blend_track',
          {
            objectId: `${home}\\Engine`,
            name: 'Rpm',
            gameParameter: 'GameParameter:Speed',
            children: [
              { child: 'Low', to: 30 },
              { child: 'High', from: 20 },
            ],
          },
        ],
        ['project_save', {}],
      ),
    ],
    check: (saved) =>
      wrong({
        'the track': withAllBelow(saved.one('BlendContainer', 'Engine')).some(
          ({ tag, attributes }) => tag === 'BlendTrack' && attributes.Name === 'Rpm',
        ),
      }),
  },
  {
    id: 'wider-speed',
    wish: 'The game sends speeds to 120, not to 50.',
    project: 'footsteps',
    steps: [
      discover({ toolset: 'gamesyncs' }),
      steps(
        ['set_game_parameter_range', { objectId: 'GameParameter:Speed', min: 0, max: 120 }],
        ['project_save', {}],
      ),
    ],
    check: (saved) =>
      wrong({ 'the range': savedValue(saved.one('GameParameter', 'Speed'), 'Max') === '120' }),
  },
  {
    id: 'all-or-nothing',
    wish: 'Build a Sound, a bus for it and its Event as one, and roll it back.',
    project: 'footsteps',
    steps: [
      steps(
        ['create_object', { type: 'Sound', name: 'Trial', parentPath: home }],
        ['create_event', { name: 'Play_Trial', targetPath: `${home}\\Trial` }],
      ),
      call('workflow_rollback', { executionId: '$last:executionId' }),
      save,
    ],
    check: (saved) =>
      wrong({
        'nothing left':
          saved.all('Sound', 'Trial').length === 0 && saved.all('Event', 'Play_Trial').length === 0,
      }),
  },
  {
    id: 'health',
    wish: 'Is anything wrong with the project? Name the Sounds that have no audio.',
    project: 'footsteps',
    outcome: 'shown',
    answer: ['Step_2', 'Wind', 'OnGrass', 'OnStone', 'Low', 'High', 'One', 'Two'],
    steps: [discover({ toolset: 'query' }), steps(['project_lint', {}])],
    check: () => undefined,
    saw: (answers) =>
      wrong({
        findings:
          answers.at(-1)?.includes('"ok":true') === true && answers.at(-1)?.includes('missing') === true,
      }),
  },
];
