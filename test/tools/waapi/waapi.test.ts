import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { withProject } from '../../harness/project.ts';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

const home = '\\Containers\\Default Work Unit';

describe('waapi_call and waapi_read', () => {
  it('call what the schema allows', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_sound', { name: 'A', parentPath: home });
      const call = { uri: 'ak.wwise.core.object.setNotes', args: { object: id, value: 'x' } };
      expect(await done('waapi_call', call)).toEqual({ uri: call.uri, result: {}, truncated: null });
      const read = {
        uri: 'ak.wwise.core.object.get',
        args: { waql: '$ from type Sound' },
        options: { return: ['notes'] },
      };
      expect(await done('waapi_read', read)).toMatchObject({ result: { return: [{ notes: 'x' }] } });
      expect((await refused('waapi_read', call)).error).toContain('not known to only read');
    }));

  it('refuse wrong arguments and unknown functions before anything is sent', () =>
    withProject(async ({ refused, waapi }) => {
      const uri = 'ak.wwise.core.object.setNotes';
      const wrong = await refused('waapi_call', { uri, args: { object: home, valeu: 'x' } });
      expect(wrong.code).toBe('INVALID_INPUT');
      expect(wrong.error).toContain("must have required property 'value'");
      expect(wrong.error).toContain('does not take "valeu" (known: object, value)');
      const unknown = await refused('waapi_call', { uri: 'ak.wwise.core.object.setNote' });
      expect(unknown).toMatchObject({
        code: 'INVALID_INPUT',
        details: { candidates: expect.arrayContaining([uri]) },
      });
      expect(waapi.callCount).toBeLessThan(10);
    }));

  it('read in read-only mode, and call nothing there', () =>
    withProject(async ({ anotherBus }) => {
      const bus = anotherBus({ readOnly: true });
      expect(await bus.dispatch('waapi_call', { uri: 'ak.wwise.core.getInfo' })).toMatchObject({
        code: 'READ_ONLY',
      });
      expect(await bus.dispatch('waapi_read', { uri: 'ak.wwise.core.getInfo' })).toMatchObject({ ok: true });
    }));

  it('cut an answer that is too long, and say so', () =>
    withProject(async ({ done }) => {
      const children = Array.from({ length: 400 }, (_, index) => ({
        type: 'Sound',
        name: `Sound number ${index}`,
      }));
      await done('create_object', { type: 'BlendContainer', name: 'Big', parentPath: home, children });
      const args = { waql: '$ from type Sound' };
      const answer = await done('waapi_read', {
        uri: 'ak.wwise.core.object.get',
        args,
        options: { return: ['id', 'path'] },
      });
      expect(answer.truncated).toMatch(/^return: the first \d+ of 400 entries\. Narrow/);
      expect(JSON.stringify(answer).length).toBeLessThan(25_000);
    }));

  it('leave to Wwise what its schema says in files that cannot be fetched', () =>
    withScriptedWwise(
      {
        'ak.wwise.waapi.getFunctions': () => ({ functions: ['ak.wwise.core.object.setName'] }),
        'ak.wwise.waapi.getSchema': () => ({
          argsSchema: {
            type: 'object',
            additionalProperties: false,
            required: ['object', 'value'],
            properties: {
              object: { $ref: 'waapi_definitions.json#/definitions/objectArg' },
              value: { type: 'string' },
            },
          },
        }),
        'ak.wwise.core.object.setName': () => ({}),
      },
      async ({ done, refused }) => {
        const uri = 'ak.wwise.core.object.setName';
        expect(await done('waapi_call', { uri, args: { object: 'anything', value: 'x' } })).toMatchObject({
          result: {},
        });
        const wrong = await refused('waapi_call', { uri, args: { object: 'anything', value: 7 } });
        expect(wrong.error).toContain('args/value must be string');
      },
    ));
});

describe('what calls are checked by', () => {
  const uri = 'ak.wwise.core.object.setName';
  const schemaOf = (value: string) => () => ({
    argsSchema: { type: 'object', required: ['value'], properties: { value: { type: value } } },
  });

  it('is asked for once: a second call takes no other call of Wwise', () =>
    withScriptedWwise(
      {
        'ak.wwise.waapi.getFunctions': () => ({ functions: [uri] }),
        'ak.wwise.waapi.getSchema': schemaOf('string'),
        [uri]: () => ({}),
      },
      async ({ done, refused, called }) => {
        await done('waapi_call', { uri, args: { value: 'a' } });
        expect(called()).toEqual(['waapi.getFunctions', 'waapi.getSchema', 'core.object.setName']);
        await done('waapi_call', { uri, args: { value: 'b' } });
        expect(called()).toEqual(['core.object.setName']);
        expect((await refused('waapi_call', { uri, args: { value: 7 } })).code).toBe('INVALID_INPUT');
        expect(called()).toEqual([]);
      },
    ));

  it('is asked for again over a fresh link, which may lead to another version of Wwise', () => {
    let type = 'string';
    return withScriptedWwise(
      {
        'ak.wwise.waapi.getFunctions': () => ({ functions: [uri] }),
        'ak.wwise.waapi.getSchema': () => schemaOf(type)(),
        [uri]: () => ({}),
      },
      async ({ fake, done, refused }) => {
        await done('waapi_call', { uri, args: { value: 'a' } });
        type = 'integer';
        fake.dropAll();
        await done('waapi_functions', {});
        expect((await refused('waapi_call', { uri, args: { value: 'b' } })).error).toContain('integer');
        await done('waapi_call', { uri, args: { value: 7 } });
      },
    );
  });
});

describe('waapi_functions and waapi_schema', () => {
  it('say what there is and what it takes', () =>
    withProject(async ({ done, refused }) => {
      expect(await done('waapi_functions', { find: 'undo' })).toMatchObject({
        uris: expect.arrayContaining(['ak.wwise.core.undo.beginGroup']),
        reading: [],
        cursor: null,
      });
      expect(await done('waapi_functions', { topics: true, find: 'object.created' })).toMatchObject({
        uris: ['ak.wwise.core.object.created'],
      });
      expect(
        await done('waapi_schema', { uri: 'ak.wwise.core.object.setName', parts: ['args'] }),
      ).toMatchObject({
        schemas: { args: { properties: { value: { type: 'string' } } } },
        truncated: null,
      });
      const unknown = await refused('waapi_schema', { uri: 'ak.wwise.core.object.setNam' });
      expect(unknown.error).toContain('Did you mean "ak.wwise.core.object.setName"');
    }));
});

describe('waapi_subscribe, waapi_events and waapi_unsubscribe', () => {
  it('collect events, count what was dropped, and end', () =>
    withProject(async ({ done, refused }) => {
      const topic = 'ak.wwise.core.object.nameChanged';
      const { id } = await done('create_sound', { name: 'A', parentPath: home });
      const { subscription } = await done('waapi_subscribe', { topic, capacity: 2 });
      for (const name of ['B', 'C', 'D']) await done('rename_object', { objectId: String(id), name });
      const got = await done('waapi_events', { subscription, limit: 1, waitMs: 1000 });
      expect(got).toMatchObject({
        topic,
        total: 2,
        waiting: 1,
        dropped: 1,
        events: [{ number: 2, payload: { newName: 'C' } }],
      });
      expect(await done('waapi_events', { subscription })).toMatchObject({
        waiting: 0,
        dropped: 0,
        events: [{ number: 3 }],
      });
      const again = await done('waapi_events', { subscription, cursor: String(got.cursor) });
      const last = String(again.cursor);
      expect(again).toMatchObject({ events: [{ number: 3 }] });
      expect(await done('waapi_events', { subscription, cursor: last })).toMatchObject({
        cursor: last,
        events: [],
      });
      expect(await refused('waapi_events', { subscription, cursor: String(got.cursor) })).toMatchObject({
        code: 'INVALID_INPUT',
        details: { cursors: [last, last] },
      });
      const waiting = done('waapi_events', { subscription, waitMs: 60_000 });
      await done('rename_object', { objectId: String(id), name: 'E' });
      expect(((await waiting).events as readonly JsonObject[])[0]).toMatchObject({
        payload: { newName: 'E' },
      });
      await done('rename_object', { objectId: String(id), name: 'F' });
      expect(await done('waapi_unsubscribe', { subscription })).toEqual({ subscription, discarded: 1 });
      expect((await refused('waapi_events', { subscription })).code).toBe('INVALID_INPUT');
    }));

  it('refuse a topic this Wwise does not have', () =>
    withProject(async ({ refused }) => {
      const failure = await refused('waapi_subscribe', { topic: 'ak.wwise.core.object.nix' });
      expect(failure.ok).toBe(false);
    }));
});
