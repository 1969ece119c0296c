import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';

const home = '\\Containers\\Default Work Unit';
const queries = '\\Queries\\Default Work Unit';
const nameOperation = '{82CCCD47-591B-4BD8-B3CE-89A8172A1802}';
const valueOperation = '{560736B7-4F5C-4EF7-9354-8D8DC6BBD70A}';

async function found({ call }: EngineRoom, query: string): Promise<unknown> {
  const { return: rows } = await call(
    'object.get',
    { waql: `$ from query "${query}" orderby name` },
    { return: ['name'] },
  );
  return rows;
}

/** Loud steps, quiet steps and something else; a Query for Sounds named so, and loud. */
async function furnish({ call }: EngineRoom): Promise<void> {
  const sound = (name: string, volume: number): JsonObject => ({ type: 'Sound', name, '@Volume': volume });
  await call('object.set', {
    objects: [
      {
        object: home,
        children: [
          { type: 'ActorMixer', name: 'Near', children: [sound('Step_Loud', 3), sound('Step_Quiet', -30)] },
          sound('Step_Far', 6),
          sound('Wind', 6),
        ],
      },
      {
        object: queries,
        children: [
          {
            type: 'Query',
            name: 'Loud steps',
            '@ObjectType': 0,
            children: [
              { type: 'SearchCriteria', name: nameOperation, '@UserString': 'step*' },
              {
                type: 'SearchCriteria',
                name: valueOperation,
                '@PropertyName': 'Volume',
                '@NumericOperator': 2,
                '@LeftValue': 0,
              },
            ],
          },
        ],
      },
    ],
  });
}

describe('criteria of Query objects', () => {
  it('are created by the GUID of their search operation, several of a kind if need be, and found by', async () => {
    await withEngine(async (room) => {
      await furnish(room);
      expect(await found(room, `${queries}\\Loud steps`)).toEqual([
        { name: 'Step_Far' },
        { name: 'Step_Loud' },
      ]);
      const query = { parent: `${queries}\\Loud steps`, type: 'SearchCriteria', '@UserString': '*loud' };
      await room.call('object.create', { ...query, name: nameOperation });
      expect(await found(room, `${queries}\\Loud steps`)).toEqual([{ name: 'Step_Loud' }]);
      await room.call('project.save');
      const file = join(dirname(room.project.filePath), 'Queries', 'Default Work Unit.wwu');
      expect(readFileSync(file, 'utf8')).toMatch(
        /<SearchCriteria Name="GeneralName" ID="[^"]+" SearchOperationID="\{82CCCD47-/,
      );
      expect(checkProject(room.project.filePath)).toMatchObject({ differences: [], brokenFiles: [] });
    });
  });

  it('are refused with those that are known when the operation is none', async () => {
    await withEngine(async (room) => {
      await furnish(room);
      const error = await room.refused('object.create', {
        parent: `${queries}\\Loud steps`,
        type: 'SearchCriteria',
        name: 'PropertyValu',
      });
      expect(error.details.known).toEqual([`PropertyValue ${valueOperation}`]);
      const elsewhere = await room.refused('object.create', {
        parent: home,
        type: 'SearchCriteria',
        name: nameOperation,
      });
      expect(elsewhere.message).toContain('cannot be created below');
    });
  });

  it('are copied with their Query, and the object a Query starts at is followed by name and Work Unit', async () => {
    await withEngine(async (room) => {
      await furnish(room);
      await room.call('object.setReference', {
        object: `${queries}\\Loud steps`,
        reference: 'StartObject',
        value: `${home}\\Near`,
      });
      expect(await found(room, `${queries}\\Loud steps`)).toEqual([{ name: 'Step_Loud' }]);
      await room.call('object.create', { parent: '\\Containers', type: 'WorkUnit', name: 'Other' });
      await room.call('object.copy', {
        object: `${queries}\\Loud steps`,
        parent: queries,
        onNameConflict: 'rename',
      });
      await room.call('object.setName', { object: `${home}\\Near`, value: 'Close' });
      await room.call('object.move', { object: `${home}\\Close`, parent: '\\Containers\\Other' });
      await room.call('project.save');
      const other = room.project.model.byPath('\\Containers\\Other');
      const file = join(dirname(room.project.filePath), 'Queries', 'Default Work Unit.wwu');
      const references = readFileSync(file, 'utf8').match(/<ObjectRef [^>]*>/g);
      expect(references).toHaveLength(2);
      for (const reference of references ?? []) {
        expect(reference).toContain('Name="Close"');
        expect(reference).toContain(`WorkUnitID="${other?.id}"`);
      }
      for (const name of ['Loud steps', 'Loud steps_01'])
        expect(await found(room, `${queries}\\${name}`)).toEqual([{ name: 'Step_Loud' }]);
    });
  });
});
