import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('add_action', () => {
  it('adds an action behind those an Event has, once', () =>
    withProject(async ({ bus, done }) => {
      const sound = await done('create_sound', { name: 'Boom', parentPath: containers });
      const event = await done('create_event', { name: 'Play_Boom', targetPath: sound.id });
      const input = {
        objectId: 'Event:Play_Boom',
        type: 'SetVoiceVolume',
        targetPath: `${containers}\\Boom`,
        fadeSeconds: 1.5,
        properties: { Volume: -6, Scope: 1 },
      };
      const added = await done('add_action', input);
      expect(added).toMatchObject({
        event: { id: event.id },
        action: { type: 'SetVoiceVolume', target: { id: sound.id }, fadeSeconds: 1.5 },
      });
      expect(await bus.dispatch('add_action', input)).toMatchObject({ memo: 'hit' });
      expect(await done('list_event_actions', { objectId: event.id })).toMatchObject({
        total: 1,
        events: [{ name: 'Play_Boom', actions: [{ type: 'Play' }, { type: 'SetVoiceVolume' }] }],
      });
    }));

  it('refuses an unknown kind, a missing target and an object that is no Event', () =>
    withProject(async ({ done, refused }) => {
      const sound = await done('create_sound', { name: 'Boom', parentPath: containers });
      await done('create_event', { name: 'Play_Boom', targetPath: sound.id });
      expect((await refused('add_action', { objectId: 'Event:Play_Boom', type: 'Explode' })).error).toContain(
        'Play, Stop',
      );
      expect((await refused('add_action', { objectId: 'Event:Play_Boom', type: 'Stop' })).code).toBe(
        'INVALID_INPUT',
      );
      const everything = { objectId: 'Event:Play_Boom', type: 'StopAll', targetPath: sound.id };
      expect((await refused('add_action', everything)).error).toContain('must be left out');
      const state = await refused('add_action', { ...everything, type: 'SetState' });
      expect(state.error).toContain('not an object of type State');
      const wrong = await refused('add_action', { objectId: sound.id, type: 'StopAll' });
      expect(wrong.error).toContain('not an object of type Event');
    }));
});

describe('actions of every kind', () => {
  it('are made with their Event, and say what counts for their kind', () =>
    withProject(async ({ done }) => {
      await done('create_game_parameter', { name: 'Heat', min: 0, max: 10 });
      const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
      const event = await done('create_event', {
        name: 'Duck',
        actions: [
          { type: 'SetBusVolume', targetPath: main, fadeSeconds: 1, properties: { Volume: -9, Scope: 1 } },
          {
            type: 'SetGameParameter',
            targetPath: 'GameParameter:Heat',
            properties: { GameParameterValue: 5 },
          },
        ],
      });
      const duck = { type: 'SetBusVolume', fadeSeconds: 1, properties: { Volume: -9, Scope: 1 } };
      const heat = { type: 'SetGameParameter', properties: { GameParameterValue: 5, Scope: 0 } };
      expect(event).toMatchObject({ actions: [duck, heat] });
      const listed = await done('list_event_actions', { objectId: 'Event:Duck' });
      expect(listed).toMatchObject({ events: [{ actions: [duck, heat] }] });
    }));

  it('refuse a target they do nothing to, by name of the field', () =>
    withProject(async ({ done, refused }) => {
      const boom = await done('create_sound', { name: 'Boom', parentPath: containers });
      await done('create_state_group', { name: 'Mode', members: ['Calm'] });
      await done('create_event', { name: 'Play_Boom', targetPath: boom.id });
      const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
      expect((await refused('create_event', { name: 'X', targetPath: main })).error).toContain(
        'targetPath names Bus',
      );
      const group = { name: 'X', actions: [{ type: 'SetState', targetPath: 'StateGroup:Mode' }] };
      expect((await refused('create_event', group)).error).toContain('actions/0/targetPath names StateGroup');
      const stop = { objectId: 'Event:Play_Boom', type: 'Stop', targetPath: 'Event:Play_Boom' };
      expect((await refused('add_action', stop)).error).toContain('targetPath names Event');
      const misspelt = await refused('add_action', { ...stop, type: 'Stopp', targetPath: boom.id });
      expect(misspelt.error).toContain('did you mean Stop');
    }));
});

describe('list_event_actions', () => {
  it('finds by target and pages through a folder', () =>
    withProject(async ({ done }) => {
      const boom = await done('create_sound', { name: 'Boom', parentPath: containers });
      const bang = await done('create_sound', { name: 'Bang', parentPath: containers });
      await done('create_event', { name: 'Play_Boom', targetPath: boom.id });
      await done('create_event', { name: 'Play_Bang', targetPath: bang.id });
      expect(await done('list_event_actions', { target: bang.id })).toMatchObject({
        total: 1,
        events: [{ name: 'Play_Bang' }],
      });
      const first = await done('list_event_actions', { limit: 1 });
      expect(first).toMatchObject({ total: 2, cursor: expect.any(String) });
      expect(await done('list_event_actions', { limit: 1, cursor: first.cursor })).toMatchObject({
        cursor: null,
      });
    }));
});
