import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const main = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('what States make of an object', () => {
  it('is set with one call, read back, written to the Work Unit and rolled back in one step', () =>
    withProject(async ({ done, projectPath }) => {
      await done('create_state_group', { name: 'Paused', members: ['Yes', 'No'] });
      const bus = await done('create_bus', { name: 'Sfx', parentPath: main });
      const mute = {
        objectId: bus.id,
        stateGroups: ['StateGroup:Paused'],
        values: [{ state: 'yes', values: { busvolume: -96, Lowpass: 30 } }],
      };
      const yes = {
        state: '\\States\\Default Work Unit\\Paused\\Yes',
        values: { BusVolume: -96, Lowpass: 30 },
      };
      expect(await done('set_states', mute)).toMatchObject({
        stateGroups: [{ name: 'Paused' }],
        values: [yes, { state: expect.stringMatching(/No$/), values: { BusVolume: 0 } }],
      });
      expect(await done('get_states', { object: 'Bus:Sfx' })).toMatchObject({ values: [yes, {}] });
      await done('project_save', {});
      const file = join(dirname(projectPath), 'Busses', 'Default Work Unit.wwu');
      expect(readFileSync(file, 'utf8')).toMatch(
        /<CustomState Name="" [^>]*>\s*<PropertyList>\s*<Property Name="BusVolume" Type="Real64">\s*<ValueList>\s*<Value>-96</,
      );
      await done('undo', {});
      expect(await done('get_states', { object: 'Bus:Sfx' })).toMatchObject({ stateGroups: [], values: [] });
    }));

  it('brings a property under the States that was not, and leaves other values alone', () =>
    withProject(async ({ done }) => {
      await done('create_state_group', { name: 'Mode', members: ['Calm', 'Fight'] });
      const bus = await done('create_bus', { name: 'Sfx', parentPath: main });
      const calm = { state: 'Mode\\Calm', values: { BusVolume: -3 } };
      await done('set_states', { objectId: bus.id, stateGroups: ['StateGroup:Mode'], values: [calm] });
      const fight = { state: 'State:Fight', values: { OutputBusVolume: -6 } };
      expect(await done('set_states', { objectId: bus.id, values: [fight] })).toMatchObject({
        properties: expect.arrayContaining(['BusVolume', 'OutputBusVolume']),
        values: [{ values: { BusVolume: -3, OutputBusVolume: 0 } }, { values: { OutputBusVolume: -6 } }],
      });
    }));

  it('changes nothing when a name, a State or a value is wrong', () =>
    withProject(async ({ done, refused }) => {
      await done('create_state_group', { name: 'Mode', members: ['Calm'] });
      const bus = await done('create_bus', { name: 'Sfx', parentPath: main });
      const stateGroups = ['StateGroup:Mode'];
      const set = (state: string, values: object) => ({
        objectId: bus.id,
        stateGroups,
        values: [{ state, values }],
      });
      const misspelt = await refused('set_states', set('Calm', { BusVolum: -3 }));
      expect(misspelt).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
        error: expect.stringContaining('Did you mean "BusVolume"'),
      });
      expect((await refused('set_states', set('Clam', { BusVolume: -3 }))).error).toContain('"Calm"');
      expect((await refused('set_states', set('None', { BusVolume: -3 }))).hint).toContain('set_property');
      expect((await refused('set_states', set('Calm', { BusVolume: -900 }))).error).toContain('-200');
      expect(await done('get_states', { object: bus.id })).toMatchObject({ stateGroups: [] });
      expect(await refused('get_states', { object: 'StateGroup:Mode' })).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
      });
    }));

  it('reaches a State that came later when the groups are chosen again', () =>
    withProject(async ({ done, refused }) => {
      await done('create_state_group', { name: 'Mode', members: ['Calm'] });
      const bus = await done('create_bus', { name: 'Sfx', parentPath: main });
      const stateGroups = ['StateGroup:Mode'];
      const calm = { state: 'Calm', values: { BusVolume: -3 } };
      await done('set_states', { objectId: bus.id, stateGroups, values: [calm] });
      await done('create_object', { type: 'State', name: 'Fight', parentPath: 'StateGroup:Mode' });
      const values = [{ state: 'Fight', values: { BusVolume: -9 } }];
      expect((await refused('set_states', { objectId: bus.id, values })).hint).toContain('stateGroups');
      expect(await done('set_states', { objectId: bus.id, stateGroups, values })).toMatchObject({
        values: [{ values: { BusVolume: -3 } }, { values: { BusVolume: -9 } }],
      });
    }));

  it('goes back to the usual properties with an empty list', () =>
    withProject(async ({ done }) => {
      const bus = await done('create_bus', { name: 'Sfx', parentPath: main });
      await done('set_states', { objectId: bus.id, properties: ['OutputBusVolume'] });
      expect(await done('set_states', { objectId: bus.id, properties: [] })).toMatchObject({
        properties: expect.arrayContaining(['BusVolume']),
      });
    }));
});
