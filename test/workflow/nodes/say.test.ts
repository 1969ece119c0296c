import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import type { RunEvent } from '../../../src/workflow/runtime/events/events.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { node } from '../harness.ts';
import { openShelfRuns, type ShelfRuns } from '../shelf-runs.ts';

let room: ShelfRuns;

beforeEach(() => {
  room = openShelfRuns();
});
afterEach(() => room.stores.close());

it('what a node says is an event at once, and is not said again by a resume', async () => {
  const events: RunEvent[] = [];
  const plan = room.compiled({
    workflowId: 'w',
    nodes: [
      node('s', 'say', { text: 'Hello' }),
      node('bad', 'audioImport', { filePath: 'C:/no.wav', objectId: '{X}' }),
    ],
    edges: [{ source: 's', target: 'bad' }],
  });
  const { executionId, done } = room.runs.start(plan, { onEvent: (event) => events.push(event) });
  expect(await done).toMatchObject({ ok: false, details: { messages: [{ node: 's', text: 'Hello' }] } });
  const again = await room.runs.resume(executionId, { onEvent: (event) => events.push(event) });
  expect(await again.done).toMatchObject({
    ok: false,
    details: { messages: [{ node: 's', text: 'Hello' }] },
  });
  expect(events.filter(({ event }) => event === 'node.message')).toHaveLength(1);
});

it('a node says its text with the values of references, and gives it', async () => {
  const plan = room.compiled({
    inputs: { who: { type: 'string', default: 'you' } },
    nodes: [
      node('a', 'createSound', { name: 'A' }),
      node('s', 'say', { text: 'Made $from:a:$output:name for $input:who' }),
      node('t', 'say', { text: '$from:s:$output:text, really' }),
    ],
  });
  expect(await room.runs.start(plan, { input: { who: 'her' } }).done).toMatchObject({
    ok: true,
    data: {
      results: [{ node: 'a' }, { node: 's', data: { text: 'Made A for her' }, said: ['Made A for her'] }, {}],
      messages: [
        { node: 's', text: 'Made A for her' },
        { node: 't', text: 'Made A for her, really' },
      ],
    },
  });
});

it('a preview lists what would be said', async () => {
  const runner = createRunner({ bus: room.bus, clock: room.clock, log: silentLog, isPreview: true });
  const result = await runner.run(room.compiled({ nodes: [node('s', 'say', { text: 'Hello' })] }));
  expect(result).toMatchObject({ ok: true, data: { messages: [{ node: 's', text: 'Hello' }] } });
});

it('a text that is none, or too long once its references are replaced, fails the node', async () => {
  expect(() => room.compiled({ nodes: [node('s', 'say', { text: '' })] })).toThrow(/text/);
  const long = 'x'.repeat(3_000);
  const plan = room.compiled({
    nodes: [
      node('s', 'say', { text: long }),
      node('t', 'say', { text: '$from:s:$output:text$from:s:$output:text' }),
    ],
  });
  expect(await room.runs.start(plan).done).toMatchObject({ ok: false, details: { stopAt: 't' } });
});
