import { describe, expect, it } from 'vitest';
import { type FaultyRoom, withFaultyWwise } from '../harness/faulty-wwise.ts';

const home = '\\Containers\\Default Work Unit';
const get = 'ak.wwise.core.object.get';
const reads = { connection: { timeLimitsMs: { [get]: 300 } } };

/** Wwise does what it is sent; from then on it does not answer what it is asked. */
function silentAfter(room: FaultyRoom, change: string): void {
  let isDone = false;
  room.fate = ({ uri }) => {
    if (uri.endsWith(change)) isDone = true;
    return isDone && uri === get ? 'silence' : 'answer';
  };
}

describe('a command that changed the project, and then cannot read it', () => {
  it('says that its outcome is unknown, so that nobody does it twice', () =>
    withFaultyWwise(async (room) => {
      silentAfter(room, 'object.set');
      const children = [{ type: 'Sound', name: 'Step' }];
      const refused = await room.refused('set_objects', { objects: [{ objectId: home, children }] });
      expect(refused).toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        retryable: false,
        error: expect.stringMatching(/^The project was changed, and what was to follow was not done: /),
        hint: expect.stringContaining('before doing it again'),
        details: { cause: 'WAAPI_TIMEOUT' },
      });
      expect(await room.sounds()).toEqual(['Step']);
    }, reads));

  it('keeps the code of a call that was refused before anything was changed', () =>
    withFaultyWwise(async (room) => {
      room.fate = ({ uri }) => (uri === get ? 'silence' : 'answer');
      const children = [{ type: 'Sound', name: 'Step' }];
      const refused = await room.refused('set_objects', { objects: [{ objectId: home, children }] });
      expect(refused).toMatchObject({ code: 'WAAPI_TIMEOUT', retryable: true });
      expect(await room.sounds()).toEqual([]);
    }, reads));
});
