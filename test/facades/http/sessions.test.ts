import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asString } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

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

describe('the session of a client', () => {
  const dir = tempDir('sessions');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  const begun = async () => {
    const { status, headers } = await room.ask('POST /workflows/execute', { workflow: asking, waitMs: 200 });
    expect(status).toBe(202);
    const id = headers.get('x-session-id') ?? '';
    expect(headers.get('location')).toBe(`/executions/${id}`);
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    return { id, cookie: cookie.split(';')[0] ?? '' };
  };

  it.each(['header', 'cookie'] as const)(
    'is the run that its %s names, also for a server started anew',
    async (by) => {
      const { id, cookie } = await begun();
      const named = by === 'header' ? { 'x-session-id': id } : { cookie: `theme=dark; ${cookie}` };
      await expect
        .poll(async () => (await room.ask('GET /session', undefined, named)).data.state)
        .toBe('suspended');
      await room.close();
      room = await openHttpRoom(dir);
      expect((await room.ask('GET /session', undefined, named)).data).toMatchObject({ executionId: id });
      const answered = await room.ask('POST /session/answer', { answer: { volume: -6 } }, named);
      expect([200, 202]).toContain(answered.status);
      await expect
        .poll(async () => (await room.ask('GET /api/session', undefined, named)).data.state)
        .toBe('done');
      const events = await room.ask('GET /session/events', undefined, named);
      expect(events.text).toContain('event: workflow.execution.complete');
    },
  );

  it('has to be named, and be there', async () => {
    expect(await room.ask('GET /session')).toMatchObject({ status: 400, json: { code: 'INVALID_INPUT' } });
    const unknown = await room.ask('GET /session', undefined, { 'x-session-id': 'exec_none' });
    expect(unknown).toMatchObject({ status: 404, json: { code: 'RUN_NOT_FOUND' } });
    const odd = await room.ask('GET /session', undefined, { cookie: 'wwiseflow_session=%E0%A4' });
    expect(odd.status).toBe(404);
  });
});

describe('a page of a list', () => {
  const dir = tempDir('list-pages');

  it('says how many rows there are, and where the next page is', async () => {
    const room = await openHttpRoom(dir);
    const names: string[] = [];
    let address: string | undefined = '/catalog?take=30&sortBy=name';
    let total = Number.NaN;
    while (address !== undefined) {
      const { headers, data } = await room.ask(`GET ${address}`);
      total = Number(headers.get('x-total-count'));
      expect(data.total).toBe(total);
      for (const row of Array.isArray(data.commands) ? data.commands : [])
        names.push(asString(Object(row).name) ?? '');
      address = /^<(\/[^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(names).toHaveLength(total);
    expect(new Set(names).size).toBe(total);
    for (let count = 0; count < 3; count += 1)
      await room.ask('POST /workflows/execute', { nodes: [{ id: 'a', type: 'say', data: { text: 'x' } }] });
    const first = await room.ask('GET /api/executions?take=2');
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(next).toMatch(/^\/api\/executions\?take=2&cursor=/);
    const second = await room.ask(`GET ${next}`);
    expect(second.data.runs).toHaveLength(1);
    expect(second.headers.get('link')).toBeNull();
    const reading = await room.ask('GET /catalog?effect=read&take=100');
    expect(
      new Set(
        (Array.isArray(reading.data.commands) ? reading.data.commands : []).map((row) => Object(row).effect),
      ),
    ).toEqual(new Set(['read']));
    await room.close();
  });
});
