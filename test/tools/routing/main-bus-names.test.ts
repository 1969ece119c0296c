import { describe, expect, it } from 'vitest';
import { withEngine } from '../../harness/engine.ts';
import { withProject } from '../../harness/project.ts';
import { objects, withScriptedWwise } from '../../harness/scripted-wwise.ts';

const mainBusId = '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}';
const own = '\\Busses\\Default Work Unit\\Master Audio Bus';
const music = '{22222222-1DA6-412A-A17E-75CA0C2149F3}';
const names = ['Main Audio Bus', 'Master Audio Bus', 'MASTER AUDIO BUS'];

describe('the main bus', () => {
  for (const name of names) {
    for (const root of ['Busses', 'Master-Mixer Hierarchy']) {
      const path = `\\${root}\\Default Work Unit\\${name}`;
      it(`is found by ${path}, whatever the project calls it and wherever it lies`, () =>
        withProject(async ({ done }) => {
          await done('rename_object', { objectId: mainBusId, name: 'Everything' });
          await done('create_bus', { name: 'Music', parentPath: path });
          expect(await done('get_object', { objectId: `${path}\\Music` })).toMatchObject({
            path: '\\Busses\\Default Work Unit\\Everything\\Music',
          });
          await done('create_work_unit', { name: 'Mix', parentPath: '\\Busses' });
          await done('move_object', { objects: [mainBusId], parentPath: '\\Busses\\Mix' });
          expect(await done('query_waql', { query: `"${path}\\Music"` })).toMatchObject({ total: 1 });
          await done('create_sound', { name: 'Song', parentPath: '\\Containers\\Default Work Unit' });
          expect(
            await done('set_output_bus', {
              objectId: '\\Containers\\Default Work Unit\\Song',
              busPath: `Bus:${name}`,
            }),
          ).toMatchObject({ bus: { id: mainBusId } });
        }));
    }
  }

  it('gives way to a bus that is really called so, and to no other place than the busses', () =>
    withEngine(async ({ call, project, refused }) => {
      const made = await call('object.create', {
        parent: '\\Busses\\Default Work Unit',
        type: 'Bus',
        name: 'Master Audio Bus',
      });
      const { model } = project;
      expect(model.byPath('\\Busses\\Default Work Unit\\Master Audio Bus')?.id).toBe(made.id);
      expect(model.byName('Bus', 'Master Audio Bus')?.id).toBe(made.id);
      expect(model.byPath('\\Busses\\Default Work Unit\\Main Audio Bus')?.id).toBe(mainBusId);
      const object = '\\Containers\\Default Work Unit\\Main Audio Bus';
      expect((await refused('object.delete', { object })).message).toContain('is unknown');
    }));

  it('is asked for by its GUID in a running Wwise that does not know the path', () =>
    withScriptedWwise(
      {
        'ak.wwise.core.object.get': objects(
          { id: mainBusId, name: 'Master Audio Bus', type: 'Bus', path: own },
          { id: music, name: 'Music', type: 'Bus', path: `${own}\\Music` },
        ),
      },
      async ({ done }) => {
        expect(
          await done('get_object', { objectId: '\\Busses\\Default Work Unit\\Main Audio Bus\\Music' }),
        ).toMatchObject({
          id: music,
        });
      },
    ));
});
