import { type AgentTask, refused, steps, wrong } from '../task.ts';
import { savedValue, targetOf } from '../wwu.ts';

const home = '\\Containers\\Default Work Unit';

/**
 * What cannot be done, or must not be. Written from the README, the guides and the primer alone, before the sources were looked
 * at; the calls were added afterwards.
 */
export const wrongWishes: readonly AgentTask[] = [
  {
    id: 'too-loud',
    wish: 'Make the Sound Explosion 300 dB louder than it is.',
    project: 'studio',
    outcome: 'refused',
    steps: [
      refused('WAAPI_ERROR', 'set_value', {
        objectId: 'Sound:Explosion',
        property: 'Volume',
        value: 297,
      }),
    ],
    check: (saved) => wrong({ 'as it was': savedValue(saved.one('Sound', 'Explosion'), 'Volume') === '-3' }),
  },
  {
    id: 'bad-event-name',
    wish: 'Rename the Event Play_Step to "Play Step!", exactly so, with the blank and the exclamation mark.',
    project: 'studio',
    outcome: 'refused',
    steps: [
      refused('INVALID_INPUT', 'set_objects', {
        objects: [{ objectId: 'Event:Play_Step', name: 'Play Step!' }],
      }),
    ],
    check: (saved) => wrong({ 'its name': saved.all('Event', 'Play_Step').length === 1 }),
  },
  {
    id: 'bus-in-use',
    wish: 'Delete the bus Music, but only if nothing plays through it.',
    project: 'studio',
    outcome: 'refused',
    steps: [refused('CONFIRMATION_REQUIRED', 'delete_object', { objectIds: ['Bus:Music'] })],
    check: (saved) =>
      wrong({
        'the bus': saved.all('Bus', 'Music').length === 1,
        'what plays there': targetOf(saved.one('PropertyContainer', 'Themes'), 'OutputBus') === 'Music',
      }),
  },
  {
    id: 'file-not-allowed',
    wish: 'Import /srv/elsewhere/secret.wav as a Sound Secret with an Event that plays it.',
    project: 'studio',
    outcome: 'refused',
    steps: [
      refused('PATH_NOT_ALLOWED', 'import_audio', {
        filePath: '/srv/elsewhere/secret.wav',
        parentPath: home,
        name: 'Secret',
        event: 'Play_{name}',
      }),
    ],
    check: (saved) =>
      wrong({
        'no Sound': saved.all('Sound', 'Secret').length === 0,
        'no Event': saved.all('Event', 'Play_Secret').length === 0,
        'no file': saved.originals.length === 0,
      }),
  },
  {
    id: 'no-wwise-no-banks',
    wish: 'Generate the SoundBank Main and say how many bytes it has.',
    project: 'studio',
    outcome: 'refused',
    steps: [{ ...steps(['generate_soundbanks', { soundbanks: ['Main'] }]), refused: 'WAAPI_ERROR' }],
    check: (saved) => wrong({ 'the bank': saved.all('SoundBank', 'Main').length === 1 }),
  },
];
