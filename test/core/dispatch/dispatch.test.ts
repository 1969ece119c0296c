import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineCommand } from '../../../src/wwise/wwise-command.ts';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('the bus', () => {
  it('finds a command by name and by its camelCase alias', () =>
    withProject(async ({ bus }) => {
      expect(bus.find('create_sound')?.name).toBe('create_sound');
      expect(bus.find('createSound')).toBe(bus.find('create_sound'));
      expect(bus.find('createSounds')).toBeUndefined();
    }));

  it('answers an unknown command with the nearest known one', () =>
    withProject(async ({ refused }) => {
      const failure = await refused('create_sond', {});
      expect(failure.code).toBe('UNKNOWN_COMMAND');
      expect(failure.error).toContain('Did you mean "create_sound"?');
    }));

  it('lists every problem of an input at once, without a call to Wwise', () =>
    withProject(async ({ bus, refused }) => {
      const failure = await refused('create_event', {
        name: 42,
        parentpath: containers,
        actions: [{ type: 'Plays' }, { type: 'Stop', target: containers }],
        onNameConflict: 'merg',
      });
      expect(failure.code).toBe('INVALID_INPUT');
      expect(failure.details?.problems).toEqual([
        { path: '/name', message: 'must be a string (got 42)', received: 42 },
        {
          path: '/actions/0/type',
          message: expect.stringMatching(/^must be one of \d+ words \(got "Plays"\); did you mean Play$/),
          received: 'Plays',
          didYouMean: ['Play'],
        },
        {
          path: '/actions/1/target',
          message: 'is not a known input; did you mean targetPath',
          didYouMean: ['targetPath'],
        },
        { path: '/actions/1/targetPath', message: 'is needed for this type of action' },
        {
          path: '/onNameConflict',
          message: 'must be one of fail, rename, replace, merge (got "merg"); did you mean merge',
          received: 'merg',
          didYouMean: ['merge'],
        },
        {
          path: '/parentpath',
          message: 'is not a known input; did you mean parentPath',
          didYouMean: ['parentPath'],
        },
      ]);
      expect(bus.callCount).toBe(0);
    }));

  it('lists the first hundred problems of an input that has any number', () =>
    withProject(async ({ refused }) => {
      const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key${at}`, 1]));
      const failure = await refused('create_event', unknown);
      expect(failure.details?.problems).toHaveLength(100);
    }));

  it('says which input is missing', () =>
    withProject(async ({ refused }) => {
      const { error } = await refused('create_sound', {});
      expect(error).toBe(
        'create_sound: /name is missing: it must be a string; /parentPath is missing: it must be a string.',
      );
    }));

  it('refuses everything but reads when it is read-only', () =>
    withProject(
      async ({ done, refused }) => {
        expect((await refused('create_sound', { name: 'Boom', parentPath: containers })).code).toBe(
          'READ_ONLY',
        );
        expect((await refused('project_save', {})).code).toBe('READ_ONLY');
        expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 0 });
      },
      { bus: { readOnly: true } },
    ));

  it('changes nothing in a project that is not the expected one', () =>
    withProject(async ({ anotherBus, done }) => {
      const { id } = await done('project_info', {});
      const create = { name: 'Boom', parentPath: containers };
      const other = await anotherBus({ expectProject: 'Other' }).dispatch('create_sound', create);
      expect(other).toMatchObject({
        ok: false,
        code: 'WRONG_PROJECT',
        details: { expected: 'Other', name: 'Test' },
      });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 0 });
      for (const expectProject of ['test', String(id), String(id).slice(1, -1).toLowerCase()]) {
        expect(await anotherBus({ expectProject }).dispatch('create_sound', create)).toMatchObject({
          ok: true,
        });
      }
    }));

  it('turns whatever a command throws, and an output that breaks its schema, into a failure', () => {
    const broken = defineCommand({
      name: 'broken_command',
      title: 'Broken',
      description: 'Throws or lies.',
      toolset: 'test',
      effect: 'read',
      input: z.strictObject({ how: z.string() }),
      output: z.object({ count: z.int() }),
      async run({ how }) {
        if (how === 'throw') throw new TypeError('x is undefined');
        return { count: 1.5 };
      },
    });
    return withProject(
      async ({ refused }) => {
        expect(await refused('broken_command', { how: 'throw' })).toMatchObject({
          code: 'INTERNAL',
          error: 'Unexpected failure: x is undefined',
        });
        expect(await refused('broken_command', { how: 'lie' })).toMatchObject({ code: 'INTERNAL' });
      },
      { bus: { commands: [broken] } },
    );
  });

  it('does not begin what was cancelled before', () =>
    withProject(async ({ refused, done }) => {
      const signal = AbortSignal.abort();
      const failure = await refused('create_sound', { name: 'Boom', parentPath: containers }, { signal });
      expect(failure.code).toBe('CANCELLED');
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 0 });
    }));

  it('keeps an audit of every dispatch, without secrets', () =>
    withProject(async ({ bus, audit }) => {
      await bus.dispatch(
        'createSound',
        { name: 'Boom', parentPath: containers },
        { caller: 'mcp', executionId: 'exec_1' },
      );
      await bus.dispatch('query_waql', {
        apiToken: 'hunter2',
        nested: { Password: 'x' },
        query: 'a'.repeat(5_000),
      });
      const [second, first] = await audit.recent(10);
      expect(first).toMatchObject({
        command: 'create_sound',
        caller: 'mcp',
        executionId: 'exec_1',
        payload: { name: 'Boom', parentPath: containers },
        ok: true,
        memo: 'miss',
        idemKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(second).toMatchObject({
        command: 'query_waql',
        ok: false,
        code: 'INVALID_INPUT',
        executionId: null,
      });
      expect(JSON.stringify(second)).not.toMatch(/hunter2|"x"/);
      expect(JSON.stringify(second?.payload).length).toBeLessThan(3_000);
    }));
});
