import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asString } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const unit = '\\Containers\\Default Work Unit';
const flow = (names: readonly string[], more: readonly object[] = []) => ({
  nodes: [
    ...names.map((name) => ({ id: name, type: 'createSound', data: { parentPath: unit, name } })),
    ...more,
  ],
  edges: [],
});

/** The events of a stream until it ends, or until so many came. */
async function eventsOf(url: string, lastEventId?: string, most = 1_000) {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const leave = new AbortController();
  const response = await fetch(url, { headers, signal: leave.signal });
  const events: { id: string; event: string }[] = [];
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id = ''] = /^id: (.+)$/m.exec(block) ?? [];
        const [, event = ''] = /^event: (.+)$/m.exec(block) ?? [];
        if (event !== '') events.push({ id, event });
      }
      if (events.length >= most) break;
    }
  } finally {
    leave.abort();
  }
  return { status: response.status, events };
}

describe('the events of a run over HTTP', () => {
  const dir = tempDir('events');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  it('come from its beginning to its end, then the stream ends', async () => {
    const run = await room.ask('POST /workflows/execute', flow(['One', 'Two']));
    const url = `${room.url}/executions/${asString(run.data.executionId)}/events`;
    const { events } = await eventsOf(url);
    const kinds = events.map(({ event }) => event);
    expect(kinds[0]).toBe('workflow.execution.start');
    expect(kinds.at(-1)).toBe('workflow.execution.complete');
    expect(kinds.filter((kind) => kind === 'node.execution.complete')).toHaveLength(2);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('go on behind the last one that a client has', async () => {
    const run = await room.ask('POST /workflows/execute', flow(['Three', 'Four']));
    const url = `${room.url}/executions/${asString(run.data.executionId)}/events`;
    const all = (await eventsOf(url)).events;
    const rest = (await eventsOf(url, all[1]?.id)).events;
    expect(rest).toEqual(all.slice(2));
    expect((await eventsOf(url, all.at(-1)?.id)).status).toBe(204);
    expect((await eventsOf(url, 'ffffffff-3')).events).toEqual(all);
  });

  it('come while the run goes on, to every client, also when it goes on after a cancel', async () => {
    const run = await room.ask('POST /workflows/execute', {
      workflow: { ...flow(['Five'], [{ id: 'w', type: 'wait', data: { forMs: 600_000 } }]) },
      waitMs: 0,
    });
    const executionId = asString(run.data.executionId) ?? '';
    const url = `${room.url}/executions/${executionId}/events`;
    const streams = Array.from({ length: 5 }, () => eventsOf(url));
    await expect
      .poll(async () => (await room.ask(`GET /executions/${executionId}`)).data.state)
      .toBe('suspended');
    await room.ask(`POST /executions/${executionId}/cancel`);
    const heard = await Promise.all(streams);
    for (const { events } of heard) {
      expect(events).toEqual(heard[0]?.events);
      expect(events.at(-1)?.event).toBe('workflow.execution.complete');
    }
  });

  it('take a place only while their client is there', async () => {
    const run = await room.ask('POST /workflows/execute', {
      workflow: { nodes: [{ id: 'w', type: 'wait', data: { forMs: 600_000 } }], edges: [] },
      waitMs: 0,
    });
    const executionId = asString(run.data.executionId) ?? '';
    const url = `${room.url}/executions/${executionId}/events`;
    for (let index = 0; index < 50; index += 1)
      expect((await eventsOf(url, undefined, 1)).events.length).toBeGreaterThan(0);
    await room.ask(`POST /executions/${executionId}/cancel`);
  });
});
