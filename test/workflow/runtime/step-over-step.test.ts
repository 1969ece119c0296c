import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../src/core/json.ts';
import { type RunRoom, withRuns } from '../../harness/runs.ts';
import { node } from '../harness.ts';

const containers = '\\Containers\\Default Work Unit';
const sound = node('sound', 'create_object', {
  type: 'Sound',
  name: 'Step',
  parentPath: containers,
  properties: { Volume: -6 },
});
const folder = node('folder', 'create_object', { type: 'Folder', name: 'F', parentPath: containers });
const objectId = '$from:sound:$output:id';
const later = [
  node('name', 'rename_object', { objectId, name: 'Stomp' }),
  node('level', 'set_property', { objectId, property: 'Volume', value: -3 }),
  node('place', 'move_object', { objects: [objectId], parentPath: '$from:folder:$output:id' }),
];
const order = ['sound', 'folder', 'name', 'level', 'place'];
const edges = order.slice(1).map((target, at) => ({ source: order[at] ?? '', target }));

const sounds = async (room: RunRoom): Promise<unknown> =>
  (await room.done('query_waql', { query: '$ from type Sound', return: ['path', '@Volume'] })).objects;
const states = (answer: JsonObject): unknown =>
  asJsonArray(asJsonObject(answer.data).results).map((one) => asJsonObject(one).memo);
const stomp = [{ path: `${containers}\\F\\Stomp`, '@Volume': -3 }];

describe('a workflow whose later steps change what earlier ones made', () => {
  it('is done once, however often it is run', () =>
    withRuns(async (room) => {
      const document = { workflowId: 'over', nodes: [sound, folder, ...later], edges };
      await room.run(document);
      expect(await sounds(room)).toMatchObject(stomp);
      const { answer } = await room.run(document);
      expect(states(answer)).toEqual(['hit', 'hit', 'hit', 'hit', 'hit']);
      expect(await sounds(room)).toMatchObject(stomp);
    }));

  it('is put right where somebody changed what its last step on it said', () =>
    withRuns(async (room) => {
      const document = { workflowId: 'over', nodes: [sound, folder, ...later], edges };
      await room.run(document);
      const object = `${containers}\\F\\Stomp`;
      await room.waapi.call('ak.wwise.core.object.setProperty', { object, property: 'Volume', value: 0 });
      await room.run(document);
      expect(await sounds(room)).toMatchObject(stomp);
    }));

  it('is resumed without making anything twice', () =>
    withRuns(async (room) => {
      const broken = node('broken', 'set_property', { objectId, property: 'Volum', value: 1 });
      const nodes = [sound, folder, ...later, broken];
      const after = { source: 'place', target: 'broken' };
      const { answer, executionId } = await room.run({ workflowId: 'over', nodes, edges: [...edges, after] });
      expect(asString(answer.code)).toBe('UNKNOWN_PROPERTY');
      await (await room.runs.resume(executionId, {})).done;
      expect(await sounds(room)).toMatchObject(stomp);
    }));
});
