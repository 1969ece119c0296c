import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { startStandIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const key = Buffer.from('the key of the service');
const secret = `whsec_${key.toString('base64')}`;

/** The headers of Standard Webhooks. */
function signed(body: string, id: string, by: Buffer = key): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', by).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}` };
}

describe('a preset that says how its service signs', () => {
  const dir = tempDir('preset-webhooks');
  const heard: string[] = [];
  let room: HttpRoom;
  let service: Awaited<ReturnType<typeof startStandIn>>;
  beforeAll(async () => {
    service = await startStandIn((app) => {
      app.post('/jobs', async (c) => {
        heard.push(String((await c.req.json()).callback));
        return c.json({ id: 'j1' });
      });
    });
    const presets = join(dir, 'presets');
    mkdirSync(presets, { recursive: true });
    const preset = {
      ...{ title: 'Makes sounds', description: 'Makes them.', baseUrl: service.url, default: 'make' },
      webhook: { signature: 'standard', secret: 'SOUNDS_SIGNING' },
      operations: {
        make: {
          ...{ description: 'One.', method: 'POST', path: '/jobs' },
          params: { callback: { description: 'Where to call back.' } },
          body: { callback: '{{ input.params.callback }}' },
          poll: {
            ...{ handle: 'input.body.id', address: '"/jobs/" + input.handle' },
            ...{ isDone: 'input.body.state == "done"', result: 'input.body.file' },
          },
        },
      },
    };
    writeFileSync(join(presets, 'sounds.json'), JSON.stringify(preset));
    const unsigned = { title: 'Unsigned', description: 'Signs nothing.', baseUrl: service.url };
    writeFileSync(join(presets, 'unsigned.json'), JSON.stringify(unsigned));
    const env = { WWISEFLOW_SECRET_SOUNDS_SIGNING: secret };
    room = await openHttpRoom(dir, ['--presets', presets], undefined, env);
  });
  afterAll(async () => {
    await room.close();
    await service.close();
  });

  const send = async (path: string, body: string, headers: Record<string, string>) => {
    const type = { 'content-type': 'application/json' };
    return (await fetch(`${room.url}${path}`, { method: 'POST', body, headers: { ...type, ...headers } }))
      .status;
  };

  it('is called back by that service alone', async () => {
    const data = {
      ...{ preset: 'sounds', forMs: 3_600_000 },
      webhook: { server: room.url, param: 'callback' },
    };
    const workflow = {
      nodes: [
        { id: 'make', type: 'submitAndPoll', data },
        { id: 'said', type: 'say', data: { text: 'Made $from:make:$output:result' } },
      ],
    };
    const begun = await room.ask('POST /workflows/execute', { workflow });
    const status = async () =>
      (await room.ask(`GET /executions/${String(begun.data.executionId)}/status`)).data;
    await expect.poll(async () => (await status()).state).toBe('suspended');
    const { pathname } = new URL(heard[0] ?? '');
    const body = JSON.stringify({ state: 'done', file: 'rain.wav' });
    expect(await send(pathname, body, {})).toBe(401);
    expect(await send(pathname, body, signed(body, 'm1', Buffer.from('of somebody else')))).toBe(401);
    expect((await status()).state).toBe('suspended');
    expect(await send(pathname, body, signed(body, 'm1'))).toBe(202);
    await expect.poll(async () => (await status()).state).toBe('done');
    expect(JSON.stringify(await status())).toContain('Made rain.wav');
  });

  it('has the webhooks that name it take what it signed', async () => {
    const workflowId = 'says-once';
    const flow = { workflowId, nodes: [{ id: 's', type: 'say', data: { text: 'It came.' } }], edges: [] };
    await room.ask('POST /workflows', flow);
    const made = await room.ask('POST /hooks', { workflowId, preset: 'sounds' });
    expect(made).toMatchObject({ status: 201, data: { signature: 'standard', isSigned: true } });
    expect(made.text).not.toContain('whsec_');
    const path = String(made.data.url);
    expect(await send(path, '{}', {})).toBe(401);
    expect(await send(path, '{}', signed('{}', 'm2'))).toBe(202);
  });

  it('is refused where it is unknown, signs nothing, has no secret, or the form is said besides', async () => {
    const workflowId = 'says-once';
    for (const [wanted, status, code] of [
      [{ preset: 'sonuds' }, 422, 'PRESET_NOT_FOUND'],
      [{ preset: 'unsigned' }, 400, 'INVALID_INPUT'],
      [{ preset: 'openai' }, 422, 'UNRESOLVED_REFERENCE'],
      [{ preset: 'sounds', signature: 'github' }, 400, 'INVALID_INPUT'],
    ] as const)
      expect([wanted, await room.ask('POST /hooks', { workflowId, ...wanted })]).toMatchObject([
        wanted,
        { status, json: { code } },
      ]);
  });
});
