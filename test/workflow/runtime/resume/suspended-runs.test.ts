import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../../src/core/dispatch/bus.ts';
import type { Json } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import type { RunEvent } from '../../../../src/workflow/runtime/events/events.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { type HandClock, handClock } from '../../hand-clock.ts';
import { emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';
import { waitingFlow } from '../../shelf-runs.ts';

const hour = 3_600_000;
let clock: HandClock;
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
const waiting = (data: Record<string, Json>) => compiled(waitingFlow(data));
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

  it.each([
    ['a node that it has not', { from: 'nobody' }],
    ['nodes that it has not', { only: ['a', 'nobody'] }],
    ['an input that it has not', { input: { nobody: 1 } }],
  ])('stays suspended when a resume names %s', async (_what, options) => {
    const { executionId } = await start(waiting({ forMs: hour }));
    await expect(runs.resume(executionId, options)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await runs.status(executionId)).toMatchObject({ state: 'suspended' });
    clock.set(1_000_000 + hour);
    expect(await runs.wait(executionId, 60_000)).toMatchObject({ state: 'done' });
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

  it('is heard to be suspended, and to go on, by who listened before and by who comes meanwhile', async () => {
    const first: RunEvent[] = [];
    const later: RunEvent[] = [];
    const { executionId, done } = runs.start(waiting({ forMs: hour }));
    const subscription = await runs.events(executionId, (event) => first.push(event));
    let hasEnded = false;
    const ended = subscription.ended.then(() => {
      hasEnded = true;
    });
    await done;
    expect(first.at(-1)).toMatchObject({
      event: 'workflow.execution.suspended',
      nodes: ['w'],
      untilMs: 1_000_000 + hour,
    });
    await runs.events(executionId, (event) => later.push(event));
    expect(later).toEqual(first);
    expect(hasEnded).toBe(false);
    clock.set(1_000_000 + hour);
    await ended;
    expect(first.at(-1)).toMatchObject({ event: 'workflow.execution.complete', ok: true });
    expect(first.filter(({ event }) => event === 'node.message')).toHaveLength(1);
    expect(later).toEqual(first);
  });

  it('is heard to end when it is cancelled, or its process stops', async () => {
    const heard: RunEvent[] = [];
    const { executionId } = await start(waiting({ forMs: hour }));
    const { ended } = await runs.events(executionId, (event) => heard.push(event));
    await runs.cancel(executionId);
    await ended;
    expect(heard.at(-1)).toMatchObject({
      event: 'workflow.execution.complete',
      ok: false,
      code: 'CANCELLED',
    });
    const other = await start(waiting({ forMs: hour }));
    const subscription = await runs.events(other.executionId, () => {});
    runs.close();
    await subscription.ended;
  });

  it('is heard in another process as far as the journal has it', async () => {
    const { executionId } = await start(waiting({ forMs: hour }));
    runs.close();
    runs = openRuns();
    const heard: RunEvent[] = [];
    const { ended } = await runs.events(executionId, (event) => heard.push(event));
    await ended;
    expect(heard.at(-1)).toMatchObject({
      event: 'workflow.execution.suspended',
      nodes: ['w'],
      untilMs: 1_000_000 + hour,
    });
  });

  it.each([
    ['is looked for again where it was not saved and its process is gone', ['Default Work Unit.wwu'], 2],
    ['is not looked at again where it was saved', [], 1],
  ])('what it did %s', async (_, unsaved, created) => {
    const openUnsaved = () =>
      createRuns({ bus, log: silentLog, store: stores.runs, clock, unsavedFiles: () => unsaved });
    runs = openUnsaved();
    const { executionId, result } = await start(waiting({ forMs: hour }));
    expect(result.notices?.some((notice) => notice.includes('not saved'))).toBe(unsaved.length > 0);
    // Another process, for which nothing is remembered and what was in memory is gone.
    await stores.runs.claim(executionId, '2147483647:gone');
    await stores.runs.suspend(executionId, { wakeAtMs: 1_000_000 + hour, waiting: null }, { ...result });
    const { done } = shelf;
    shelf = emptyShelf();
    shelf.done.push(...done);
    bus = shelfBus(shelf);
    runs.close();
    runs = openUnsaved();
    clock.set(1_000_000 + hour);
    expect(await (await runs.resume(executionId)).done).toMatchObject({ ok: true });
    expect(shelf.done.filter((what) => what === 'create A')).toHaveLength(created);
  });

  it.each(['before', 'after'] as const)(
    'can be cancelled just %s that it is suspended is on disk',
    async (when) => {
      let cancelled: Promise<unknown> | undefined;
      const suspend: typeof stores.runs.suspend = async (executionId, ...rest) => {
        if (when === 'before') cancelled = runs.cancel(executionId);
        await stores.runs.suspend(executionId, ...rest);
        if (when === 'after') cancelled = runs.cancel(executionId);
        // What is asked of the store now is asked while the run has not ended.
        await stores.runs.head(executionId);
      };
      runs = createRuns({ bus, log: silentLog, store: { ...stores.runs, suspend }, clock });
      const { executionId } = await start(waiting({ forMs: hour }));
      await cancelled;
      expect(await runs.status(executionId)).toMatchObject({ state: 'cancelled' });
      clock.set(1_000_000 + hour);
      expect(await runs.wait(executionId, 60_000)).toMatchObject({ state: 'cancelled' });
      expect(shelf.done).toEqual(['create A']);
    },
  );

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
