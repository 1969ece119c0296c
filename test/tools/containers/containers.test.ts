import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';

describe('create_container', () => {
  it('creates each kind with its Sounds and playing options', () =>
    withProject(async ({ bus, done, refused }) => {
      const random = {
        kind: 'random',
        name: 'Steps',
        parentPath: home,
        sounds: ['A', 'B'],
        avoidRepeating: 2,
        loop: true,
      };
      const steps = await done('create_container', random);
      expect(steps).toMatchObject({
        type: 'RandomSequenceContainer',
        children: [{ name: 'A' }, { name: 'B' }],
      });
      expect(await bus.dispatch('create_container', random)).toMatchObject({ memo: 'hit' });
      const names = ['@RandomOrSequence', '@RandomAvoidRepeatingCount', '@PlayMechanismLoop'];
      expect(await done('get_object', { objectId: steps.id, return: names })).toMatchObject({
        values: { '@RandomOrSequence': 1, '@RandomAvoidRepeatingCount': 2, '@PlayMechanismLoop': true },
      });
      const inSteps = { parentPath: `${home}\\Steps` };
      const sequence = await done('create_container', {
        kind: 'sequence',
        name: 'S',
        continuous: true,
        ...inSteps,
      });
      expect(await done('get_object', { objectId: sequence.id, return: names.slice(0, 1) })).toMatchObject({
        values: { '@RandomOrSequence': 0 },
      });
      expect(await done('create_container', { kind: 'blend', name: 'X', ...inSteps })).toMatchObject({
        type: 'BlendContainer',
      });
      const wrong = await refused('create_container', { kind: 'blend', name: 'Y', loop: true, ...inSteps });
      expect(wrong.error).toContain('goes with kind random or sequence only');
    }));
});

describe('switch assignments', () => {
  it('are made, listed, partly refused and rolled back', () =>
    withProject(async ({ done, refused }) => {
      await done('create_switch_group', { name: 'Surface', members: ['Grass', 'Stone'] });
      const box = await done('create_container', {
        kind: 'switch',
        name: 'Box',
        parentPath: home,
        sounds: ['G', 'S'],
      });
      expect(
        (
          await refused('assign_switch', {
            container: box.id,
            assignments: [{ child: 'G', switch: 'Grass' }],
          })
        ).hint,
      ).toContain('set_switch_group');
      const group = '\\Switches\\Default Work Unit\\Surface';
      const set = { objectId: box.id, group, defaultSwitch: `${group}\\Grass` };
      expect(await done('set_switch_group', set)).toMatchObject({
        group: { name: 'Surface' },
        defaultSwitch: { name: 'Grass' },
        previousGroup: null,
      });
      const assignments = [
        { child: 'G', switch: 'Grass' },
        { child: 'S', switch: 'Stoney' },
      ];
      expect(await done('assign_switch', { container: box.id, assignments })).toMatchObject({
        results: [{ ok: true }, { ok: false, error: expect.stringContaining('Did you mean "Stone"') }],
        assignments: [{ child: { name: 'G' }, switch: { name: 'Grass' } }],
      });
      expect(await done('list_assignments', { container: box.id })).toMatchObject({
        total: 1,
        unassignedChildren: ['S'],
        emptySwitches: ['Stone'],
      });
      const first = assignments.slice(0, 1);
      expect(await done('unassign_switch', { container: box.id, assignments: first })).toMatchObject({
        results: [{ ok: true }],
        assignments: [],
      });
      expect(await done('unassign_switch', { container: box.id, assignments: first })).toMatchObject({
        results: [{ ok: true }],
      });
    }));
});

describe('blend tracks', () => {
  it('are added with children and ranges', () =>
    withProject(async ({ done }) => {
      const speed = await done('create_game_parameter', { name: 'Speed' });
      const box = await done('create_container', {
        kind: 'blend',
        name: 'Car',
        parentPath: home,
        sounds: ['Slow', 'Fast'],
      });
      const input = {
        container: box.id,
        name: 'Engine',
        gameParameter: speed.id,
        children: [
          { child: `${home}\\Car\\Slow`, from: 0, to: 60 },
          { child: `${home}\\Car\\Fast`, from: 40, to: 100 },
        ],
      };
      const added = await done('add_blend_track', input);
      expect(added).toMatchObject({
        track: {
          name: 'Engine',
          gameParameter: { id: speed.id },
          crossfades: true,
          assignments: [
            { child: { name: 'Slow' }, from: 0, to: 60 },
            { child: { name: 'Fast' }, from: 40, to: 100 },
          ],
        },
      });
      expect(await done('blend_tracks', { container: box.id })).toMatchObject({
        total: 1,
        tracks: [added.track],
      });
    }));

  it('takes children by name, and is one undo step', () =>
    withProject(async ({ done, refused }) => {
      const kind = { kind: 'blend', name: 'Car', parentPath: home, sounds: ['Slow'] };
      const { id: container } = await done('create_container', kind);
      const input = { container, name: 'Engine', children: [{ child: 'Slow' }] };
      expect(await done('add_blend_track', input)).toMatchObject({
        track: { assignments: [{ child: { name: 'Slow' } }] },
      });
      await done('undo', {});
      expect(await done('blend_tracks', { container })).toMatchObject({ total: 0 });
      const wrong = await refused('add_blend_track', { ...input, children: [{ child: 'Slw' }] });
      expect(wrong.error).toContain('Did you mean "Slow"');
    }));
});

describe('set_playlist', () => {
  it('lists children by name, one more than once, and replaces the list', () =>
    withProject(async ({ done }) => {
      const input = { kind: 'sequence', name: 'Box', parentPath: home, sounds: ['A', 'B'] };
      const { id: container } = await done('create_container', input);
      const names = (items: readonly string[]) => items.map((name) => ({ name }));
      for (const items of [['B', 'A', 'B'], ['A'], []]) {
        const kept = await done('set_playlist', { container, items });
        expect(kept.items).toMatchObject(names(items));
        expect(kept.items).toHaveLength(items.length);
      }
      const byPath = { container, items: [`${home}\\Box\\B`] };
      expect(await done('set_playlist', byPath)).toMatchObject({ items: [{ name: 'B' }] });
    }));

  it('refuses what is not a child, and a container that plays at random', () =>
    withProject(async ({ done, refused }) => {
      const input = { kind: 'sequence', name: 'Box', parentPath: home, sounds: ['A'] };
      const box = await done('create_container', input);
      const other = await done('create_sound', { name: 'B', parentPath: home });
      const foreign = await refused('set_playlist', { container: box.id, items: [other.id] });
      expect(foreign).toMatchObject({ code: 'OBJECT_NOT_FOUND', details: { names: ['A'] } });
      const random = await done('create_container', { ...input, kind: 'random', name: 'Dice' });
      const failed = await refused('set_playlist', { container: random.id, items: ['A'] });
      expect(failed.error).toContain('plays at random');
    }));
});

describe('containers, when what is asked cannot be', () => {
  it('refuse Sounds of one name by saying so', () =>
    withProject(async ({ refused }) => {
      const twice = { kind: 'random', name: 'Twice', parentPath: home, sounds: ['A', 'a'] };
      expect((await refused('create_container', twice)).error).toContain('/sounds must have different names');
      const group = { name: 'G', members: ['On', 'ON'] };
      expect((await refused('create_switch_group', group)).error).toContain(
        '/members must have different names',
      );
    }));

  it('call it no success when no assignment could be made', () =>
    withProject(async ({ done, refused }) => {
      await done('create_switch_group', { name: 'Surface', members: ['Grass'] });
      const box = await done('create_container', {
        kind: 'switch',
        name: 'Box',
        parentPath: home,
        sounds: ['G'],
        switchGroup: 'SwitchGroup:Surface',
      });
      const wrong = { container: box.id, assignments: [{ child: 'G', switch: 'Gras' }] };
      expect(await refused('assign_switch', wrong)).toMatchObject({
        error: expect.stringContaining('Did you mean "Grass"'),
        details: { results: [{ child: 'G', switch: 'Gras', ok: false }] },
      });
      const byPath = { child: 'G', switch: '\\Switches\\Default Work Unit\\Other\\Grass' };
      await refused('assign_switch', { container: box.id, assignments: [byPath] });
      const typed = { child: 'Sound:G', switch: 'Switch:Grass' };
      const made = await done('assign_switch', { container: box.id, assignments: [typed] });
      await done('create_object', { type: 'Sound', name: 'H', parentPath: box.id });
      const both = [typed, { child: 'H', switch: 'Grass' }];
      expect(await done('unassign_switch', { container: box.id, assignments: both })).toMatchObject({
        total: 0,
      });
      const again = await done('assign_switch', { container: box.id, assignments: both });
      expect(again).toMatchObject({ total: 2 });
      await done('undo', {});
      expect(await done('list_assignments', { container: box.id })).toMatchObject({ total: 0 });
      expect(made).toMatchObject({ assignments: [{ child: { name: 'G' }, switch: { name: 'Grass' } }] });
    }));

  it('take assignments back when another group is followed, in one step, and only its own default', () =>
    withProject(async ({ done, refused }) => {
      await done('create_switch_group', { name: 'Surface', members: ['Grass'] });
      await done('create_state_group', { name: 'Mode', members: ['Calm'] });
      const box = await done('create_container', {
        kind: 'switch',
        name: 'Box',
        parentPath: home,
        sounds: ['G'],
        switchGroup: 'SwitchGroup:Surface',
      });
      await done('assign_switch', { container: box.id, assignments: [{ child: 'G', switch: 'Grass' }] });
      const foreign = { objectId: box.id, group: 'SwitchGroup:Surface', defaultSwitch: 'Calm' };
      expect((await refused('set_switch_group', foreign)).error).toContain('no Switch or State "Calm"');
      const mode = { objectId: box.id, group: 'StateGroup:Mode', defaultSwitch: 'Calm' };
      expect(await done('set_switch_group', mode)).toMatchObject({
        defaultSwitch: { name: 'Calm' },
        unassigned: [{ child: { name: 'G' }, switch: { name: 'Grass' } }],
      });
      expect(await done('list_assignments', { container: box.id })).toMatchObject({ assignments: [] });
      await done('undo', {});
      expect(await done('list_assignments', { container: box.id })).toMatchObject({
        group: { name: 'Surface' },
        assignments: [{ child: { name: 'G' } }],
      });
    }));

  it('refuse fades that never happen, and a second Blend Track of a name', () =>
    withProject(async ({ done, refused }) => {
      await done('create_game_parameter', { name: 'Hour', min: 0, max: 24 });
      const amb = await done('create_container', {
        kind: 'blend',
        name: 'Amb',
        parentPath: home,
        sounds: ['Wind'],
      });
      const track = (range: object, more: object = { gameParameter: 'GameParameter:Hour' }) => ({
        container: amb.id,
        name: 'Day',
        children: [{ child: 'Wind', ...range }],
        ...more,
      });
      expect((await refused('add_blend_track', track({ from: -5, to: 100 }))).error).toContain('0 to 24');
      expect((await refused('add_blend_track', track({ from: 9, to: 3 }))).error).toContain('9 to 3');
      expect((await refused('add_blend_track', track({ from: 3 }, {}))).error).toContain('gameParameter');
      expect(await done('add_blend_track', track({ from: 6 }))).toMatchObject({
        track: { assignments: [{ from: 6, to: 24 }] },
      });
      const again = await refused('add_blend_track', { container: amb.id, name: 'day' });
      expect(again).toMatchObject({ code: 'NAME_CONFLICT', details: { existing: { name: 'Day' } } });
    }));
});

describe('a long list after a change', () => {
  it('is cut to one answer, with the total', () =>
    withProject(async ({ done }) => {
      const sounds = Array.from({ length: 300 }, (_, at) => `Take_${at}`);
      const parts = { kind: 'sequence', name: 'Long', parentPath: home, sounds };
      const long = await done('create_container', parts);
      const set = await done('set_playlist', { container: long.id, items: sounds });
      expect(set).toMatchObject({ total: 300 });
      expect(JSON.stringify(set).length).toBeLessThan(20_000);
    }));
});
