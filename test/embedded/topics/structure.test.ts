import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';

const home = '\\Containers\\Default Work Unit';

async function listen(room: EngineRoom, topic: string): Promise<JsonObject[]> {
  const reported: JsonObject[] = [];
  await room.session.subscribe(`ak.wwise.core.object.${topic}`, { return: ['name'] }, (event) =>
    reported.push(event),
  );
  return reported;
}

function gist(event: JsonObject | undefined): unknown {
  return [
    event?.summary,
    asJsonArray(event?.objects).map((entry) => {
      const { object, changes } = asJsonObject(entry);
      return [asJsonObject(object).name, asJsonArray(changes).map((change) => asJsonObject(change).type)];
    }),
  ];
}

describe('object.structureChanged', () => {
  it('says once per undo step, named like it, and again for its undo and redo', async () => {
    await withEngine(async (room) => {
      const reported = await listen(room, 'structureChanged');
      await room.call('undo.beginGroup');
      await room.call('object.create', { parent: home, type: 'Folder', name: 'Guns' });
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Boom' });
      await room.call('object.move', { object: `${home}\\Boom`, parent: `${home}\\Guns` });
      await room.call('ping');
      expect(reported).toEqual([]);
      await room.call('undo.endGroup', { displayName: 'Make guns' });
      await room.call('undo.undo');
      await room.call('undo.redo');
      await room.call('ping');
      const created = [
        ['Guns', ['create']],
        ['Boom', ['create']],
      ];
      expect(reported.map(gist)).toEqual([
        ['Make guns', created],
        [
          'Make guns',
          [
            ['Boom', ['delete']],
            ['Guns', ['delete']],
          ],
        ],
        ['Make guns', created],
      ]);
    });
  });

  it('leaves out what cancels out, and steps that change values only', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Boom', '@Volume': -3 });
      const reported = await listen(room, 'structureChanged');
      const object = `${home}\\Boom`;
      await room.call('object.setProperty', { object, property: 'Volume', value: -6 });
      await room.call('undo.beginGroup');
      await room.call('object.setName', { object, value: 'Bang' });
      await room.call('object.setName', { object: `${home}\\Bang`, value: 'Boom' });
      await room.call('object.setNotes', { object, value: 'loud' });
      await room.call('undo.endGroup', { displayName: 'Tidy' });
      await room.call('ping');
      expect(reported).toEqual([
        {
          summary: 'Tidy',
          objects: [
            {
              object: { name: 'Boom' },
              changes: [{ type: 'notesChange', notesChange: { oldNotes: '', newNotes: 'loud' } }],
            },
          ],
        },
      ]);
    });
  });
});

describe('object.preDeleted and object.curveChanged', () => {
  it('come before the object goes, and when a range moves points', async () => {
    await withEngine(async (room) => {
      const parameter = await room.call('object.create', {
        parent: '\\Game Parameters\\Default Work Unit',
        type: 'GameParameter',
        name: 'Speed',
      });
      await room.call('object.create', { parent: home, type: 'Sound', name: 'Boom' });
      const points = [0, 100].map((x) => ({ x, y: 0, shape: 'Linear' }));
      await room.call('object.set', {
        objects: [
          {
            object: `${home}\\Boom`,
            '@RTPC': [
              {
                type: 'RTPC',
                name: '',
                '@PropertyName': 'Volume',
                '@ControlInput': parameter.id ?? '',
                '@Curve': { type: 'Curve', points },
              },
            ],
          },
        ],
      });
      const order: string[] = [];
      for (const topic of ['preDeleted', 'childRemoved', 'postDeleted', 'curveChanged'])
        await room.session.subscribe(`ak.wwise.core.object.${topic}`, {}, () => order.push(topic));
      await room.call('gameParameter.setRange', {
        object: parameter.id ?? '',
        min: 0,
        max: 10,
        onCurveUpdate: 'stretch',
      });
      await room.call('object.delete', { object: `${home}\\Boom` });
      await room.call('ping');
      expect(order).toEqual(['curveChanged', 'preDeleted', 'childRemoved', 'postDeleted']);
    });
  });
});
