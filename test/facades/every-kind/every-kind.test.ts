import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { ownKinds } from '../../../src/workflow/nodes/catalog.ts';
import { mailRoom } from '../../harness/mail-room.ts';
import { type StandIn, startStandIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';
import { edges, node } from '../../workflow/harness.ts';
import { executionIn, givenIn, openWays, type Way } from './three-ways.ts';

const dir = tempDir('every-kind');
let ways: readonly Way[] = [];
let service: StandIn;

const routes = (app: Hono): void => {
  app.post('/jobs', (c) => c.json({ id: 'j1' }));
  app.get('/jobs/j1', (c) => c.json({ state: 'done', text: 'rain.wav' }));
  app.post('/chat/completions', (c) =>
    c.json({ choices: [{ message: { content: '{"name":"SFX_Rain_Metal_01"}' } }] }),
  );
  app.get('/words', (c) => c.json({ words: [{ text: `about ${c.req.query('theme')}` }] }));
  app.post('/in', async (c) => c.json({ heard: await c.req.json<Json>() }));
};

beforeAll(async () => {
  service = await startStandIn(routes);
  ways = await openWays(dir);
  for (const way of ways) {
    writeFileSync(join(way.dir, 'in.csv'), 'name,db\n"Door, open",-3\nShut,-6\n');
    writeTone(join(way.dir, 'audio-tone.wav'), { frequencyHz: 200 });
  }
});
afterAll(async () => {
  for (const way of ways) await way.close();
  await service.close();
});

/** Runs it in each way; what the nodes gave, which is the same in all of them. */
async function givenInAll(workflow: JsonObject, input: JsonObject = {}): Promise<JsonObject> {
  const all = new Map<string, JsonObject>();
  for (const way of ways) {
    let answer = await way.run(workflow, input);
    if (asJsonObject(answer.data).state === 'suspended')
      answer = await way.answer(executionIn(answer), '-6 dB');
    expect({ way: way.name, ok: answer.ok, error: answer.error }).toEqual({
      way: way.name,
      ok: true,
      error: null,
    });
    all.set(way.name, givenIn(answer, way.dir));
  }
  const [first = {}] = [...all.values()];
  for (const [name, given] of all) expect({ name, given }).toEqual({ name, given: first });
  return first;
}

const rows: Json = [
  { name: 'Door, open', db: -3 },
  { name: 'Shut', db: -6 },
];

describe('by MCP, by REST and on the command line', () => {
  it.each(
    ownKinds.flatMap(({ type, examples }) =>
      examples.map(({ title, workflow }) => ({ type, title, workflow })),
    ),
  )('the example of $type runs and gives the same: $title', async ({ workflow }) => {
    const inputs = asJsonObject(workflow.inputs);
    const input = {
      ...(inputs.server === undefined ? {} : { server: service.url }),
      ...(inputs.mailServer === undefined ? {} : { mailServer: '127.0.0.1', port: (await mailRoom()).port }),
    };
    const given = await givenInAll({ workflowId: 'example', ...workflow }, input);
    expect(Object.keys(given).length).toBeGreaterThan(0);
  });

  it.each<[source: string, data: Record<string, Json>, input: JsonObject, expected: JsonObject]>([
    ['static', { value: rows }, {}, { items: rows, count: 2 }],
    [
      'file',
      { path: 'in.csv', types: { db: 'number' } },
      {},
      { items: rows, count: 2, columns: ['name', 'db'] },
    ],
    ['upload', { types: { db: 'number' } }, { file: 'in.csv' }, { items: rows }],
    [
      'folder',
      { path: '.', extensions: ['.wav'] },
      {},
      { count: 1, items: [{ name: 'audio-tone.wav', audio: { channels: 1 } }] },
    ],
    [
      'api',
      { schema: { type: 'object', properties: { name: { type: 'string' } } } },
      { name: 'Grass' },
      { name: 'Grass' },
    ],
    ['webhook', {}, { body: { event: 'pushed' } }, { event: 'pushed' }],
  ])('an input from %s gives the same', async (source, data, input, expected) => {
    const document = { workflowId: 'in', nodes: [node('in', 'input', { source, ...data })] };
    expect((await givenInAll(document, input)).in).toMatchObject(expected);
  });

  it('rows go into a database, and come back from it', async () => {
    const document = {
      workflowId: 'database',
      nodes: [
        node('out', 'output', { destination: 'database', table: 'sounds', createTable: true, items: rows }),
        node('back', 'input', { source: 'database', table: 'sounds', orderBy: 'db', fields: ['name'] }),
      ],
      edges: edges('out back'),
    };
    const given = await givenInAll(document);
    expect(given.out).toMatchObject({ rows: 2, written: 2, table: 'sounds' });
    expect(given.back).toMatchObject({ items: [{ name: 'Shut' }, { name: 'Door, open' }] });
  });

  it.each([
    ['csv', 'out.csv', 'name,db\n"Door, open",-3\nShut,-6\n'],
    ['json', 'out.json', JSON.stringify(rows)],
    ['file', 'out.jsonl', '{"name":"Door, open","db":-3}\n{"name":"Shut","db":-6}\n'],
    ['parquet', 'out.parquet', undefined],
  ])('an output writes the same as %s', async (destination, path, text) => {
    const document = {
      workflowId: 'out',
      nodes: [node('out', 'output', { destination, path, items: rows })],
    };
    expect((await givenInAll(document)).out).toMatchObject({ rows: 2, written: 2 });
    for (const way of ways) {
      const file = join(way.dir, path);
      if (text === undefined) expect(existsSync(file)).toBe(true);
      else if (destination === 'json') expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(rows);
      else expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  it.each(['api', 'webhook'])('an output sends the same to an address as %s', async (destination) => {
    const before = service.asked.length;
    const data = { destination, url: `${service.url}/in`, items: rows };
    const given = await givenInAll({ workflowId: 'send', nodes: [node('out', 'output', data)] });
    expect(given.out).toMatchObject({ written: 2, status: 200, answer: { heard: rows } });
    expect(service.asked.slice(before)).toEqual(['POST /in', 'POST /in', 'POST /in']);
  });
});
