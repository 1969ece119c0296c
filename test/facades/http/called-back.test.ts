import { expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { openHttpRoom } from '../../harness/http-room.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';

/** A workflow whose job is over when the service calls back. */
const flow = (url: string, server: string, forMs: number): JsonObject => ({
  workflowId: 'called-back',
  nodes: [
    {
      id: 'make',
      type: 'submitAndPoll',
      data: {
        ...{ url: `${url}/jobs`, method: 'POST', mapping: { text: 'rain' }, forMs },
        webhook: { server, param: 'callback' },
        poll: {
          handle: 'input.body.id',
          address: '"/jobs/" + input.handle',
          isDone: 'input.body.state == "done"',
          result: 'input.body.file',
        },
      },
    },
    { id: 'said', type: 'say', data: { text: 'Made $from:make:$output:result' } },
  ],
});

it('a job is over when the service calls back, and nobody asks for it meanwhile', async () => {
  const room = await openHttpRoom(tempDir('called-back'));
  const heard: string[] = [];
  const service = await standIn((app) => {
    app.post('/jobs', async (c) => {
      const { callback, text } = await c.req.json();
      expect(text).toBe('rain');
      heard.push(String(callback));
      return c.json({ id: 'j1' });
    });
  });
  try {
    const workflow = flow(service.url, room.url, 3_600_000);
    const begun = await room.ask('POST /workflows/execute', { workflow });
    const executionId = String(begun.data.executionId);
    const status = async (wanted: string): Promise<JsonObject> => {
      const { data } = await room.ask(`GET /executions/${executionId}/status`);
      return data.state === wanted ? data : status(wanted);
    };
    await status('suspended');
    const address = new URL(heard[0] ?? '');
    expect(address.origin).toBe(room.url);
    expect(await room.ask(`POST ${address.pathname}`, { state: 'running' })).toMatchObject({ status: 202 });
    await status('suspended');
    expect(await room.ask(`POST ${address.pathname}`, { state: 'done', file: 'rain.wav' })).toMatchObject({
      status: 202,
    });
    const { result } = await status('done');
    expect(JSON.stringify(asJsonObject(result))).toContain('Made rain.wav');
    expect(service.asked).toEqual(['POST /jobs']);
    expect(JSON.stringify(await room.ask(`GET /executions/${executionId}/status`))).not.toContain(
      address.pathname,
    );
  } finally {
    await room.close();
  }
});

it('asks once at the end where the call back was lost', async () => {
  const room = await openHttpRoom(tempDir('not-called-back'));
  const service = await standIn((app) => {
    app.post('/jobs', (c) => c.json({ id: 'j2' }));
    app.get('/jobs/j2', (c) => c.json({ state: 'done', file: 'wind.wav' }));
  });
  try {
    const begun = await room.ask('POST /workflows/execute', { workflow: flow(service.url, room.url, 100) });
    const executionId = String(begun.data.executionId);
    const whenDone = async (): Promise<JsonObject> => {
      const { data } = await room.ask(`GET /executions/${executionId}/status`);
      return data.state === 'done' ? data : whenDone();
    };
    expect(JSON.stringify(await whenDone())).toContain('Made wind.wav');
    expect(service.asked).toEqual(['POST /jobs', 'GET /jobs/j2']);
  } finally {
    await room.close();
  }
});
