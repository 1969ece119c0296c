import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';
import { objects, withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const boom = {
  id: '{AAAAAAAA-0000-0000-0000-000000000001}',
  name: 'Boom',
  type: 'Sound',
  path: '\\Containers\\Default Work Unit\\Boom',
};
const objectGet = { 'ak.wwise.core.object.get': objects(boom) };
const core = 'ak.wwise.core';
const nothing = () => ({});

describe('play_object', () => {
  const transport = {
    ...objectGet,
    [`${core}.transport.create`]: () => ({ transport: 7 }),
    [`${core}.transport.executeAction`]: nothing,
    [`${core}.transport.destroy`]: nothing,
  };

  it('plays until the sound ends and leaves no transport behind', () =>
    withScriptedWwise(
      { ...transport, [`${core}.transport.getState`]: () => ({ state: 'stopped' }) },
      async ({ done, called, fake }) => {
        expect(await done('play_object', { objectId: boom.id })).toMatchObject({ object: boom, ended: true });
        expect(called().slice(1)).toEqual([
          'core.transport.create',
          'core.transport.executeAction',
          'core.transport.getState',
          'core.transport.executeAction',
          'core.transport.destroy',
        ]);
        const actions = fake.calls.filter(({ uri }) => uri.endsWith('executeAction')).map(({ args }) => args);
        expect(actions).toEqual([
          { transport: 7, action: 'play' },
          { transport: 7, action: 'stop' },
        ]);
      },
    ));

  it('stops a sound that goes on, also when the state cannot be read', () =>
    withScriptedWwise(
      { ...transport, [`${core}.transport.getState`]: () => ({ state: 'playing' }) },
      async ({ done, refused, called, fake }) => {
        expect(await done('play_object', { objectId: boom.id, maxMs: 100 })).toMatchObject({ ended: false });
        expect(called().at(-1)).toBe('core.transport.destroy');
        const answer = fake.onCall;
        fake.onCall = (call) =>
          call.uri.endsWith('getState')
            ? call.error('ak.wwise.query_exception', 'No such transport.')
            : answer(call);
        expect(await refused('play_object', { objectId: boom.id, maxMs: 100 })).toMatchObject({ ok: false });
        expect(called().at(-1)).toBe('core.transport.destroy');
      },
    ));

  it('says when Wwise cannot play the object', () =>
    withScriptedWwise(
      { ...transport, [`${core}.transport.create`]: () => new Error('Object cannot be played.') },
      async ({ refused }) => {
        const failure = await refused('play_object', { objectId: boom.id });
        expect(failure.error).toBe(
          'Wwise did not play "\\Containers\\Default Work Unit\\Boom": Object cannot be played.',
        );
      },
    ));
});

describe('play_object without Wwise', () => {
  it('does not pretend: files make no sound', () =>
    withProject(async ({ done, refused }) => {
      const parentPath = '\\Containers\\Default Work Unit';
      const sound = await done('create_sound', { name: 'Boom', parentPath });
      expect(await refused('play_object', { objectId: sound.id })).toMatchObject({
        error: expect.stringContaining('was not played'),
        hint: expect.stringContaining('--wwise'),
      });
    }));
});

describe('stop_all', () => {
  it('stops every transport', () =>
    withScriptedWwise(
      {
        [`${core}.transport.getList`]: () => ({ list: [{ object: boom.id, gameObject: 1, transport: 5 }] }),
        [`${core}.transport.executeAction`]: ({ args }) =>
          args.transport === undefined ? {} : new Error('one only'),
      },
      async ({ done }) => expect(await done('stop_all', {})).toEqual({ transports: 1 }),
    ));
});
