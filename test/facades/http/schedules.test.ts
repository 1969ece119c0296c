import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { checkSignature } from '../../../src/facades/http/hooks/check-signature.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const secret = 'whsec_c2lnbmVkIHdpdGggdGhpcyBrZXk=';
const greeting = {
  workflowId: 'greet',
  inputs: { name: { type: 'string', default: 'Ada' } },
  nodes: [{ id: 'say', type: 'say', data: { text: 'Hello {{ workflow.input.name }}' } }],
};

describe('over REST', () => {
  const dir = tempDir('rest-schedules');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir, [], undefined, { WWISEFLOW_SECRET_CALLBACK: secret });
    expect(await room.ask('POST /workflows', greeting)).toMatchObject({ status: 201 });
  });
  afterAll(() => room.close());

  it('a schedule is made, listed with when it is due next, and removed with its history', async () => {
    const wanted = { workflowId: 'greet', cron: '0 9 * * *', timeZone: 'Europe/Rome', name: 'daily' };
    const made = await room.ask('POST /schedules', { ...wanted, input: { name: 'Bo' } });
    expect(made).toMatchObject({ status: 201, data: { ...wanted, input: { name: 'Bo' } } });
    const next = new Date(Number(made.data.nextAtMs));
    const hour = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Rome', hour: 'numeric', hour12: false });
    expect(hour.format(next)).toBe('09');
    const listed = await room.ask('GET /schedules?workflowId=greet');
    expect(listed.data).toMatchObject({ schedules: [{ id: made.data.id, name: 'daily' }] });
    expect(listed.headers.get('x-total-count')).toBe('1');
    const id = String(made.data.id);
    expect((await room.ask(`GET /schedules/${id}/history`)).data).toEqual({ history: [] });
    expect((await room.ask(`DELETE /schedules/${id}`)).data).toEqual({ removed: id });
    expect(await room.ask(`DELETE /schedules/${id}`)).toMatchObject({ status: 404 });
    expect(await room.ask(`GET /schedules/${id}/history`)).toMatchObject({ status: 404 });
  });

  it.each([
    [{ workflowId: 'greet', cron: '61 9 * * *' }, 400],
    [{ workflowId: 'greet', cron: '0 9 * * *', timeZone: 'Rome' }, 400],
    [{ workflowId: 'nobody', cron: '0 9 * * *' }, 404],
    [{ workflowId: 'greet' }, 400],
  ])('no schedule is made of %j', async (body, status) => {
    expect(await room.ask('POST /schedules', body)).toMatchObject({ status });
    expect((await room.ask('GET /schedules')).data).toEqual({ schedules: [] });
  });

  it('a callback is made, notified of a run that ends, signed, and says what came of it', async () => {
    const got: unknown[] = [];
    const service = await standIn((app) => {
      app.post('/heard', async ({ req, text }) => {
        const body = await req.text();
        checkSignature(req.raw.headers, Buffer.from(body), { signature: 'standard', secret }, Date.now());
        got.push(JSON.parse(body));
        return text('');
      });
    });
    const wanted = { url: `${service.url}/heard`, secretName: 'CALLBACK', events: ['run.ended'] };
    const made = await room.ask('POST /callbacks', wanted);
    expect(made).toMatchObject({ status: 201, data: { url: wanted.url, events: ['run.ended'] } });
    expect(JSON.stringify(made)).not.toContain(secret);
    const ran = await room.ask('POST /workflows/greet/execute', {});
    expect(ran.status).toBe(200);
    await expect.poll(() => got.length).toBe(1);
    const { executionId } = asJsonObject(ran.data);
    expect(got[0]).toMatchObject({ type: 'run.ended', data: { executionId, state: 'done' } });
    const id = String(made.data.id);
    const deliveries = async () =>
      asJsonArray((await room.ask(`GET /callbacks/${id}/deliveries`)).data.deliveries).map(asJsonObject);
    await expect.poll(deliveries).toMatchObject([{ executionId, state: 'done', attempts: 1 }]);
    expect((await room.ask('GET /callbacks')).data).toMatchObject({ callbacks: [{ id }] });
    expect(await room.ask(`DELETE /callbacks/${id}`)).toMatchObject({ status: 200 });
    expect(await room.ask(`DELETE /callbacks/${id}`)).toMatchObject({ status: 404 });
    expect((await room.ask('GET /callbacks')).data).toEqual({ callbacks: [] });
  });

  it.each([
    [{ url: 'ftp://h/', secretName: 'CALLBACK' }, 400],
    [{ url: 'https://h/', secretName: 'CALLBACK', events: ['run.begun'] }, 400],
    [{ url: 'https://h/' }, 400],
  ])('no callback is made of %j', async (body, status) => {
    expect(await room.ask('POST /callbacks', body)).toMatchObject({ status });
  });
});
