import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import type { Engine } from '../../../src/embedded/engine.ts';
import { embeddedFunctions } from '../../../src/embedded/functions/catalog.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import { topicSchemas } from '../../../src/embedded/protocol/schemas.gen.ts';
import { startWaapiServer, type WaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import type { WaapiBackend } from '../../../src/wwise/connection/backend.ts';
import { connectWamp } from '../../../src/wwise/connection/connect-wamp.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { parse, rawClient } from '../server/raw-client.ts';

const object = 'ak.wwise.core.object';
const workUnit = '\\Containers\\Default Work Unit';

let folder = '';
let engine: Engine;
let server: WaapiServer;
let wwise: WaapiBackend;
let reported: [string, JsonObject][];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wwiseflow-topics-'));
  const projectFile = join(folder, 'Game', 'Game.wproj');
  freshProject(projectFile);
  const functions = embeddedFunctions({
    productVersion: '0.0.0',
    installDir: '/opt/wwiseflow',
    userDir: '/home/me',
  });
  engine = createEngine({ openProject: await openProject(projectFile), functions, log: silentLog });
  server = await startWaapiServer({ engine, wampPort: 0, httpPort: null, log: silentLog });
  wwise = await connectWamp(server.wampUrl ?? '');
  reported = [];
});

afterEach(async () => {
  await wwise.close();
  await server.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function listen(topic: string, options: JsonObject = {}, label = topic) {
  return wwise.subscribe(topic, options, (payload) =>
    reported.push([label.replace(`${object}.`, ''), payload]),
  );
}

/** A call that comes after all events so far were delivered. */
function settled(): Promise<JsonObject> {
  return wwise.call('ak.wwise.core.ping', {}, {});
}

async function createSound(name: string): Promise<string> {
  const made = await wwise.call(`${object}.create`, { parent: workUnit, type: 'Sound', name }, {});
  return String(made.id);
}

describe('events', () => {
  it('follow the result of the call that caused them, in the shape the strictest client parses', async () => {
    const client = await rawClient(server.wampUrl ?? '');
    await client.ask('[1,"realm1"]');
    const first = await client.ask(`[32,1,{"return":["name","type"]},"${object}.created"]`);
    expect(first).toBe('[33,1,1]');
    expect(await client.ask(`[32,2,{},"${object}.created"]`)).toBe('[33,2,2]');
    const args = { parent: workUnit, type: 'Sound', name: 'Boom' };
    const result = parse(await client.ask(JSON.stringify([48, 3, {}, `${object}.create`, [], args])));
    expect(result.slice(0, 2)).toEqual([50, 3]);
    expect(await client.next()).toBe('[36,1,1,{},[],{"object":{"name":"Boom","type":"Sound"}}]');
    const second: Json = parse(await client.next());
    expect(second).toEqual([36, 2, 2, {}, [], { object: { id: expect.any(String), name: 'Boom' } }]);
    expect(await client.ask('[34,4,1]')).toBe('[35,4]');
  });

  it('report creation, naming, parents and deletion', async () => {
    await listen(`${object}.created`);
    await listen(`${object}.nameChanged`, { return: ['path'] });
    await listen(`${object}.childAdded`, { return: ['name'] });
    await listen(`${object}.childRemoved`, { return: ['name'] });
    await listen(`${object}.postDeleted`, { return: ['name', 'type', '@Volume'] });
    await listen(`${object}.notesChanged`, { return: ['name'] });
    const id = await createSound('Boom');
    await wwise.call(`${object}.setName`, { object: id, value: 'Bang' }, {});
    await wwise.call(`${object}.setNotes`, { object: id, value: 'loud' }, {});
    await wwise.call(`${object}.delete`, { object: id }, {});
    await settled();
    const named = (name: string) =>
      reported.filter(([topic]) => topic === name).map(([, payload]) => payload);
    expect(named('created')).toEqual([{ object: { id, name: 'Boom' } }]);
    expect(named('childAdded')).toEqual([{ child: { name: 'Boom' }, parent: { name: 'Default Work Unit' } }]);
    expect(named('nameChanged')).toEqual([
      { object: { path: `${workUnit}\\Boom` }, newName: 'Boom', oldName: '' },
      { object: { path: `${workUnit}\\Bang` }, newName: 'Bang', oldName: 'Boom' },
    ]);
    expect(named('notesChanged')).toEqual([{ object: { name: 'Bang' }, newNotes: 'loud', oldNotes: '' }]);
    expect(named('childRemoved')).toEqual([
      { child: { name: 'Bang' }, parent: { name: 'Default Work Unit' } },
    ]);
    expect(named('postDeleted')).toEqual([{ object: { name: 'Bang', type: 'Sound' } }]);
  });

  it('of a property reach those who watch this property of this object', async () => {
    const id = await createSound('Boom');
    const other = await createSound('Other');
    await listen(`${object}.propertyChanged`, { object: `${workUnit}\\Boom`, property: 'Volume' });
    await wwise.call(`${object}.setProperty`, { object: other, property: 'Volume', value: -1 }, {});
    await wwise.call(`${object}.setProperty`, { object: id, property: 'Pitch', value: 100 }, {});
    await wwise.call(`${object}.setProperty`, { object: id, property: 'Volume', value: -6 }, {});
    await settled();
    expect(reported).toEqual([
      [
        'propertyChanged',
        {
          object: { id, name: 'Boom' },
          property: 'Volume',
          old: 0,
          new: -6,
          platform: '{00000000-0000-0000-0000-000000000000}',
        },
      ],
    ]);
  });

  it('report both ends of a changed reference', async () => {
    const id = await createSound('Boom');
    await listen(`${object}.referenceChanged`, { return: ['name'] });
    const [bus] = asJsonArray((await wwise.call(`${object}.get`, { waql: '$ from type Bus' }, {})).return);
    const parent = String(asJsonObject(bus).id);
    const made = await wwise.call(`${object}.create`, { parent, type: 'Bus', name: 'Far' }, {});
    await wwise.call(
      `${object}.setReference`,
      { object: id, reference: 'OutputBus', value: String(made.id) },
      {},
    );
    await settled();
    const [payload] = reported.map(([, event]) => event).filter(({ reference }) => reference === 'OutputBus');
    expect(payload?.object).toEqual({ name: 'Boom' });
    expect(payload?.old).toEqual({ name: asJsonObject(bus).name });
    expect(payload?.new).toEqual({ name: 'Far' });
  });

  it('say which files a save wrote', async () => {
    await listen('ak.wwise.core.project.saved');
    await createSound('Boom');
    await wwise.call('ak.wwise.core.project.save', {}, {});
    await settled();
    expect(reported).toEqual([
      ['ak.wwise.core.project.saved', { modifiedPaths: [expect.stringContaining('Default Work Unit.wwu')] }],
    ]);
  });

  it('let the subscriber call Wwise and unsubscribe from inside', async () => {
    const seen: string[] = [];
    const done = new Promise<void>((resolve) => {
      const subscribed = wwise.subscribe(`${object}.created`, { return: ['id', 'name'] }, (payload) => {
        seen.push(JSON.stringify(payload));
        const id = /"id":"([^"]+)"/.exec(JSON.stringify(payload))?.[1] ?? '';
        wwise
          .call(`${object}.delete`, { object: id }, {})
          .then(async () => (await subscribed).unsubscribe())
          .then(resolve);
      });
      subscribed.then(() => createSound('Brief'));
    });
    await done;
    await createSound('Unheard');
    await settled();
    expect(seen).toHaveLength(1);
    const left = await wwise.call(
      `${object}.get`,
      { waql: `$ "${workUnit}" select children` },
      { return: ['name'] },
    );
    expect(left.return).toEqual([{ name: 'Unheard' }]);
  });

  it('keep two subscriptions of one topic apart: each has its options, each ends alone', async () => {
    const client = await rawClient(server.wampUrl ?? '');
    await client.ask('[1,"realm1"]');
    const topic = `${object}.created`;
    expect(await client.ask(`[32,9007199254740992,{"return":["name"]},"${topic}"]`)).toBe(
      '[33,9007199254740992,1]',
    );
    expect(await client.ask(`[32,2,{"return":["type"]},"${topic}"]`)).toBe('[33,2,2]');
    await createSound('Heard');
    expect([await client.next(), await client.next()]).toEqual([
      '[36,1,1,{},[],{"object":{"name":"Heard"}}]',
      '[36,2,2,{},[],{"object":{"type":"Sound"}}]',
    ]);
    expect(await client.ask('[34,3,1]')).toBe('[35,3]');
    expect(parse(await client.ask('[34,4,1]'))[4]).toBe('wamp.error.no_such_subscription');
    await createSound('Again');
    expect(await client.next()).toBe('[36,2,3,{},[],{"object":{"type":"Sound"}}]');
    client.socket.terminate();
  });

  it('reach other clients too, and undo reports the reverse', async () => {
    await listen(`${object}.created`);
    await listen(`${object}.postDeleted`);
    const colleague = await connectWamp(server.wampUrl ?? '');
    await colleague.call(`${object}.create`, { parent: workUnit, type: 'Sound', name: 'Boom' }, {});
    await colleague.call('ak.wwise.core.undo.undo', {}, {});
    await colleague.close();
    await settled();
    expect(reported.map(([topic]) => topic)).toEqual(['created', 'postDeleted']);
  });

  it('can be asked for from every documented topic, those included that never report anything here', async () => {
    const silent = Object.keys(topicSchemas).filter((uri) => /profiler|soundbank|debug/.test(uri));
    expect(silent).toHaveLength(9);
    for (const uri of silent) await listen(uri);
  });

  it('are not promised for unknown topics, unknown objects or unreadable expressions', async () => {
    await expect(listen('ak.wwise.core.soundbank.done')).rejects.toMatchObject({
      uri: 'ak.wwise.invalid_arguments',
      message: 'The topic URI is unknown.',
    });
    await expect(
      listen(`${object}.propertyChanged`, { object: '\\Events\\Nothing', property: 'Volume' }),
    ).rejects.toMatchObject({ message: 'Object \\Events\\Nothing is unknown.' });
    await expect(listen(`${object}.created`, { return: ['name ('] })).rejects.toMatchObject({
      uri: 'ak.wwise.query.invalid_query',
    });
  });
});

describe('a session that ends', () => {
  it('cancels its open undo groups and keeps the changes', async () => {
    const visitor = await connectWamp(server.wampUrl ?? '');
    await visitor.call('ak.wwise.core.undo.beginGroup', {}, {});
    await visitor.call(`${object}.create`, { parent: workUnit, type: 'Sound', name: 'Kept' }, {});
    await visitor.close();
    await expect(
      wwise.call('ak.wwise.core.undo.endGroup', { displayName: 'not mine' }, {}),
    ).rejects.toBeInstanceOf(Error);
    const left = await wwise.call(`${object}.get`, { waql: `$ "${workUnit}\\Kept"` }, { return: ['name'] });
    expect(left.return).toEqual([{ name: 'Kept' }]);
  });
});
