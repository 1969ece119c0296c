import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';

const sound = '\\Containers\\Default Work Unit\\S';

function withSound(work: (room: EngineRoom) => Promise<void>): Promise<void> {
  return withEngine(async (room) => {
    await room.call('object.create', {
      parent: '\\Containers\\Default Work Unit',
      type: 'Sound',
      name: 'S',
    });
    await work(room);
  });
}

describe('a member of another kind than the function sets', () => {
  it.each([
    [
      'setReference',
      { reference: 'Volume', value: sound },
      'Volume is a property: use ak.wwise.core.object.setProperty.',
    ],
    ['setProperty', { property: 'OutputBus', value: 'x' }, /^OutputBus is a reference: use .*setReference/],
    ['setProperty', { property: 'effects', value: 1 }, /^effects is a list: use .*object\.set/],
  ] as const)('is refused by %s with what it is, not with its own name as a hint', (name, args, reason) =>
    withSound(async ({ refused }) => {
      const error = await refused(`object.${name}`, { object: sound, ...args });
      expect(error.message).toMatch(/^The (property|reference) \w+ is unknown on object type Sound\.$/);
      expect(error.details.reasons).toEqual([expect.stringMatching(reason)]);
      expect(error.details).not.toHaveProperty('candidates');
    }),
  );

  it('is not confused with one that no object has: that has the nearest names', () =>
    withSound(async ({ refused }) => {
      const { details } = await refused('object.setProperty', { object: sound, property: 'Volum', value: 1 });
      expect(details.candidates).toContain('Volume');
    }));
});

const slot = (effect: JsonObject) => ({
  objects: [
    {
      object: sound,
      '@Effects': [{ type: 'EffectSlot', name: '', '@Effect': { type: 'Effect', name: 'E', ...effect } }],
    },
  ],
});

describe('a class id', () => {
  it.each([
    ['of a codec', { classId: 65537 }, 'Class id 65537 is of no plug-in for an object of type Effect.'],
    ['of a source', { classId: 9699330 }, 'Class id 9699330 is of no plug-in for an object of type Effect.'],
    [
      'of an object type',
      { classId: 65552 },
      'Class id 65552 is of no plug-in for an object of type Effect.',
    ],
    ['that is missing', {}, 'Object of type Effect needs a classId.'],
  ])('%s makes no Effect, also inside a slot', (_, effect, message) =>
    withSound(async ({ refused, call }) => {
      expect(await refused('object.set', slot(effect))).toMatchObject({
        uri: 'ak.wwise.invalid_arguments',
        message,
      });
      expect(await call('object.get', { waql: '$ from type Effect, EffectSlot' })).toEqual({ return: [] });
    }),
  );

  it('of a plug-in of others makes an Effect', () =>
    withSound(async ({ call }) => {
      // iZotope Trash Delay: company 259, plug-in 4, type 3.
      const classId = (4 << 16) | (259 << 4) | 3;
      await call('object.set', slot({ classId }));
      expect(await call('object.get', { waql: '$ from type Effect' }, { return: ['classId'] })).toEqual({
        return: [{ classId }],
      });
    }));
});

describe('what is part of another object', () => {
  it('is not included in a SoundBank: it would be gone with the next of its kind', () =>
    withSound(async ({ call, refused }) => {
      await call('object.create', {
        parent: '\\SoundBanks\\Default Work Unit',
        type: 'SoundBank',
        name: 'Main',
      });
      await call('object.set', slot({ classId: 7733251 }));
      const { return: effects } = await call(
        'object.get',
        { waql: '$ from type Effect' },
        { return: ['id'] },
      );
      const [{ id } = {}] = effects as readonly JsonObject[];
      const included = (object: unknown, operation: string): JsonObject => ({
        soundbank: 'SoundBank:Main',
        operation,
        inclusions: [{ object: String(object), filter: ['structures'] }],
      });
      expect(await refused('soundbank.setInclusions', included(id, 'add'))).toMatchObject({
        uri: 'ak.wwise.invalid_arguments',
        message: expect.stringMatching(/E is part of .*S.* and comes with it: include that\.$/),
      });
      await call('soundbank.setInclusions', included(sound, 'add'));
      // One that an older project has can be taken away.
      await call('soundbank.setInclusions', included(id, 'remove'));
    }));
});
