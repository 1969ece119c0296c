import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const sound = { name: 'Boom', parentPath: '\\Containers\\Default Work Unit' };

describe('create_event', () => {
  it('creates a Play event in the default Work Unit', () =>
    withProject(async ({ done }) => {
      const { id } = await done('create_sound', sound);
      const event = await done('create_event', { name: 'Play_Boom', targetPath: String(id) });
      expect(event).toMatchObject({
        type: 'Event',
        path: '\\Events\\Default Work Unit\\Play_Boom',
        objectId: event.id,
        actions: [{ type: 'Play', target: { id, name: 'Boom' } }],
      });
    }));

  it('creates any number of actions, in order, with delay and fade', () =>
    withProject(async ({ done }) => {
      await done('create_sound', sound);
      const targetPath = '\\Containers\\Default Work Unit\\Boom';
      const event = await done('create_event', {
        name: 'Stop_Boom',
        actions: [
          { type: 'Stop', targetPath, fadeSeconds: 0.5 },
          { type: 'PauseAll' },
          { type: 'Resume', targetPath, delaySeconds: 2 },
        ],
      });
      const actions = event.actions as readonly { id: string; type: string; target: unknown }[];
      expect(actions.map(({ type }) => type)).toEqual(['Stop', 'PauseAll', 'Resume']);
      expect(actions[1]?.target).toBeNull();
      const values = { objectId: String(actions[0]?.id), return: ['@FadeTime', '@ActionType'] };
      expect(await done('get_object', values)).toMatchObject({
        values: { '@FadeTime': 0.5, '@ActionType': 2 },
      });
    }));

  it('is no hit once its target is gone', () =>
    withProject(async ({ bus, done }) => {
      const { id } = await done('create_sound', sound);
      const input = { name: 'Play_Boom', targetPath: String(id), onNameConflict: 'replace' };
      await done('create_event', input);
      expect(await bus.dispatch('create_event', input)).toMatchObject({ memo: 'hit' });
      await done('delete_object', { objectId: String(id), confirm: true });
      expect(await bus.dispatch('create_event', input)).toMatchObject({
        ok: false,
        code: 'OBJECT_NOT_FOUND',
      });
    }));

  it('wants exactly one of targetPath and actions, and a target where one is needed', () =>
    withProject(async ({ refused }) => {
      expect((await refused('create_event', { name: 'X' })).error).toContain(
        'give either targetPath or actions',
      );
      const both = await refused('create_event', {
        name: 'X',
        targetPath: 'a/b',
        actions: [{ type: 'StopAll' }],
      });
      expect(both.error).toContain('give either targetPath or actions');
      const aimless = await refused('create_event', { name: 'X', actions: [{ type: 'Stop' }] });
      expect(aimless.details?.problems).toMatchObject([{ path: '/actions/0/targetPath' }]);
    }));
});
