import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject, asString } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const parentPath = '\\Containers\\Default Work Unit';
const flow = {
  workflowId: 'make-sound',
  inputs: { name: { type: 'string' } },
  nodes: [{ id: 'a', type: 'createSound', data: { parentPath, name: '$input:name' } }],
  edges: [],
};
const secret = 'the secret of the service';

function hmac(text: string, key = secret): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** The headers of each form, as its service documents them. */
const forms = {
  github: (body: string, _atSeconds: number, key?: string) => ({
    'x-github-delivery': `any-${Math.random()}`,
    'x-hub-signature-256': `sha256=${hmac(body, key)}`,
  }),
  stripe: (body: string, atSeconds: number, key?: string) => ({
    'stripe-signature': `t=${atSeconds},v1=${'0'.repeat(64)},v1=${hmac(`${atSeconds}.${body}`, key)},v0=old`,
  }),
  slack: (body: string, atSeconds: number, key?: string) => ({
    'x-slack-request-timestamp': String(atSeconds),
    'x-slack-signature': `v0=${hmac(`v0:${atSeconds}:${body}`, key)}`,
  }),
};

describe('a webhook whose deliveries a service signs in its own way', () => {
  const dir = tempDir('hook-signatures');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
    await room.ask('POST /workflows', flow);
  });
  afterAll(() => room.close());

  const send = async (url: string, body: string, headers: object, type = 'application/json') => {
    const sent = await fetch(`${room.url}${url}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...headers },
    });
    const json = asJsonObject(await sent.json());
    return { status: sent.status, json, data: asJsonObject(json.data) };
  };
  const runs = async () => Number((await room.ask('GET /executions')).headers.get('x-total-count'));
  const made = async (wanted: object) => {
    const { status, data } = await room.ask('POST /hooks', { workflowId: 'make-sound', ...wanted });
    expect(status).toBe(201);
    return { ...data, url: asString(data.url) ?? '', secret: asString(data.secret) };
  };

  it.each(['github', 'stripe', 'slack'] as const)(
    'takes what %s signed, once however often it is sent, and nothing else',
    async (signature) => {
      const hook = await made({ signature, secret });
      expect(hook).toMatchObject({ signature, isSigned: true });
      expect(hook.secret).toBeUndefined();
      const headersOf = forms[signature];
      const nowSeconds = Math.floor(Date.now() / 1000);
      const ids = { id: `evt_${signature}`, event_id: `ev_${signature}` };
      const body = JSON.stringify({ ...ids, name: `By_${signature}` });
      const before = await runs();
      expect((await send(hook.url, body, {})).status).toBe(401);
      expect((await send(hook.url, body, headersOf(body, nowSeconds, 'another secret'))).status).toBe(401);
      expect((await send(hook.url, `${body} `, headersOf(body, nowSeconds))).status).toBe(401);
      if (signature !== 'github')
        expect((await send(hook.url, body, headersOf(body, nowSeconds - 400))).status).toBe(401);
      expect(await runs()).toBe(before);
      const first = await send(hook.url, body, headersOf(body, nowSeconds));
      expect(first).toMatchObject({ status: 202, data: { isRepeated: false } });
      // Another attempt of the service, or a copy by whoever read it on the way: no unsigned header makes it another.
      const again = await send(hook.url, body, {
        ...headersOf(body, nowSeconds + 1),
        'webhook-id': 'another',
        'idempotency-key': 'another',
      });
      expect(again).toMatchObject({ status: 202, data: { isRepeated: true } });
      expect(again.data.executionId).toBe(first.data.executionId);
      expect(await runs()).toBe(before + 1);
    },
  );

  it('answers Slack what it asks before it delivers, and reads the form it sends', async () => {
    const { url } = await made({ signature: 'slack', secret });
    const asked = JSON.stringify({ type: 'url_verification', challenge: 'c123' });
    const nowSeconds = Math.floor(Date.now() / 1000);
    expect(await send(url, asked, forms.slack(asked, nowSeconds))).toMatchObject({
      status: 200,
      json: { challenge: 'c123' },
    });
    const form = 'command=%2Fmake&name=From_form';
    const sent = await send(url, form, forms.slack(form, nowSeconds), 'application/x-www-form-urlencoded');
    expect(sent.status).toBe(202);
    await expect
      .poll(async () => (await room.ask(`GET /executions/${sent.data.executionId}`)).data.state)
      .toBe('done');
    const found = await room.ask('POST /wwise/query_waql', { query: '$ where name = "From_form"' });
    expect(found.text).toContain('From_form');
  });

  it('makes a secret where none is given, and refuses one that cannot sign', async () => {
    expect((await made({ signature: 'github' })).secret).toMatch(/^whsec_/);
    const refused = await room.ask('POST /hooks', {
      workflowId: 'make-sound',
      signature: 'standard',
      secret,
    });
    expect(refused).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
    const useless = await room.ask('POST /hooks', { workflowId: 'make-sound', secret });
    expect(useless.status).toBe(400);
  });
});

describe('a webhook that answers a run', () => {
  const dir = tempDir('hook-answers');

  it('finishes the node that waits, once, whoever the run belongs to', async () => {
    const room = await openHttpRoom(dir);
    const asking = {
      workflowId: 'asking',
      nodes: [
        {
          id: 'ask',
          type: 'askUser',
          data: { template: { fields: [{ name: 'volume', type: 'number', min: -96, max: 12 }] } },
        },
        { id: 'said', type: 'say', data: { text: 'It is $from:ask:$output:volume dB' } },
      ],
      edges: [],
    };
    const begun = await room.ask('POST /workflows/execute', { workflow: asking, waitMs: 200 });
    const executionId = asString(begun.data.executionId);
    await expect
      .poll(async () => (await room.ask(`GET /executions/${executionId}`)).data.state)
      .toBe('suspended');
    const { data: hook } = await room.ask('POST /hooks', { executionId, node: 'ask' });
    expect(hook).toMatchObject({ workflowId: 'asking', executionId, node: 'ask' });
    const deliver = (id: string) => room.ask(`POST ${hook.url}`, { volume: -6 }, { 'webhook-id': id });
    expect(await deliver('d1')).toMatchObject({ status: 202, data: { executionId, isRepeated: false } });
    await expect.poll(async () => (await room.ask(`GET /executions/${executionId}`)).data.state).toBe('done');
    expect(await deliver('d1')).toMatchObject({ status: 202, data: { executionId, isRepeated: true } });
    expect((await deliver('d2')).json.ok).toBe(false);
    expect((await room.ask(`GET /jobs/${executionId}`)).text).toContain('It is -6 dB');
    for (const wanted of [{}, { executionId, workflowId: 'asking' }])
      expect((await room.ask('POST /hooks', wanted)).status).toBe(400);
    expect((await room.ask('POST /hooks', { executionId: 'exec_none' })).status).toBe(404);
    await room.close();
  });
});
