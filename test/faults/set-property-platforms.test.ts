import { describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { type Fate, type FaultyRoom, withFaultyWwise } from '../harness/faulty-wwise.ts';

const home = '\\Containers\\Default Work Unit';
const objectId = `${home}\\A`;
const property = 'Volume';
/** The first is the current one. */
const platforms = ['Windows', 'Mac', 'Linux'];

function withPlatforms(work: (room: FaultyRoom) => Promise<void>): Promise<void> {
  return withFaultyWwise(
    async (room) => {
      await room.done('create_sound', { name: 'A', parentPath: home });
      await work(room);
    },
    { platforms },
  );
}

/** The value of each platform, past every fault. */
async function volumes(room: FaultyRoom): Promise<Record<string, Json | undefined>> {
  room.fate = () => 'answer';
  const found: Record<string, Json | undefined> = {};
  for (const platform of platforms) {
    const { values } = await room.done('get_object', { objectId, return: ['@Volume'], platform });
    found[platform] = asJsonObject(values)['@Volume'];
  }
  return found;
}

/** The fate of the nth call of the function from now on; the others are answered. */
function nth(room: FaultyRoom, uri: string, count: number, fate: Fate): void {
  let left = count;
  room.fate = (call) => {
    if (call.uri !== `ak.wwise.core.object.${uri}`) return 'answer';
    left -= 1;
    return left === 0 ? fate : 'answer';
  };
}

/** Of reading back, that which goes out with the change is refused; this becomes of the one that follows. */
function readingBack(room: FaultyRoom, fate: Fate): void {
  let reads = 0;
  room.fate = (call) => {
    if (call.uri !== 'ak.wwise.core.object.get') return 'answer';
    reads += 1;
    if (reads === 2) return refusing;
    return reads === 3 ? fate : 'answer';
  };
}

const refusing: Fate = (call) => call.error('ak.wwise.query.unavailable', 'not now', {});

/** Sets a value without a platform as a Wwise does that leaves alone whoever has a value of its own: here only Mac has none. */
function skippingOwnValues(room: FaultyRoom, refusedReadOf?: string): void {
  let isSet = false;
  room.fate = ({ uri, args, options }) => {
    if (uri.endsWith('.setProperty')) {
      isSet = true;
      return { args: { ...args, platform: 'Mac' } };
    }
    return isSet && refusedReadOf !== undefined && options.platform === refusedReadOf ? refusing : 'answer';
  };
}

async function giveOwnValues({ done }: FaultyRoom): Promise<void> {
  await done('set_property', { objectId, property, value: -2, platform: 'Windows' });
  await done('set_property', { objectId, property, value: -3, platform: 'Linux' });
}

describe('set_property of which a call failed after the value was set', () => {
  it.each([undefined, 'Mac'])(
    'says that it was set where reading it back is refused (platform: %s)',
    (platform) =>
      withPlatforms(async (room) => {
        readingBack(room, refusing);
        const failure = await room.refused('set_property', { objectId, property, value: -9, platform });
        expect(failure).toMatchObject({
          code: 'WAAPI_ERROR',
          error: `Volume of "${objectId}" was set, but could not be read back: ak.wwise.core.object.get: not now`,
          hint: expect.stringContaining('before you set it again'),
          details: { object: { path: objectId }, set: ['Volume'] },
        });
        const rest = platform === undefined ? -9 : 0;
        expect(await volumes(room)).toEqual({ Windows: rest, Mac: -9, Linux: rest });
      }),
  );

  it.each(['cut before', 'cut after'] as const)('reads it back over the next link (%s)', (fate) =>
    withPlatforms(async (room) => {
      readingBack(room, fate);
      expect(await room.done('set_property', { objectId, property, value: -9 })).toMatchObject({ value: -9 });
      expect(await volumes(room)).toEqual({ Windows: -9, Mac: -9, Linux: -9 });
      expect(room.changes().filter(([uri]) => uri === 'object.setProperty')).toHaveLength(1);
    }),
  );
});

describe('set_property whose link broke at the change', () => {
  it.each([
    ['cut before', 0],
    ['cut after', -9],
  ] as const)('leaves its outcome unknown, and sets it when called again (%s)', (fate, value) =>
    withPlatforms(async (room) => {
      nth(room, 'setProperty', 1, fate);
      const input = { objectId, property, value: -9 };
      expect(await room.refused('set_property', input)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(await volumes(room)).toEqual({ Windows: value, Mac: value, Linux: value });
      expect(await room.done('set_property', input)).toMatchObject({ value: -9 });
      expect(await volumes(room)).toEqual({ Windows: -9, Mac: -9, Linux: -9 });
    }),
  );
});

describe('set_property where platforms keep values of their own', () => {
  it('names who took the value and who did not, each with what it has', () =>
    withPlatforms(async (room) => {
      await giveOwnValues(room);
      skippingOwnValues(room);
      const failure = await room.refused('set_property', { objectId, property, value: -9 });
      expect(failure).toMatchObject({
        code: 'WAAPI_ERROR',
        error: `Volume of "${objectId}" was set for Mac only. Windows has -2 of its own, Linux has -3 of its own.`,
        details: { changed: ['Mac'], unchanged: ['Windows', 'Linux'], unread: [] },
      });
      expect(await volumes(room)).toEqual({ Windows: -2, Mac: -9, Linux: -3 });
    }));

  it('names those it could not look at, and claims nothing of them', () =>
    withPlatforms(async (room) => {
      await giveOwnValues(room);
      skippingOwnValues(room, 'Linux');
      expect(await room.refused('set_property', { objectId, property, value: -9 })).toMatchObject({
        error: `Volume of "${objectId}" was set for Mac only. Windows has -2 of its own. It could not be read for Linux.`,
        details: { changed: ['Mac'], unchanged: ['Windows'], unread: ['Linux'] },
      });
      skippingOwnValues(room, 'Mac');
      expect(await room.refused('set_property', { objectId, property, value: -8 })).toMatchObject({
        error: expect.stringContaining('was set, but for no platform that could be read.'),
        details: { changed: [], unchanged: ['Windows', 'Linux'], unread: ['Mac'] },
      });
    }));
});

describe('a run that sets a value for each platform and is cut off between two of them', () => {
  const nodes = platforms.map((platform, at) => ({
    id: platform,
    type: 'set_property',
    data: { objectId, property, value: -10 - at, platform },
  }));
  const edges = platforms.slice(1).map((target, at) => ({ source: platforms[at] ?? '', target }));
  const before = { Windows: -2, Mac: 0, Linux: -3 };
  const document = (more: JsonObject = {}): JsonObject => ({ workflowId: 'each', nodes, edges, ...more });

  it.each([
    // The call never arrived, so nothing was recorded that could be compared.
    ['cut before', { verified: false, rolledBack: ['Windows'], notRolledBack: [{ node: 'Mac' }] }],
    ['cut after', { verified: true, rolledBack: ['Windows', 'Mac'], notRolledBack: [] }],
  ] as const)('is no success, and a rollback brings all platforms back (%s)', (fate, rollback) =>
    withPlatforms(async (room) => {
      await giveOwnValues(room);
      nth(room, 'setProperty', 2, fate);
      const { executionId, answer } = await room.run(document());
      expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN', details: { stopAt: 'Mac' } });
      room.fate = () => 'answer';
      const { data } = await room.runs.rollback(executionId);
      expect(data).toMatchObject(rollback);
      expect(await volumes(room)).toEqual(before);
    }),
  );

  it('and is to roll back then does so', () =>
    withPlatforms(async (room) => {
      await giveOwnValues(room);
      nth(room, 'setProperty', 3, refusing);
      const { answer } = await room.run(document({ onError: 'rollback' }));
      expect(answer).toMatchObject({ ok: false });
      expect(await volumes(room)).toEqual(before);
    }));
});
