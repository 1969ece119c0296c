import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('create_switch_group and create_state_group', () => {
  it('create a group with its members, and are memo hits when repeated', () =>
    withProject(async ({ bus, done }) => {
      const input = { name: 'Surface', members: ['Grass', 'Stone'] };
      expect(await done('create_switch_group', input)).toMatchObject({
        type: 'SwitchGroup',
        path: '\\Switches\\Default Work Unit\\Surface',
        children: [
          { type: 'Switch', name: 'Grass' },
          { type: 'Switch', name: 'Stone' },
        ],
      });
      expect(await bus.dispatch('create_switch_group', input)).toMatchObject({ memo: 'hit' });
      await done('delete_object', { objectId: '\\Switches\\Default Work Unit\\Surface\\Stone' });
      expect(await bus.dispatch('create_switch_group', { ...input, onNameConflict: 'merge' })).toMatchObject({
        memo: 'miss',
      });
      const states = await done('create_state_group', { name: 'Menu', members: ['none', 'Open'] });
      const names = (states.children as readonly { name: string }[]).map(({ name }) => name.toLowerCase());
      expect(names.filter((name) => name === 'none').length).toBeLessThanOrEqual(1);
      expect(names).toContain('open');
    }));
});

describe('create_game_parameter and set_game_parameter_range', () => {
  it('create a parameter with a range, and change the range with the curves it drives', () =>
    withProject(async ({ done }) => {
      const speed = await done('create_game_parameter', { name: 'Speed', max: 10, initialValue: 2 });
      expect(speed).toMatchObject({ type: 'GameParameter', objectId: speed.id });
      const sound = await done('create_sound', { name: 'Wind', parentPath: containers });
      const points = [
        { x: 0, y: -12 },
        { x: 10, y: 0 },
      ];
      const gameParameter = String(speed.id);
      await done('set_rtpc', { objectId: sound.id, property: 'Volume', gameParameter, points });
      expect(await done('set_game_parameter_range', { gameParameter, min: 0, max: 100 })).toMatchObject({
        min: 0,
        max: 100,
        previousMax: 10,
      });
      expect(await done('list_rtpcs', { objectId: sound.id })).toMatchObject({
        total: 1,
        rtpcs: [{ property: 'Volume', controlInput: { id: speed.id }, points: [{ x: 0 }, { x: 100, y: 0 }] }],
      });
    }));

  it('refuse a range upside down and an object that is no parameter', () =>
    withProject(async ({ refused }) => {
      const flipped = await refused('create_game_parameter', { name: 'Speed', min: 5, max: 1 });
      expect(flipped.error).toContain('must be above min');
      const wrong = await refused('set_game_parameter_range', { gameParameter: containers, min: 0, max: 1 });
      expect(wrong).toMatchObject({ code: 'INVALID_INPUT', details: { object: { type: 'WorkUnit' } } });
    }));
});

describe('set_rtpc and remove_rtpc', () => {
  it('give a property one curve per driver, replaced when set again, and take it away', () =>
    withProject(async ({ done, refused }) => {
      await done('create_game_parameter', { name: 'Speed' });
      const { id } = await done('create_sound', { name: 'Wind', parentPath: containers });
      const wanted = { objectId: id, property: 'volume', gameParameter: 'GameParameter:Speed' };
      const first = await done('set_rtpc', {
        ...wanted,
        property: 'Volume',
        points: [
          { x: 0, y: -20.82785, shape: 'Exp1' },
          { x: 100, y: 3.5 },
        ],
      });
      expect(first).toMatchObject({
        replaced: false,
        rtpc: { property: 'Volume', points: [{ shape: 'Exp1' }, {}] },
      });
      const points = [
        { x: 0, y: 0 },
        { x: 50, y: -6 },
        { x: 100, y: -12 },
      ];
      const again = await done('set_rtpc', { ...wanted, points });
      expect(again).toMatchObject({ replaced: true, rtpc: { points: [{ y: 0 }, { y: -6 }, { y: -12 }] } });
      expect(await done('list_rtpcs', { objectId: id })).toMatchObject({ total: 1 });
      expect(await done('remove_rtpc', { objectId: id, property: 'Volume' })).toMatchObject({
        removed: [{ property: 'Volume' }],
      });
      expect(await done('list_rtpcs', { objectId: id })).toMatchObject({ total: 0, rtpcs: [] });
      expect(await refused('remove_rtpc', { objectId: id, property: 'Pitch' })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
    }));

  it('refuse an unknown property, a driver that is none and points out of order', () =>
    withProject(async ({ done, refused }) => {
      await done('create_game_parameter', { name: 'Speed' });
      const { id } = await done('create_sound', { name: 'Wind', parentPath: containers });
      const points = [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ];
      const good = { objectId: id, property: 'Volume', gameParameter: 'GameParameter:Speed', points };
      expect(await refused('set_rtpc', { ...good, property: 'Volum' })).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
        details: { candidates: expect.arrayContaining(['Volume']) },
      });
      expect(await refused('set_rtpc', { ...good, gameParameter: containers })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect((await refused('set_rtpc', { ...good, points: [...points].reverse() })).error).toContain(
        'rising x',
      );
      const beyond = await refused('set_rtpc', { ...good, points: [...points, { x: 101, y: 0 }] });
      expect(beyond.error).toBe('"Speed" goes from 0 to 100: a point at x 101 is outside.');
    }));
});

describe('set_states', () => {
  it('lets an object follow State Groups with some of its properties', () =>
    withProject(async ({ done, refused }) => {
      const menu = await done('create_state_group', { name: 'Menu', members: ['Open'] });
      const { id } = await done('create_sound', { name: 'Wind', parentPath: containers });
      const input = { objectId: id, stateGroups: [String(menu.id)], properties: ['Volume', 'Lowpass'] };
      expect(await done('set_states', input)).toMatchObject({ object: { id } });
      expect(await refused('set_states', { objectId: id })).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await refused('set_states', { objectId: id, stateGroups: [containers] })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    }));
});

describe('an RTPC that would do nothing', () => {
  it('is refused: a property nothing drives, a value out of its range', () =>
    withProject(async ({ done, refused }) => {
      await done('create_game_parameter', { name: 'Heat', min: 0, max: 10 });
      const steps = await done('create_container', { kind: 'random', name: 'Steps', parentPath: containers });
      const rtpc = (property: string, y: number) => ({
        objectId: steps.id,
        property,
        gameParameter: 'GameParameter:Heat',
        points: [
          { x: 0, y: 0 },
          { x: 10, y },
        ],
      });
      expect((await refused('set_rtpc', rtpc('RandomOrSequence', 1))).error).toContain('Nothing can drive');
      expect((await refused('set_rtpc', rtpc('Volume', -900))).error).toContain('-200 to 200');
      expect(await done('list_rtpcs', { objectId: steps.id })).toMatchObject({ total: 0 });
      expect(await done('set_rtpc', rtpc('volume', -96))).toMatchObject({ rtpc: { property: 'Volume' } });
      const shaped = rtpc('Volume', -96);
      const [first, last] = shaped.points;
      const misspelt = { ...shaped, points: [{ ...first, shape: 'scurve' }, last] };
      expect((await refused('set_rtpc', misspelt)).error).toContain('SCurve');
    }));
});
