import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { PLAN_VERSION, type Plan } from '../../../../src/workflow/compiler/plan.ts';
import { readPlan } from '../../../../src/workflow/runtime/journal/read-plan.ts';
import { JOURNAL_VERSION } from '../../../../src/workflow/runtime/journal/run-journal.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { edges, emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';

let shelf: Shelf;
let stores: Stores;
let runs: Runs;
const document = {
  workflowId: 'w',
  nodes: [
    node('a', 'createSound', { name: 'A' }),
    node('b', 'setNotes', { objectId: '$from:a:$output:id', notes: 'hello' }),
    node('s', 'projectSave'),
  ],
};

beforeEach(() => {
  shelf = emptyShelf();
  stores = openSqliteStores(null);
  runs = createRuns({ bus: shelfBus(shelf), log: silentLog, store: stores.runs });
});
afterEach(() => stores.close());

/** A run that ended after its first node, as a version from before plans had versions wrote it. */
async function writeOldRun(plan: JsonObject, journalVersion = 1): Promise<string> {
  const executionId = 'exec_00000000000100000000000000';
  const { runs: store } = stores;
  await store.begin({
    ...{ executionId, workflowId: 'w', name: null, planHash: 'of-then', plan, input: null },
    ...{ caller: 'mcp', owner: '1:gone', startedAtMs: 1, journalVersion },
  });
  shelf.objects.set('{A}', { name: 'A', type: 'Sound', parent: '\\Containers', bus: '', file: '' });
  const row = { node: 'a', type: 'createSound', ok: true, memo: 'miss', idemKey: null, durationMs: 1 };
  const data = { id: '{A}', objectId: '{A}', name: 'A', path: '\\Containers\\A' };
  await store.append(
    executionId,
    [
      { node: 'a', state: 'running', atMs: 1, detail: null },
      { node: 'a', state: 'done', atMs: 2, detail: { ...row, data, changed: true } },
      { node: 'b', state: 'running', atMs: 3, detail: null },
    ],
    'powerSafe',
  );
  const failed = { ok: false, error: 'Busy.', code: 'WAAPI_LOCKED', hint: 'Wait.', retryable: true };
  await store.end(executionId, 'failed', 4, failed);
  return executionId;
}

const plannedThen = {
  planHash: 'of-then',
  workflowId: 'w',
  inputs: {},
  order: ['a', 'b', 's'],
  waves: [['a'], ['b'], ['s']],
  nodes: [
    {
      ...{ id: 'a', type: 'createSound', command: 'create_sound', effect: 'create' },
      ...{ input: { name: 'A' }, wiring: [], after: [] },
    },
    {
      ...{ id: 'b', type: 'setNotes', command: 'set_notes', effect: 'update' },
      input: { objectId: '$from:a:$output:id', notes: 'hello' },
      wiring: [{ input: 'objectId', from: '$from:a:$output:id', auto: false }],
      after: ['a'],
    },
    {
      ...{ id: 's', type: 'projectSave', command: 'project_save', effect: 'barrier' },
      ...{ input: {}, wiring: [], after: [], fences: ['b'] },
    },
  ],
  addedEdges: [
    { source: 'a', target: 'b', kind: 'reference', reason: 'b (setNotes) reads $from:a:$output:id' },
    {
      ...{ source: 'b', target: 's', kind: 'effect' },
      reason: 's (projectSave) waits for everything before it, b (setNotes) included',
    },
  ],
  waapiCalls: 3,
  warnings: [],
  irreversible: [{ node: 's', why: 'project_save is no step of the undo history.' }],
};

describe('a run of before plans had versions', () => {
  it('is shown and gone on with', async () => {
    const executionId = await writeOldRun(plannedThen);
    expect(await runs.status(executionId)).toMatchObject({
      state: 'failed',
      nodes: [{ node: 'a', state: 'done' }, { node: 'b' }, { node: 's', state: 'skipped' }],
    });
    const resumed = await (await runs.resume(executionId)).done;
    expect(resumed).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['create A', 'notes A: hello', 'save']);
  });

  it('is the same workflow as the same document compiled now', async () => {
    const executionId = await writeOldRun(plannedThen);
    const plan = compileWorkflow(document, shelfBus(shelf));
    const { planHash: _then, undoOnly: _why, rollback: _how, ...rest } = plan;
    expect(rest).toMatchObject({ planVersion: 4, irreversible: plannedThen.irreversible });
    const { undoOnly = [], rollback = [] } = plan;
    const withRest = {
      ...plannedThen,
      undoOnly,
      rollback: rollback.map(({ kind, ...how }) => ({ command: kind, ...how })),
    };
    const other = await writeAnother(withRest);
    expect(await (await runs.resume(other, { plan })).done).toMatchObject({ ok: true });
    await expect(
      runs.resume(executionId, { plan: compileWorkflow({ ...document, version: '2' }, shelfBus(shelf)) }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

it('a plan of before there were branches has the hash of the same document compiled now', () => {
  const flow = {
    workflowId: 'w',
    nodes: [
      node('a', 'createSound', { name: 'A' }),
      node('w', 'wait', { forMs: 1 }),
      node('s', 'say', { text: 'Made $from:a:$output:name' }),
    ],
    edges: edges('a w', 'w s'),
  };
  const now = compileWorkflow(flow, shelfBus(shelf));
  const { planVersion: _, nodes, ...rest } = JSON.parse(JSON.stringify(now)) as Plan;
  const then = { ...rest, planVersion: 2, nodes: nodes.map(({ flow: _flow, ...others }) => others) };
  expect(nodes.map((one) => one.flow)).toEqual([undefined, ['a'], ['w']]);
  const plan = JSON.parse(JSON.stringify(then)) as JsonObject;
  expect(readPlan({ executionId: 'x', plan, journalVersion: 3 }).planHash).toBe(now.planHash);
});

async function writeAnother(plan: JsonObject): Promise<string> {
  const executionId = 'exec_00000000000200000000000000';
  await stores.runs.begin({
    ...{ executionId, workflowId: 'w', name: null, planHash: 'of-then', plan, input: null },
    ...{ caller: null, owner: '1:gone', startedAtMs: 1, journalVersion: 1 },
  });
  await stores.runs.end(executionId, 'cancelled', 2, {});
  return executionId;
}

it('a run of a later version is refused by name', async () => {
  const executionId = await writeOldRun({ ...plannedThen, planVersion: 99 });
  const refused = { code: 'JOURNAL_UNREADABLE', message: expect.stringContaining('version 99') };
  await expect(runs.status(executionId)).rejects.toMatchObject(refused);
  await expect(runs.resume(executionId)).rejects.toMatchObject(refused);
  expect(await runs.rollback(executionId)).toMatchObject({ ok: false, code: 'JOURNAL_UNREADABLE' });
  expect((await runs.list()).runs).toMatchObject([{ executionId, state: 'failed' }]);
});

it('a run whose journal is of a later version is refused by name, and left as it is', async () => {
  const executionId = await writeOldRun(plannedThen, JOURNAL_VERSION + 1);
  const message = expect.stringContaining(`journal of "${executionId}" has version ${JOURNAL_VERSION + 1}`);
  const refused = { code: 'JOURNAL_UNREADABLE', message, details: { readable: JOURNAL_VERSION } };
  await expect(runs.status(executionId)).rejects.toMatchObject(refused);
  await expect(runs.resume(executionId)).rejects.toMatchObject(refused);
  expect(await runs.rollback(executionId)).toMatchObject({ ok: false, code: 'JOURNAL_UNREADABLE' });
  expect(await stores.runs.get(executionId)).toMatchObject({
    state: 'failed',
    journalVersion: JOURNAL_VERSION + 1,
  });
  expect(shelf.done).toEqual([]);
});

it.each(Array.from({ length: JOURNAL_VERSION }, (_, index) => index + 1))(
  'a journal of version %i is read, and has the version of today once it is gone on with',
  async (version) => {
    const executionId = await writeOldRun(plannedThen, version);
    expect(await runs.status(executionId)).toMatchObject({ state: 'failed' });
    expect(await (await runs.resume(executionId)).done).toMatchObject({ ok: true });
    expect(await stores.runs.get(executionId)).toMatchObject({
      ...{ state: 'done', journalVersion: JOURNAL_VERSION },
      plan: { planVersion: PLAN_VERSION },
    });
  },
);

it('a node that was skipped has its reason by its tag; a sentence of before, or a tag nobody knows, is none', async () => {
  const executionId = await writeOldRun(plannedThen);
  const skipped = (node: string, detail: JsonObject) => ({ node, state: 'skipped', atMs: 4, detail });
  const catches = { reason: 'nothing-failed', catches: ['a'] };
  await stores.runs.append(
    executionId,
    [
      skipped('a', { why: 'The branch was not taken.' }),
      skipped('b', { skip: { reason: 'moon-phase' } }),
      skipped('s', { skip: catches }),
    ],
    'powerSafe',
  );
  const { nodes } = await runs.status(executionId);
  expect(nodes.map(({ node, state, skip }) => ({ node, state, skip }))).toEqual([
    { node: 'a', state: 'skipped', skip: undefined },
    { node: 'b', state: 'skipped', skip: undefined },
    { node: 's', state: 'skipped', skip: catches },
  ]);
});

it('a damaged plan is refused by name', async () => {
  const executionId = await writeOldRun({ workflowId: 'w' });
  await expect(runs.resume(executionId)).rejects.toMatchObject({ code: 'JOURNAL_UNREADABLE' });
});
