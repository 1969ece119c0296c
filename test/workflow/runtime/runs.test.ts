import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../src/core/dispatch/bus.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { forgetOlderThan } from '../../../src/workflow/runtime/retention/retention.ts';
import { createRuns, type Runs } from '../../../src/workflow/runtime/runs.ts';
import { edges, emptyShelf, importWav, node, type Shelf, shelfBus } from '../harness.ts';

let shelf: Shelf;
let bus: Bus;
let stores: Stores;
let runs: Runs;

beforeEach(() => {
  shelf = emptyShelf();
  bus = shelfBus(shelf);
  stores = openSqliteStores(null);
  runs = createRuns({ bus, log: silentLog, store: stores.runs });
});
afterEach(() => stores.close());

const compiled = (document: unknown) => compileWorkflow(document, bus);
const flow = (...nodes: readonly JsonObject[]) => compiled({ workflowId: 'w', nodes });
const run = async (plan: ReturnType<typeof compiled>) => {
  const { executionId, done } = runs.start(plan);
  return { executionId, result: await done };
};

describe('the status of a run', () => {
  it('reports every node with its timing, and gives the answer', async () => {
    const { executionId, result } = await run(compiled(importWav()));
    expect(await runs.status(executionId)).toMatchObject({
      state: 'done',
      percent: 100,
      counts: { done: 4, pending: 0 },
      nodes: [
        { node: 'n1', state: 'done', memo: 'miss', durationMs: expect.any(Number) },
        { node: 'n2' },
        { node: 'n3' },
        { node: 'n4', memo: 'off' },
      ],
      result: { ok: true, data: result.data },
    });
  });

  it('names what failed and what was not reached', async () => {
    const { executionId } = await run(compiled(importWav('C:/temp/missing.wav')));
    expect(await runs.status(executionId)).toMatchObject({
      state: 'failed',
      code: 'FILE_NOT_FOUND',
      nodes: [{ state: 'done' }, { state: 'failed', code: 'FILE_NOT_FOUND' }, { state: 'skipped' }, {}],
    });
  });

  it('of an unknown run is an error that names the nearest', async () => {
    const { executionId } = await run(flow(node('s', 'projectSave')));
    await expect(runs.status(`${executionId.slice(0, -1)}x`)).rejects.toThrow(executionId);
  });

  it('can be waited for', async () => {
    const { executionId } = runs.start(compiled(importWav()));
    expect((await runs.wait(executionId, 60_000)).state).toBe('done');
  });
});

describe('a background run', () => {
  it('can be cancelled, and resumed under the same id', async () => {
    const plan = compiled(importWav());
    const started = runs.start(plan, {
      onEvent: (event) => {
        if (event.event === 'node.execution.complete' && event.nodeId === 'n1')
          void runs.cancel(started.executionId);
      },
    });
    expect(await started.done).toMatchObject({ code: 'CANCELLED' });
    expect((await runs.status(started.executionId)).state).toBe('cancelled');
    const resumed = await runs.resume(started.executionId);
    expect(resumed.executionId).toBe(started.executionId);
    expect(await resumed.done).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['create Sound1', 'import Sound1', 'route Sound1', 'save']);
  });

  it('cannot be resumed while it goes on, nor once it is done', async () => {
    const started = runs.start(compiled(importWav()));
    await expect(runs.resume(started.executionId)).rejects.toThrow('still going on');
    await started.done;
    await expect(runs.resume(started.executionId)).rejects.toThrow('nothing is left to do');
  });

  it('is interrupted when its process is gone', async () => {
    const { executionId, result } = await run(compiled(importWav()));
    const record = await stores.runs.get(executionId);
    if (record === undefined || !result.ok) throw new Error('no record');
    const lost = { ...record, executionId: 'exec_lost', owner: `${process.pid}:another` };
    await stores.runs.begin(lost);
    expect(await runs.status('exec_lost')).toMatchObject({ state: 'interrupted', percent: 0 });
    expect((await runs.list({ state: 'interrupted' })).runs).toHaveLength(1);
    expect(await (await runs.resume('exec_lost')).done).toMatchObject({ ok: true });
  });
});

describe('resuming', () => {
  const query = (id: string) => node(id, 'query', { type: 'Sound' });

  it('takes over what reads and barriers gave, unless something they wait for was done again', async () => {
    const plan = compiled({
      workflowId: 'w',
      nodes: [
        node('a', 'createSound', { name: 'A' }),
        query('q'),
        node('s', 'projectSave'),
        node('x', 'audioImport', { filePath: 'C:/late.wav', objectId: '{A}' }),
      ],
      edges: edges('a q', 's x'),
    });
    const { executionId } = await run(plan);
    shelf.files.add('C:/late.wav');
    const result = await (await runs.resume(executionId)).done;
    expect(result.data?.results).toMatchObject([
      { node: 'a', memo: 'hit' },
      { node: 'q', reused: true, data: { total: 1 } },
      { node: 's', reused: true },
      { node: 'x', memo: 'miss' },
    ]);
    expect(shelf.done).toEqual(['create A', 'query Sound', 'save', 'import A']);
    expect(await (await runs.resume(executionId, { force: ['a'] })).done).toMatchObject({ ok: true });
    expect(shelf.done.slice(4)).toEqual(['create A', 'query Sound', 'save']);
  });

  it('does a node and everything downstream again with from, and nothing else with only', async () => {
    const plan = compiled({
      workflowId: 'w',
      nodes: [
        node('a', 'createSound', { name: 'A' }),
        node('n', 'setNotes', { notes: 'n' }),
        node('b', 'createSound', { name: 'B' }),
      ],
      edges: edges('a n'),
    });
    const { executionId } = await run(plan);
    await (await runs.resume(executionId, { from: 'n' })).done;
    expect(shelf.done.slice(3)).toEqual(['notes A: n']);
    await (await runs.resume(executionId, { only: ['b'] })).done;
    expect(shelf.done.slice(4)).toEqual(['create B']);
    await expect(runs.resume(executionId, { from: 'm' })).rejects.toThrow('has no node "m"');
  });

  it('takes input that was missing or wrong, and does again what reads it', async () => {
    const named = (...more: JsonObject[]) =>
      compiled({
        workflowId: 'w',
        inputs: { name: { default: 'A' }, wav: {} },
        nodes: [
          node('a', 'createSound', { name: '$input:name' }),
          query('q'),
          node('b', 'createSound', { name: 'B' }),
          ...more,
        ],
        edges: edges('a q'),
      });
    const { executionId } = await run(named(node('s', 'projectSave')));
    const plan = named(node('x', 'audioImport', { filePath: '$input:wav', objectId: '{A}' }));
    expect(await (await runs.resume(executionId, { plan, acceptChanges: true })).done).toMatchObject({
      code: 'MISSING_INPUT',
      hint: expect.stringContaining('"wav"'),
    });
    const input = { wav: 'C:/temp/sound.wav' };
    expect(await (await runs.resume(executionId, { plan, acceptChanges: true, input })).done).toMatchObject({
      ok: true,
    });
    expect(shelf.done.slice(4)).toEqual(['import A']);
    expect((await stores.runs.get(executionId))?.input).toEqual(input);
    const renamed = await (await runs.resume(executionId, { input: { name: 'C' } })).done;
    expect(renamed.data?.results).toMatchObject([
      { node: 'a', memo: 'miss' },
      { node: 'q' },
      { memo: 'hit' },
      {},
    ]);
    expect(shelf.done.slice(5)).toEqual(['create C', 'query Sound']);
  });

  it('refuses a changed workflow and explains what changed; with acceptChanges it goes on', async () => {
    const a = node('a', 'createSound', { name: 'A' });
    const b = (name: string) => node('b', 'createSound', { name });
    const bad = node('x', 'audioImport', { filePath: 'C:/no.wav', objectId: '{A}' });
    const { executionId } = await run(flow(a, b('B'), bad));
    const plan = flow(a, b('B2'), node('c', 'createSound', { name: 'C' }));
    let refused: unknown;
    try {
      await runs.resume(executionId, { plan });
    } catch (thrown) {
      refused = thrown;
    }
    expect(refused).toMatchObject({
      code: 'INVALID_INPUT',
      details: { added: ['c'], changed: ['b'], removed: ['x'] },
    });
    const result = await (await runs.resume(executionId, { plan, acceptChanges: true })).done;
    expect(result.data?.results).toMatchObject([{ memo: 'hit' }, { memo: 'miss' }, { memo: 'miss' }]);
  });
});

describe('the list of runs', () => {
  it('is paged, the newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      ids.unshift((await run(flow(node('s', 'projectSave')))).executionId);
      // Ids sort by the millisecond they were made in.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const first = await runs.list({ limit: 3 });
    expect(first.runs.map(({ executionId }) => executionId)).toEqual(ids.slice(0, 3));
    const second = await runs.list({ limit: 3, cursor: first.cursor ?? '' });
    expect(second.runs.map(({ executionId }) => executionId)).toEqual(ids.slice(3));
    expect(second.cursor).toBeNull();
    expect((await runs.list({ workflowId: 'other' })).runs).toEqual([]);
  });

  it('forgets what is older than it should keep', async () => {
    const { executionId } = await run(flow(node('s', 'projectSave')));
    const { audit, memo } = stores;
    const all = { audit, memo, runs };
    expect(await forgetOlderThan(90, all)).toEqual({
      artifacts: 0,
      auditRecords: 0,
      runs: 0,
      memoEntries: 0,
    });
    expect((await forgetOlderThan(-1, all)).runs).toBe(1);
    await expect(runs.status(executionId)).rejects.toThrow('No run has');
  });
});
