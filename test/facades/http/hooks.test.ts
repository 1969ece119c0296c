import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asString } from '../../../src/core/json.ts';
import { runHook } from '../../../src/facades/cli/hook.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { openSqliteHooks } from '../../../src/stores/sqlite/sqlite-hooks.ts';
import { appIn } from '../../harness/app-in.ts';
import { type Answered, type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const parentPath = '\\Containers\\Default Work Unit';
const flow = {
  workflowId: 'make-sound',
  name: 'Make a sound',
  inputs: { name: { type: 'string' }, body: { type: 'object', default: {} } },
  nodes: [
    { id: 'a', type: 'createSound', data: { parentPath, name: '$input:name' } },
    { id: 'b', type: 'queryWaql', data: { query: '$ where name = "None"', limit: '$input:body.limit' } },
  ],
  edges: [],
};

describe('a webhook', () => {
  const dir = tempDir('hooks');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
    await room.ask('POST /workflows', flow);
  });
  afterAll(() => room.close());

  const made = async (wanted: object = {}) => {
    const { status, data } = await room.ask('POST /hooks', { workflowId: 'make-sound', ...wanted });
    expect(status).toBe(201);
    return {
      id: asString(data.id) ?? '',
      url: asString(data.url) ?? '',
      secret: asString(data.secret) ?? '',
    };
  };
  /** The state a run comes to. */
  const ended = async ({ data }: Answered) => {
    const id = asString(data.executionId);
    await expect.poll(async () => (await room.ask(`GET /executions/${id}`)).data.state).not.toBe('running');
    return (await room.ask(`GET /executions/${id}`)).data.state;
  };
  const sounds = async (name: string) =>
    asJsonArray(
      (await room.ask('POST /wwise/query_waql', { query: `$ from type Sound where name = "${name}"` })).data
        .objects,
    ).length;
  const runs = async () => Number((await room.ask('GET /executions')).headers.get('x-total-count'));
  const signed = (secret: string, id: string, body: string, at = new Date()) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  });

  it('starts its workflow with what was delivered: members by their names, and all of it as body', async () => {
    const { url } = await made();
    const answered = await room.ask(`POST ${url}`, { name: 'Delivered', limit: 3, unasked: true });
    expect(answered).toMatchObject({ status: 202, data: { workflowId: 'make-sound', isRepeated: false } });
    expect(answered.headers.get('location')).toBe(`/executions/${asString(answered.data.executionId)}`);
    expect(await ended(answered)).toBe('done');
    expect(await sounds('Delivered')).toBe(1);
    expect((await room.ask('GET /executions?caller=hook')).data.runs).toMatchObject([
      { executionId: answered.data.executionId },
    ]);
  });

  it('gives a workflow the text of what is no JSON', async () => {
    const workflow = {
      workflowId: 'by-text',
      inputs: { body: { type: 'string' } },
      nodes: [{ id: 'a', type: 'createSound', data: { parentPath, name: '$input:body' } }],
      edges: [],
    };
    await room.ask('POST /workflows', workflow);
    const { url } = await made({ workflowId: 'by-text' });
    const sent = await fetch(`${room.url}${url}`, {
      method: 'POST',
      body: 'Plain text',
      headers: { 'content-type': 'text/plain' },
    });
    expect(sent.status).toBe(202);
    await expect.poll(() => sounds('Plain text')).toBe(1);
  });

  it('begins nothing where an input has no value, and takes the same delivery once it has', async () => {
    const { url } = await made();
    const before = await runs();
    const headers = { 'idempotency-key': 'completed later' };
    expect(await room.ask(`POST ${url}`, {}, headers)).toMatchObject({
      status: 422,
      json: { code: 'MISSING_INPUT' },
    });
    expect(await room.ask(`POST ${url}`, { name: 7 }, headers)).toMatchObject({ status: 400 });
    expect(await runs()).toBe(before);
    const answered = await room.ask(`POST ${url}`, { name: 'Completed', limit: 1 }, headers);
    expect(answered).toMatchObject({ status: 202, data: { isRepeated: false } });
    expect(await ended(answered)).toBe('done');
  });

  it('answers what was delivered before with the run of then, at once or later', async () => {
    const { url } = await made();
    const before = await runs();
    const deliver = () => room.ask(`POST ${url}`, { name: 'Once', limit: 1 }, { 'webhook-id': 'msg_1' });
    const together = await Promise.all(Array.from({ length: 8 }, deliver));
    const later = await deliver();
    const ids = new Set([...together, later].map(({ data }) => data.executionId));
    expect(ids.size).toBe(1);
    expect(together.filter(({ data }) => data.isRepeated === false)).toHaveLength(1);
    expect(later).toMatchObject({ status: 202, data: { isRepeated: true } });
    expect(await runs()).toBe(before + 1);
    // What cannot be remembered could be repeated.
    const long = await room.ask(`POST ${url}`, { name: 'Long' }, { 'webhook-id': 'x'.repeat(257) });
    expect(long.status).toBe(400);
    // Another webhook has deliveries of its own.
    const other = await made();
    const elsewhere = await room.ask(
      `POST ${other.url}`,
      { name: 'Else', limit: 1 },
      { 'webhook-id': 'msg_1' },
    );
    expect(elsewhere).toMatchObject({ status: 202, data: { isRepeated: false } });
  });

  it('that is signed takes what its secret signed, and nothing else', async () => {
    const { url, secret } = await made({ signed: true });
    const body = JSON.stringify({ name: 'Signed', limit: 1 });
    const send = async (headers: Record<string, string>, content = body) => {
      const sent = await fetch(`${room.url}${url}`, {
        method: 'POST',
        body: content,
        headers: { 'content-type': 'application/json', ...headers },
      });
      return sent.status;
    };
    const now = new Date();
    const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
    const right = signed(secret, 'm1', body, now);
    const before = await runs();
    expect(await send({})).toBe(401);
    expect(await send({ ...right, 'webhook-id': 'm2' })).toBe(401);
    expect(await send(right, body.replace('Signed', 'Forged'))).toBe(401);
    expect(await send(signed('whsec_AAAA', 'm1', body))).toBe(401);
    expect(await send({ ...right, 'webhook-signature': 'v1,' })).toBe(401);
    expect(await send(signed(secret, 'm1', body, minutes(-6)))).toBe(401);
    expect(await send(signed(secret, 'm1', body, minutes(6)))).toBe(401);
    expect(await send({ ...right, 'webhook-timestamp': '1e9' })).toBe(401);
    expect(await runs()).toBe(before);
    expect(await send({ ...right, 'webhook-signature': `v1,AAAA ${right['webhook-signature']}` })).toBe(202);
    expect(await send(right)).toBe(202);
    expect(await runs()).toBe(before + 1);
  });

  it('is held to a size, and starts nothing once it is removed or where there is no such workflow', async () => {
    const { id, url } = await made();
    const large = await room.ask(`POST ${url}`, { name: 'x'.repeat(1024 * 1024) });
    expect(large).toMatchObject({ status: 413 });
    expect((await room.ask('GET /hooks?take=100&sortBy=createdAtMs&sortOrder=desc')).text).not.toContain(
      'wwh_',
    );
    expect(await room.ask(`DELETE /hooks/${id}`)).toMatchObject({ status: 200, data: { removed: id } });
    expect(await room.ask(`POST ${url}`, { name: 'Gone' })).toMatchObject({ status: 404 });
    expect(await room.ask(`DELETE /hooks/${id}`)).toMatchObject({ status: 404 });
    expect(await room.ask('POST /hooks', { workflowId: 'none' })).toMatchObject({
      status: 404,
      json: { code: 'WORKFLOW_NOT_FOUND' },
    });
    expect(await room.ask('POST /hooks', { workflowId: 'make-sound', colour: 'red' })).toMatchObject({
      status: 400,
    });
  });

  it('is known by what opens nothing: neither token nor secret lies in the state directory', async () => {
    const { url, secret } = await made({ signed: true });
    const token = url.slice('/hooks/'.length);
    const state = join(dir, 'state');
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath: folder, name } of files) {
      const content = readFileSync(join(folder, name));
      for (const shown of [token, secret, secret.slice('whsec_'.length)])
        expect([name, content.includes(shown)]).toEqual([name, false]);
    }
  });

  it('is also made, listed and removed on the command line', async () => {
    const hook = async (action: 'add' | 'list' | 'remove', what?: string) => {
      let out = '';
      const print = printTo((text) => {
        out += text;
      });
      const usual = {
        name: 'from CI',
        workspace: 'default',
        days: 1,
        secretEnv: undefined,
        preset: undefined,
        json: true,
      };
      const app = appIn(dir, ['hook', 'list', '--state', join(dir, 'state')]);
      const parts = {
        hooks: openSqliteHooks(join(dir, 'state')),
        openService: (workspace: string) => app.openWorkspace(workspace).openService(),
        env: {},
      };
      try {
        await runHook({ ...usual, signature: 'standard', action, what }, parts, print);
      } finally {
        await app.close();
      }
      return JSON.parse(out);
    };
    await expect(hook('add', 'make-sonud')).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
    const added = await hook('add', 'make-sound');
    expect(added).toMatchObject({ workflowId: 'make-sound', isSigned: true, name: 'from CI' });
    const body = JSON.stringify({ name: 'FromCli', limit: 1 });
    const sent = await fetch(`${room.url}${added.url}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...signed(added.secret, 'c1', body) },
    });
    expect(sent.status).toBe(202);
    const { token: _token, url: _url, secret: _secret, ...record } = added;
    expect(await hook('list')).toContainEqual(record);
    expect(await hook('remove', added.id)).toEqual({ removed: added.id });
    await expect(hook('remove', added.id)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('webhooks of a server that wants tokens', () => {
  const dir = tempDir('hooks-auth');

  it('need none of them, and say no more to who guesses than that there is nothing', async () => {
    const room = await openHttpRoom(dir, ['--auth']);
    const answers = [];
    for (let index = 0; index < 25; index += 1)
      answers.push((await room.ask('POST /hooks/wwh_guess', {})).status);
    expect(new Set(answers)).toEqual(new Set([404, 429]));
    expect((await room.ask('GET /hooks')).status).toBeGreaterThanOrEqual(401);
    await room.close();
  });
});
