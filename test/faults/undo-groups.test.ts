import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { type FaultyRoom, withFaultyWwise } from '../harness/faulty-wwise.ts';

const parentPath = '\\Containers\\Default Work Unit';
const begin = 'undo.beginGroup';
const end = 'undo.endGroup';

/** Nodes that are executed one by one: each reads before it changes. */
function document(more: JsonObject = {}): JsonObject {
  const sound = (id: string) => ({ id, type: 'create_sound', data: { name: id, parentPath } });
  const look = { id: 'look', type: 'query_waql', data: { query: '$ from type Sound' } };
  return {
    workflowId: 'steps',
    nodes: [sound('one'), look, sound('two')],
    edges: [
      { source: 'one', target: 'look' },
      { source: 'look', target: 'two' },
    ],
    ...more,
  };
}

/** The nth call of this function meets this fate. */
function nth(room: FaultyRoom, uri: string, which: number, fate: 'cut before' | 'cut after'): void {
  let seen = 0;
  room.fate = (call) => {
    if (!call.uri.endsWith(uri)) return 'answer';
    seen += 1;
    return seen === which ? fate : 'answer';
  };
}

describe('a link that breaks in the middle of the undo group of a run', () => {
  it('ends the run at the next change, which is not sent outside the group, and says what is there', () =>
    withFaultyWwise(async (room) => {
      room.fate = (call) =>
        String(call.args.waql).includes('from type Sound') && call.link === 1 ? 'cut before' : 'answer';
      const { answer } = await room.run(document());
      expect(answer).toMatchObject({ ok: false, code: 'WAAPI_UNAVAILABLE' });
      const details = asJsonObject(answer.details);
      expect(details).toMatchObject({ stopAt: 'two', stopped: true });
      const left = asJsonObject(details.undoStepBroken);
      const there = await room.sounds();
      expect(left).toEqual({
        there: there.includes('one') ? ['one'] : [],
        missing: there.includes('one') ? [] : ['one'],
        unknown: [],
      });
      expect(there).not.toContain('two');
      const [, ...rest] = room.changes().map(([, link]) => link);
      expect(rest.every((link) => link === 1)).toBe(true);
    }));

  it('is found when only its end is left to be sent, and the run is not called a success', () =>
    withFaultyWwise(async (room) => {
      nth(room, end, 1, 'cut before');
      const { answer, executionId } = await room.run(document());
      expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
      const { undoStepBroken, stopAt } = asJsonObject(answer.details);
      expect(stopAt).toBeNull();
      const there = await room.sounds();
      expect(asJsonObject(undoStepBroken).there).toEqual(there);
      expect(room.changes().filter(([uri]) => uri === end)).toHaveLength(1);
      // What is missing is done again, what is there is kept, and then it is one.
      const resumed = await (await room.runs.resume(executionId)).done;
      expect(resumed).toMatchObject({ ok: true });
      expect(await room.sounds()).toEqual(['one', 'two']);
    }));

  it('with the answer of a change lost leaves that outcome unknown and sends nothing after it', () =>
    withFaultyWwise(async (room) => {
      nth(room, 'object.create', 2, 'cut after');
      const { answer } = await room.run(document());
      expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
      expect(asJsonObject(answer.details)).toMatchObject({ stopAt: 'two' });
      expect(room.changes().map(([uri]) => uri)).toEqual([begin, 'object.create', 'object.create']);
    }));

  it('lets a run that is to roll back take its changes back one by one', () =>
    withFaultyWwise(async (room) => {
      nth(room, 'object.create', 2, 'cut before');
      const { answer } = await room.run(document({ onError: 'rollback' }));
      expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
      expect(await room.sounds()).toEqual([]);
      expect(room.changes().some(([uri]) => uri === 'undo.cancelGroup')).toBe(false);
    }));
});

describe('a link that breaks in the middle of batched nodes', () => {
  const batched = (names: readonly string[]): JsonObject => ({
    workflowId: 'batched',
    nodes: names.map((name) => ({ id: name, type: 'create_sound', data: { name, parentPath } })),
    edges: [],
  });

  it.each(['cut before', 'cut after'] as const)(
    '(%s the shared call was executed) leaves their outcome unknown, sends it once and settles it in the next run',
    (fate) =>
      withFaultyWwise(async (room) => {
        nth(room, 'object.set', 1, fate);
        const { answer } = await room.run(batched(['a', 'b', 'c']));
        expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
        expect(room.changes().filter(([uri]) => uri === 'object.set')).toHaveLength(1);
        room.fate = () => 'answer';
        expect((await room.run(batched(['a', 'b', 'c']))).answer).toMatchObject({ ok: true });
        expect(await room.sounds()).toEqual(['a', 'b', 'c']);
      }),
  );

  it('is no success when only the end of the group is lost', () =>
    withFaultyWwise(async (room) => {
      nth(room, end, 1, 'cut before');
      const { answer } = await room.run(batched(['a', 'b']));
      expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
      const { there } = asJsonObject(asJsonObject(answer.details).undoStepBroken);
      expect(there).toEqual(await room.sounds());
    }));
});

describe('a link that breaks in the middle of a command of many changes', () => {
  async function make(room: FaultyRoom): Promise<void> {
    for (const name of ['a', 'b', 'c']) await room.done('create_sound', { name, parentPath });
  }

  const renaming = { query: '$ from type Sound', find: '^', replace: 'new_', regex: true };

  it('leaves its outcome unknown and says what was answered; nothing goes outside the group', () =>
    withFaultyWwise(async (room) => {
      await make(room);
      const before = room.changes().length;
      nth(room, 'object.setName', 2, 'cut before');
      const refused = await room.refused('rename_by_pattern', renaming);
      expect(refused).toMatchObject({ code: 'OUTCOME_UNKNOWN', hint: expect.stringContaining('answered') });
      const { answered } = asJsonObject(refused.details);
      expect(answered).toMatchObject([{ procedure: 'ak.wwise.core.object.setName' }]);
      const sent = room.changes().slice(before);
      expect(sent).toEqual([
        [begin, 1],
        ['object.setName', 1],
        ['object.setName', 1],
      ]);
    }));

  it('is no success when only the end of the group is lost', () =>
    withFaultyWwise(async (room) => {
      await make(room);
      nth(room, end, 1, 'cut before');
      const refused = await room.refused('rename_by_pattern', renaming);
      expect(refused).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(asJsonObject(refused.details).answered).toHaveLength(3);
    }));
});
