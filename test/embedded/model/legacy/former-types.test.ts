import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withEngine } from '../../../harness/engine.ts';
import { writeEraProject } from '../../../harness/era-project.ts';
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

describe('a type that has another name since 2025.1', () => {
  it.each([110, 133] as const)('is known to describe_type by both (schema %i)', (schema) => {
    const projectPath = writeEraProject(newTempDir('types'), schema).projectPath;
    return withProject(
      async ({ done }) => {
        const current = schema === 133 ? 'PropertyContainer' : 'ActorMixer';
        for (const of of ['ActorMixer', 'PropertyContainer', 'Property Container', 'actor-mixer'])
          expect(await done('describe_type', { of })).toMatchObject({ type: current });
      },
      { projectPath },
    );
  });
});
