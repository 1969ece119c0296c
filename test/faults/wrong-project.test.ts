import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../src/core/json.ts';
import { type FaultyRoom, withFaultyWwise } from '../harness/faulty-wwise.ts';

const parentPath = '\\Containers\\Default Work Unit';
const sound = (name: string) => ({ name, parentPath });

/** Wwise is started anew with another project, as this side notices or does not. */
async function restart(room: FaultyRoom): Promise<void> {
  room.openOtherProject();
  room.fake.dropAll();
}

describe('a Wwise that comes back with another project', () => {
  it('is not written to when one project is expected, however the link was lost', () =>
    withFaultyWwise(
      async (room) => {
        await room.done('create_sound', sound('a'));
        const before = room.changes().length;
        await restart(room);
        await room.linkLost();
        expect(await room.refused('create_sound', sound('b'))).toMatchObject({
          code: 'WRONG_PROJECT',
          details: { expected: 'Game', name: 'Other' },
        });
        expect(await room.refused('project_save', {})).toMatchObject({ code: 'WRONG_PROJECT' });
        expect(room.changes()).toHaveLength(before);
        expect(await room.sounds()).toEqual(['a']);
      },
      { bus: { expectProject: 'Game' } },
    ));

  it('is not written to by a command that had begun with the first project', () =>
    withFaultyWwise(async (room) => {
      // The link breaks while the command looks for its parent, which the other project has too.
      room.fate = (call) => {
        if (call.link === 1 && call.uri === 'ak.wwise.core.object.get') {
          room.openOtherProject();
          return 'cut before';
        }
        return 'answer';
      };
      expect(await room.refused('create_sound', sound('a'))).toMatchObject({
        code: 'WRONG_PROJECT',
        error: expect.stringContaining('"Other", not "Game"'),
      });
      expect(room.changes()).toEqual([]);
    }));

  it('is not written to by a call that was about to be sent when the link broke', () =>
    withFaultyWwise(
      async (room) => {
        await room.done('project_info', {});
        await restart(room);
        await room.linkLost();
        // Nothing has said to this side yet which project is open now: the cached facts are those of the first.
        const refused = await room.refused('waapi_call', {
          uri: 'ak.wwise.core.object.create',
          args: { parent: parentPath, type: 'Sound', name: 'x' },
        });
        expect(refused.code).toBe('WRONG_PROJECT');
        expect(room.changes()).toEqual([]);
      },
      { bus: { expectProject: 'Game' } },
    ));

  it('is not written to by a run in whose middle it happens', () =>
    withFaultyWwise(async (room) => {
      room.fate = (call) => {
        if (call.link === 1 && String(call.args.waql).includes('from type Event')) {
          room.openOtherProject();
          return 'cut before';
        }
        return 'answer';
      };
      const { answer } = await room.run({
        workflowId: 'w',
        nodes: [
          { id: 'a', type: 'create_sound', data: sound('a') },
          { id: 'look', type: 'query_waql', data: { query: '$ from type Event' } },
          { id: 'b', type: 'create_sound', data: sound('b') },
        ],
        edges: [
          { source: 'a', target: 'look' },
          { source: 'look', target: 'b' },
        ],
      });
      expect(answer.ok).toBe(false);
      expect(asJsonObject(answer.details)).toMatchObject({ stopAt: 'b' });
      expect(room.changes().every(([, link]) => link === 1)).toBe(true);
      expect(await room.sounds()).not.toContain('b');
    }));

  it('may be worked on by what begins afterwards, where no project is expected', () =>
    withFaultyWwise(async (room) => {
      await room.done('create_sound', sound('a'));
      await restart(room);
      await room.linkLost();
      await room.done('create_sound', sound('a'));
      expect(await room.sounds()).toEqual(['a', 'a']);
    }));

  it('that is the expected one again is written to without a word', () =>
    withFaultyWwise(
      async (room) => {
        await room.done('create_sound', sound('a'));
        room.fake.dropAll();
        await room.linkLost();
        await room.done('create_sound', sound('b'));
        expect(await room.sounds()).toEqual(['a', 'b']);
      },
      { bus: { expectProject: 'Game' } },
    ));
});

describe('a changing command whose answer is lost', () => {
  it('says what to check, is not sent again, and is found done the next time', () =>
    withFaultyWwise(async (room) => {
      room.fate = (call) => (call.uri === 'ak.wwise.core.object.create' ? 'cut after' : 'answer');
      expect(await room.refused('create_sound', sound('a'))).toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        retryable: false,
        hint: expect.stringMatching(/get_object|query_waql/),
        details: { procedure: 'ak.wwise.core.object.create' },
      });
      room.fate = () => 'answer';
      await room.done('create_sound', sound('a'));
      expect(await room.sounds()).toEqual(['a']);
      expect(room.changes().filter(([uri]) => uri === 'object.create')).toHaveLength(1);
    }));

  it('is done the next time when it had not taken place', () =>
    withFaultyWwise(async (room) => {
      room.fate = (call) => (call.uri === 'ak.wwise.core.object.create' ? 'cut before' : 'answer');
      await room.refused('create_sound', sound('a'));
      room.fate = () => 'answer';
      await room.done('create_sound', sound('a'));
      expect(await room.sounds()).toEqual(['a']);
    }));

  it('is reported by a save, too', () =>
    withFaultyWwise(async (room) => {
      room.fate = (call) => (call.uri === 'ak.wwise.core.project.save' ? 'cut after' : 'answer');
      expect(await room.refused('project_save', {})).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(room.changes()).toHaveLength(1);
    }));
});

describe('a Wwise that never answers', () => {
  it('ends a reading command as WAAPI_TIMEOUT and a changing one as OUTCOME_UNKNOWN', () =>
    withFaultyWwise(
      async (room) => {
        await room.done('project_info', {});
        room.fate = (call) => (call.uri === 'ak.wwise.core.object.get' ? 'silence' : 'answer');
        expect(await room.refused('query_waql', { query: '$ from type Sound' })).toMatchObject({
          code: 'WAAPI_TIMEOUT',
          retryable: true,
        });
        room.fate = (call) => (call.uri === 'ak.wwise.core.object.setNotes' ? 'silence' : 'answer');
        expect(await room.refused('set_notes', { objectId: parentPath, notes: 'x' })).toMatchObject({
          code: 'OUTCOME_UNKNOWN',
        });
      },
      {
        connection: {
          timeLimitsMs: { 'ak.wwise.core.object.get': 2_000, 'ak.wwise.core.object.setNotes': 100 },
        },
      },
    ));

  it('lets a caller go who cancels, and says which way it ended', () =>
    withFaultyWwise(async (room) => {
      await room.done('project_info', {});
      for (const [uri, command, input, code] of [
        ['object.get', 'query_waql', { query: '$ from type Sound' }, 'CANCELLED'],
        ['object.setNotes', 'set_notes', { objectId: parentPath, notes: 'x' }, 'OUTCOME_UNKNOWN'],
      ] as const) {
        const abort = new AbortController();
        room.fate = (call) => {
          if (call.uri !== `ak.wwise.core.${uri}`) return 'answer';
          setTimeout(() => abort.abort(), 20);
          return (held) => setTimeout(() => held.result({}), 100);
        };
        expect((await room.refused(command, input, { signal: abort.signal })).code).toBe(code);
      }
    }));
});

describe('a Wwise that is locked', () => {
  it('is waited for, also in the middle of a run', () =>
    withFaultyWwise(async (room) => {
      let refusals = 3;
      room.fate = (call) => {
        if (call.uri !== 'ak.wwise.core.object.create' || refusals === 0) return 'answer';
        refusals -= 1;
        return (locked) => locked.error('ak.wwise.locked', 'A modal dialog is open.');
      };
      await room.done('create_sound', sound('a'));
      expect(await room.sounds()).toEqual(['a']);
    }));

  it('for too long is reported, and nothing of the command is left', () =>
    withFaultyWwise(
      async (room) => {
        room.fate = (call) =>
          call.uri === 'ak.wwise.core.object.create'
            ? (locked) => locked.error('ak.wwise.locked', 'A modal dialog is open.')
            : 'answer';
        expect(await room.refused('create_sound', sound('a'))).toMatchObject({
          code: 'WAAPI_LOCKED',
          retryable: true,
          hint: expect.stringContaining('dialog'),
        });
        expect(await room.sounds()).toEqual([]);
      },
      { connection: { lockedPatienceMs: 150 } },
    ));
});
