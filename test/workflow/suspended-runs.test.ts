import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../src/bus/bus.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import type { Clock } from '../../src/workflow/runtime/clock.ts';
import type { RunEvent } from '../../src/workflow/runtime/events.ts';
import { createRunner } from '../../src/workflow/runtime/run.ts';
import { createRuns, type Runs } from '../../src/workflow/runtime/runs.ts';
import { emptyShelf, node, type Shelf, shelfBus } from './harness.ts';

/** A clock that stands still until it is set. */
function handClock(): Clock & { set(ms: number): void } {
  let nowMs = 1_000_000;
  const calls = new Set<{ readonly atMs: number; readonly work: () => void }>();
  return {
    now: () => nowMs,
    at: (atMs, work) => {
      const call = { atMs, work };
      calls.add(call);
      return () => calls.delete(call);
    },
    set: (ms) => {
      nowMs = ms;
      for (const call of [...calls]) {
        if (call.atMs > ms) continue;
        calls.delete(call);
        call.work();
      }
    },
  };
}

const hour = 3_600_000;
let clock: ReturnType<typeof handClock>;
let shelf: Shelf;
let bus: Bus;
let stores: Stores;
let runs: Runs;

const openRuns = () => createRuns({ bus, log: silentLog, store: stores.runs, clock });
beforeEach(() => {
  clock = handClock();
  shelf = emptyShelf();
  bus = shelfBus(shelf);
  stores = openSqliteStores(null);
  runs = openRuns();
});
afterEach(() => stores.close());

const edge = (source: string, target: string) => ({ source, target });
const compiled = (document: unknown) => compileWorkflow(document, bus);
const waiting = (data: Parameters<typeof node>[2]) =>
  compiled({
    workflowId: 'w',
    nodes: [
      node('a', 'createSound', { name: 'A' }),
      node('w', 'wait', data),
      node('b', 'createSound', { name: 'B' }),
      node('s', 'say', { text: 'Made $from:b:$output:name after $from:w:$output:waitedMs ms' }),
    ],
    edges: [edge('a', 'w'), edge('w', 'b')],
  });
const start = async (plan: ReturnType<typeof compiled>) => {
  const { executionId, done } = runs.start(plan);
  return { executionId, result: await done };
};

describe('a run with a long wait', () => {
  it('is suspended, says until when, and does nothing meanwhile', async () => {
    const { executionId, result } = await start(waiting({ forMs: hour }));
    const untilMs = 1_000_000 + hour;
    expect(result).toMatchObject({
      ok: true,
      data: { state: 'suspended', untilMs, suspended: [{ node: 'w', for: 'time', untilMs }] },
      notices: [expect.stringContaining('suspended until')],
    });
    expect(shelf.done).toEqual(['create A']);
    expect(await runs.status(executionId)).toMatchObject({
      state: 'suspended',
      untilMs,
      percent: 25,
      counts: { done: 1, suspended: 1, pending: 2, skipped: 0 },
      nodes: [{ state: 'done' }, { state: 'suspended', awaits: { untilMs } }, { state: 'pending' }, {}],
    });
    expect((await runs.list({ state: 'suspended' })).runs).toMatchObject([{ executionId, untilMs }]);
  });

  it('goes on by itself when the time has come, without doing anything twice', async () => {
    const { executionId } = await start(waiting({ forMs: hour }));
    clock.set(1_000_000 + hour - 1);
    expect(await runs.status(executionId)).toMatchObject({ state: 'suspended' });
    clock.set(1_000_000 + hour);
    const status = await runs.wait(executionId, 60_000);
    expect(status).toMatchObject({ state: 'done', counts: { done: 4 } });
    expect(shelf.done).toEqual(['create A', 'create B']);
    expect(status.result?.data).toMatchObject({
      messages: [{ node: 's', text: `Made B after ${hour} ms` }],
    });
  });

  it('is gone on with by another process when it is due, and only then', async () => {
    const { executionId } = await start(waiting({ until: '1970-01-01T02:00:00+01:00' }));
    runs.close();
    runs = openRuns();
    expect(await runs.suspended()).toMatchObject([{ executionId, untilMs: hour }]);
    const early = await (await runs.resume(executionId)).done;
    expect(early).toMatchObject({ ok: true, data: { state: 'suspended', untilMs: hour } });
    runs.close();
    runs = openRuns();
    clock.set(hour);
    expect(await (await runs.resume(executionId)).done).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['create A', 'create B']);
    expect(await runs.suspended()).toEqual([]);
  });

  it('is gone on with by one of two processes', async () => {
    const { executionId } = await start(waiting({ forMs: hour }));
    clock.set(1_000_000);
    expect(await stores.runs.claim(executionId, '1:other')).toBe(true);
    expect(await stores.runs.claim(executionId, '2:other')).toBe(false);
    clock.set(1_000_000 + hour);
    await runs.wait(executionId, 60_000);
    expect(shelf.done).toEqual(['create A']);
  });

  it('can be cancelled, and then goes on only when it is resumed', async () => {
    const { executionId } = await start(waiting({ forMs: hour }));
    expect(await runs.cancel(executionId)).toMatchObject({
      state: 'cancelled',
      code: 'CANCELLED',
      counts: { done: 1, skipped: 3 },
    });
    clock.set(1_000_000 + hour);
    expect(await runs.wait(executionId, 60_000)).toMatchObject({ state: 'cancelled' });
    expect(shelf.done).toEqual(['create A']);
    expect(await (await runs.resume(executionId)).done).toMatchObject({ ok: true });
    expect(shelf.done.at(-1)).toBe('create B');
  });

  it('keeps a failure that the workflow allows for as it was', async () => {
    const plan = compiled({
      workflowId: 'w',
      nodes: [
        { ...node('bad', 'audioImport', { filePath: 'C:/no.wav', objectId: '{X}' }), onError: 'continue' },
        node('w', 'wait', { forMs: hour }),
        node('b', 'createSound', { name: 'B' }),
      ],
      edges: [edge('w', 'b')],
    });
    const { executionId } = await start(plan);
    shelf.files.add('C:/no.wav');
    clock.set(1_000_000 + hour);
    const { result } = await runs.wait(executionId, 60_000);
    expect(result).toMatchObject({ ok: true, data: { failed: ['bad'] } });
    expect(shelf.done).toEqual(['create B']);
  });
});

it('a failure that stops the run ends a wait', async () => {
  const plan = compiled({
    workflowId: 'w',
    nodes: [
      node('w', 'wait', { forMs: hour }),
      node('bad', 'audioImport', { filePath: 'C:/no.wav', objectId: '{X}' }),
      node('b', 'createSound', { name: 'B' }),
    ],
    edges: [edge('w', 'b')],
  });
  const { executionId, result } = await start(plan);
  expect(result).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND', details: { skipped: ['w', 'b'] } });
  expect(await runs.status(executionId)).toMatchObject({ state: 'failed', counts: { skipped: 2 } });
});

it('a short wait holds the run instead', async () => {
  const { executionId, done } = runs.start(waiting({ forMs: 2_000 }));
  const begun = async (): Promise<void> => {
    const { nodes } = await runs.status(executionId);
    if (nodes[1]?.state !== 'suspended') return begun();
  };
  await begun();
  expect(await runs.status(executionId)).toMatchObject({ state: 'running', counts: { suspended: 1 } });
  clock.set(1_002_000);
  expect(await done).toMatchObject({ ok: true, data: { messages: [{ text: 'Made B after 2000 ms' }] } });
});

it('a time gone by does not wait', async () => {
  const { result } = await start(waiting({ until: '1970-01-01T00:00:01Z' }));
  expect(result).toMatchObject({ ok: true });
  expect(result.data?.state).toBeUndefined();
});

it('a preview waits for nothing', async () => {
  const runner = createRunner({ bus, log: silentLog, clock, isPreview: true });
  const result = await runner.run(waiting({ forMs: hour }));
  expect(result).toMatchObject({ ok: true, data: { messages: [{ text: 'Made B after 0 ms' }] } });
});

it('what a node says is an event at once, and is not said again by a resume', async () => {
  const events: RunEvent[] = [];
  const plan = compiled({
    workflowId: 'w',
    nodes: [
      node('s', 'say', { text: 'Hello' }),
      node('bad', 'audioImport', { filePath: 'C:/no.wav', objectId: '{X}' }),
    ],
    edges: [edge('s', 'bad')],
  });
  const { executionId, done } = runs.start(plan, { onEvent: (event) => events.push(event) });
  expect(await done).toMatchObject({ ok: false, details: { messages: [{ node: 's', text: 'Hello' }] } });
  const again = await runs.resume(executionId, { onEvent: (event) => events.push(event) });
  expect(await again.done).toMatchObject({
    ok: false,
    details: { messages: [{ node: 's', text: 'Hello' }] },
  });
  expect(events.filter(({ event }) => event === 'node.message')).toHaveLength(1);
});

describe('compiling', () => {
  it('a wait takes one of its two inputs', () => {
    expect(() => waiting({})).toThrow(/forMs|until/);
    expect(() => waiting({ forMs: 1, until: '2026-11-29T18:30:00Z' })).toThrow('both');
    expect(() => waiting({ until: 'tomorrow' })).toThrow('offset');
  });

  it('warns of a wait that nothing comes after', () => {
    const plan = compiled({ nodes: [node('w', 'wait', { forMs: 1 })] });
    expect(plan.warnings).toEqual([expect.stringContaining('Nothing comes after w')]);
    expect(plan).toMatchObject({ waapiCalls: 0, nodes: [{ kind: 'wait', effect: 'none' }] });
  });
});
