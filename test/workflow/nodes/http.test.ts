import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { edges, node, refusal } from '../harness.ts';
import { firstOf, presetsOf, remoteWith, runNodes } from '../remote/run-remote.ts';

const ask = (data: Record<string, Json>, remote = remoteWith(), more: JsonObject = {}) =>
  firstOf(runNodes([{ ...node('ask', 'http', data), ...more }], remote));

const people = {
  title: 'People',
  description: 'Finds people.',
  baseUrl: 'http://placeholder',
  auth: { type: 'key', in: 'header', name: 'X-Key', secret: 'PEOPLE' },
  default: 'find',
  settings: { model: { description: 'Which one.', default: 'small' } },
  operations: {
    find: {
      description: 'Finds one.',
      method: 'POST',
      path: '/find',
      params: { email: { description: 'Whose.' }, first: { description: 'First name.' } },
      body: {
        email: '{{ input.params.email }}',
        first_name: '{{ input.params.first }}',
        model: '{{ input.settings.model }}',
      },
      answer: { item: 'input.body.person' },
      cost: { perCall: 0.02 },
      repeat: 'safe',
    },
    embed: {
      description: 'Embeds texts.',
      method: 'POST',
      path: '/embed',
      params: { text: { description: 'The texts.' } },
      body: { input: '{{ input.params.text }}' },
      answer: { items: 'input.body.data.map(d, d.vector)' },
      batchSize: 3,
      repeat: 'safe',
    },
  },
};

it('asks any address with a query, a body, headers and a form, and gives what came', async () => {
  const service = await standIn((app) =>
    app.all('/any', async (c) =>
      c.json({
        method: c.req.method,
        query: c.req.queries(),
        header: c.req.header('x-mine') ?? null,
        type: c.req.header('content-type') ?? null,
        body: await c.req.text(),
      }),
    ),
  );
  const url = `${service.url}/any`;
  expect(await ask({ url, mapping: { a: 1, tags: ['x', 'y'] }, headers: { 'X-Mine': 'yes' } })).toMatchObject(
    {
      status: 200,
      body: { method: 'GET', query: { a: ['1'], tags: ['x', 'y'] }, header: 'yes' },
    },
  );
  expect(await ask({ url, method: 'PUT', mapping: { a: 1 } })).toMatchObject({
    body: { method: 'PUT', type: 'application/json', body: '{"a":1}' },
  });
  expect(await ask({ url, form: { a: 'b c' } })).toMatchObject({
    body: { method: 'POST', type: 'application/x-www-form-urlencoded', body: 'a=b+c' },
  });
});

it('takes what is wanted out of the answer by paths', async () => {
  const service = await standIn((app) =>
    app.get('/p', (c) => c.json({ jobs: [{ at: { name: 'Studio' } }], mail: 'a@b.it' })),
  );
  const fieldMapping = { company: 'jobs[0].at.name', email: 'mail', none: 'jobs[7].at' };
  expect(await ask({ url: `${service.url}/p`, fieldMapping })).toEqual({
    status: 200,
    company: 'Studio',
    email: 'a@b.it',
  });
});

it('asks for each item of a list whose condition holds, counts the cost, and merges what came', async () => {
  const service = await standIn((app) =>
    app.post('/find', async (c) => {
      const { email } = await c.req.json();
      return c.json({
        person: { title: `of ${email}`, phones: [{ raw: '1' }], key: c.req.header('x-key') === 'topsecret' },
      });
    }),
  );
  const remote = remoteWith(
    { PEOPLE: 'topsecret' },
    { presets: presetsOf({ people: { ...people, baseUrl: service.url } }) },
  );
  const contacts = [{ email: 'a' }, { email: 'b', title: 'old' }, { email: '' }];
  const data = {
    preset: 'people',
    items: contacts,
    itemMapping: { email: 'item.email' },
    condition: { field: 'email', operator: 'notEmpty' },
    fieldMapping: { title: 'title', phone: 'phones[0].raw', key: 'key' },
  };
  expect(await ask(data, remote)).toMatchObject({
    items: [
      { email: 'a', title: 'of a', phone: '1', key: true },
      { email: 'b', title: 'of b' },
      { email: '' },
    ],
    asked: 2,
    calls: 2,
    cost: { apiCalls: 2, costPerCall: 0.02, totalCost: 0.04, currency: 'USD' },
  });
});

it('asks for batches, in which each item gets its own part of the answer', async () => {
  const sizes: number[] = [];
  const service = await standIn((app) =>
    app.post('/embed', async (c) => {
      const { input } = await c.req.json();
      sizes.push(input.length);
      return c.json({ data: input.map((text: string) => ({ vector: [text.length] })) });
    }),
  );
  const remote = remoteWith(
    { PEOPLE: 'topsecret' },
    { presets: presetsOf({ people: { ...people, baseUrl: service.url } }) },
  );
  const items = ['a', 'bb', 'ccc', 'dddd'].map((name) => ({ name, job: 'x' }));
  const data = {
    preset: 'people',
    operation: 'embed',
    items,
    fields: ['name', 'job'],
    outputField: 'embedding',
  };
  expect(await ask(data, remote)).toMatchObject({
    items: [{ embedding: [3] }, { embedding: [4] }, { embedding: [5] }, { name: 'dddd', embedding: [6] }],
    calls: 2,
  });
  expect(sizes.sort()).toEqual([1, 3]);
});

it('shows who asks by bearer, key, basic and OAuth, whose token is asked for once and anew when it is refused', async () => {
  let tokens = 0;
  const service = await standIn((app) => {
    app.get('/who', (c) =>
      c.json({ auth: c.req.header('authorization') ?? null, key: c.req.query('key') ?? null }),
    );
    app.post('/token', async (c) => {
      const form = await c.req.parseBody();
      tokens += 1;
      return c.json({ access_token: `token-${tokens}-${form.client_id}`, expires_in: 3600 });
    });
    app.get('/guarded', (c) =>
      c.req.header('authorization') === 'Bearer token-1-me' ? c.text('', 401) : c.json({ ok: true }),
    );
  });
  const remote = remoteWith({ S: 'sesame-open' });
  const url = `${service.url}/who`;
  const shown = async (auth: JsonObject) =>
    (await ask({ url, auth, fieldMapping: { auth: 'auth', key: 'key' } }, remote)) as JsonObject;
  // What comes back is shown without the secret.
  expect(await shown({ type: 'bearer', secret: 'S' })).toMatchObject({ auth: 'Bearer (secret S)' });
  expect(await shown({ type: 'key', in: 'query', name: 'key', secret: 'S' })).toMatchObject({
    key: '(secret S)',
  });
  expect(await shown({ type: 'basic', user: 'me', secret: 'S' })).toMatchObject({
    auth: expect.stringContaining('(secret S)'),
  });
  const oauth = { type: 'oauth', tokenUrl: `${service.url}/token`, clientId: 'me', secret: 'S' };
  expect(await ask({ url: `${service.url}/guarded`, auth: oauth }, remote)).toMatchObject({ status: 200 });
  expect(tokens).toBe(2);
  expect(await ask({ url: `${service.url}/guarded`, auth: oauth }, remote)).toMatchObject({ status: 200 });
  expect(tokens).toBe(2);
});

it('answers of the cache are taken as long as they hold, and cost nothing', async () => {
  const service = await standIn((app) => app.get('/c', (c) => c.json({ n: service.asked.length })));
  const remote = remoteWith();
  const data = { url: `${service.url}/c`, cacheMs: 60_000 };
  expect(await ask(data, remote)).toMatchObject({ body: { n: 1 } });
  expect(await ask(data, remote)).toMatchObject({ body: { n: 1 }, fromCache: true });
  expect(await ask({ url: `${service.url}/c` }, remote)).toMatchObject({ body: { n: 2 } });
});

it('saves a file where it may, and replaces no other one', async () => {
  const dir = tempDir('http-files');
  const service = await standIn((app) => {
    app.get('/a.wav', (c) => c.body(new Uint8Array([1, 2, 3]), 200, { 'content-type': 'audio/wav' }));
    app.get('/b.wav', (c) => c.body(new Uint8Array([4]), 200, { 'content-type': 'audio/wav' }));
  });
  const save = (data: Record<string, Json>) =>
    firstOf(runNodes([node('ask', 'http', data)], remoteWith(), [], { dir }));
  const saved = { file: join(dir, 'a.wav'), bytes: 3, contentType: 'audio/wav' };
  expect(await save({ url: `${service.url}/a.wav`, saveAs: 'a.wav' })).toMatchObject(saved);
  expect([...readFileSync(saved.file)]).toEqual([1, 2, 3]);
  expect(await save({ url: `${service.url}/a.wav`, saveAs: 'a.wav' })).toMatchObject(saved);
  expect(await save({ url: `${service.url}/b.wav`, saveAs: 'a.wav' })).toMatchObject({
    code: 'FILE_CONFLICT',
  });
  expect(await save({ url: `${service.url}/b.wav`, saveAs: 'a.wav', overwrite: true })).toMatchObject({
    bytes: 1,
  });
  const asked = service.asked.length;
  expect(await save({ url: `${service.url}/b.wav`, saveAs: '/etc/b.wav' })).toMatchObject({
    code: 'PATH_NOT_ALLOWED',
  });
  expect(service.asked).toHaveLength(asked);
  expect(await save({ url: `${service.url}/b.wav` })).toMatchObject({
    code: 'ANSWER_UNREADABLE',
    hint: expect.stringContaining('saveAs'),
  });
});

it.each([
  ['x\r\ny', 'z'],
  ['', 'z'],
  ['x y', 'z'],
  ['x', 'a\r\nb: c'],
  ['x', '\u0000'],
])('sends no header that would be more than one, or none: %j %j', async (name, value) => {
  const data = { url: 'http://127.0.0.1:9/', headers: { [name]: value } };
  expect(await firstOf(runNodes([node('ask', 'http', data)], remoteWith(), []))).toMatchObject({
    code: 'INVALID_INPUT',
    error: expect.stringContaining('cannot be sent'),
  });
});

it('a preview asks nobody, and leaves out what works with the answer, and nothing else', async () => {
  const service = await standIn((app) => app.get('/x', (c) => c.json({})));
  const nodes = [
    node('ask', 'http', { url: `${service.url}/x` }),
    node('reads', 'say', { text: '$from:ask:$output:body' }),
    node('after', 'say', { text: 'Still said' }),
  ];
  const result = await runNodes(nodes, remoteWith(), edges('ask after'), { isPreview: true });
  expect(result).toMatchObject({ ok: true, data: { messages: [{ text: 'Still said' }] } });
  expect(service.asked).toEqual([]);
});

it('needs an address or a preset, and knows its inputs', () => {
  expect(refusal({ nodes: [node('ask', 'http', { url: 'http://x', nonsense: 1 })] }).codes).toEqual([
    'WORKFLOW_INVALID',
  ]);
  expect(refusal({ nodes: [node('ask', 'http', {})] }).codes).toEqual(['MISSING_INPUT']);
});
