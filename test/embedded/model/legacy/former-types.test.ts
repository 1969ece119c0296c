import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../../src/core/json.ts';
import { withEngine } from '../../../harness/engine.ts';
import { type Era, writeEraProject } from '../../../harness/era-project.ts';
import { withProject } from '../../../harness/project.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

const motionBus = '{20A630BA-3398-4676-B927-1004DFE41FD8}';

describe('an object of a type that Wwise has no more', () => {
  it('is found, named and noted, shows no properties, and is refused new ones', async () => {
    let busses = '';
    await withEngine(
      async ({ call, refused }) => {
        const options = { return: ['name', 'type', 'path', '@Volume'] };
        expect(await call('object.get', { waql: '$ from type MotionBus' }, options)).toEqual({
          return: [
            {
              name: 'Master Motion Bus',
              type: 'MotionBus',
              path: '\\Master-Mixer Hierarchy\\Default Work Unit\\Master Motion Bus',
            },
          ],
        });
        const object = motionBus;
        expect(await call('object.getPropertyAndReferenceNames', { object })).toEqual({ return: [] });
        const volume = { object, property: 'Volume', value: -3 };
        expect((await refused('object.setProperty', volume)).uri).toBe('ak.wwise.invalid_property');
        await call('object.setNotes', { object, value: 'kept' });
        await call('project.save');
        expect(readFileSync(busses, 'utf8')).toContain('<Comment>kept</Comment>');
      },
      (dir) => {
        const era = writeEraProject(dir, 80);
        busses = era.files.busses ?? '';
        const bus = `<MotionBus Name="Master Motion Bus" ID="${motionBus}"/>`;
        const text = readFileSync(busses, 'utf8');
        const end = text.lastIndexOf('\t\t\t</ChildrenList>');
        writeFileSync(busses, `${text.slice(0, end)}\t\t\t\t${bus}\n${text.slice(end)}`);
        return era.projectPath;
      },
    );
  });
});

describe('object.getTypes', () => {
  const rowsOf = async (schema: Era): Promise<Map<string, number>> => {
    const rows = new Map<string, number>();
    await withEngine(
      async ({ call }) => {
        for (const row of asJsonArray((await call('object.getTypes')).return).map(asJsonObject))
          rows.set(String(row.name), Number(row.classId));
      },
      (dir) => writeEraProject(dir, schema).projectPath,
    );
    return rows;
  };

  it('lists the types of the version the project is of, as its class table does', async () => {
    const [of2022, of2024, of2025] = [await rowsOf(110), await rowsOf(123), await rowsOf(133)];
    // What class tables of projects of 2022.1 and 2024.1 have not.
    for (const name of ['EffectSlot', 'MidiFileSource', 'Marker', 'MultiSwitchEntry'])
      expect([name, of2022.has(name), of2024.has(name), of2025.has(name)]).toEqual([name, false, true, true]);
    for (const name of ['SidechainMix', 'StateGroupInfo', 'MediaPoolQuery', 'Remote System'])
      expect([name, of2022.has(name), of2024.has(name), of2025.has(name)]).toEqual([
        name,
        false,
        false,
        true,
      ]);
    expect([of2024.get('ActorMixer'), of2024.has('PropertyContainer')]).toEqual([524304, false]);
    expect([of2025.get('PropertyContainer'), of2025.has('ActorMixer')]).toEqual([524304, false]);
    expect([of2024.has('Wwise Motion'), of2025.has('Motion')]).toEqual([true, true]);
    // Slots are inner objects in every version.
    for (const rows of [of2022, of2024, of2025]) expect(rows.has('PlaylistSlot')).toBe(false);
  });

  it.each([110, 133] as const)(
    'names the renamed type once, and describe_type knows it by both (schema %i)',
    (schema) => {
      const projectPath = writeEraProject(newTempDir('types'), schema).projectPath;
      return withProject(
        async ({ done }) => {
          const current = schema === 133 ? 'PropertyContainer' : 'ActorMixer';
          for (const of of ['ActorMixer', 'PropertyContainer', 'Property Container', 'actor-mixer'])
            expect(await done('describe_type', { of })).toMatchObject({ type: current });
        },
        { projectPath },
      );
    },
  );
});
