import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../../src/core/dispatch/bus.ts';
import type { JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import type { RunEvent } from '../../../../src/workflow/runtime/events/events.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { createSessions } from '../../../../src/workflow/runtime/sessions/sessions.ts';
import { type HandClock, handClock } from '../../hand-clock.ts';
import { edges, emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';

const hour = 3_600_000;
let clock: HandClock;
let shelf: Shelf;
let bus: Bus;
let stores: Stores;
let runs: Runs;

const openRuns = () =>
  createRuns({
    ...{ bus, log: silentLog, store: stores.runs, clock },
    sessions: createSessions({ ...stores, clock, log: silentLog }),
  });
beforeEach(() => {
  clock = handClock();
  shelf = emptyShelf();
  bus = shelfBus(shelf);
  stores = openSqliteStores(null);
  runs = openRuns();
});
afterEach(async () => {
  runs.close();
  await stores.close();
});

const handoff = (id: string, more: JsonObject = {}) =>
  node(id, 'handoff', { role: 'audio lead', text: `Which ${id}?`, ...more });

/** A Sound is made, its name asked for, and another one made with that name. */
const asking = (more: JsonObject = {}) => [
  node('a', 'createSound', { name: 'A' }),
  handoff('ask', more),
  node('b', 'createSound', { name: '$from:ask:$output:answer' }),
];
const compiled = (nodes: readonly JsonObject[], lines: readonly string[]) =>
  compileWorkflow({ workflowId: 'w', nodes: [...nodes], edges: edges(...lines) }, bus);
const start = async (nodes: readonly JsonObject[], ...lines: readonly string[]) => {
  const { executionId, done } = runs.start(compiled(nodes, lines));
  return { executionId, result: await done };
};
const answered = async (executionId: string, value: string, more: JsonObject = {}) =>
  (await runs.answer(executionId, { value, ...more })).done;

describe('a run that asks', () => {
  it('is suspended without an end, and shows what it asks, whom, since when and until when', async () => {
    const { executionId, result } = await start(asking({ answerBy: hour }), 'a ask');
    const asked = {
      ...{ node: 'ask', for: 'answer', question: 'ask#1', prompt: 'Which ask?', role: 'audio lead' },
      ...{ sinceMs: 1_000_000, untilMs: 1_000_000 + hour },
    };
    expect(result).toMatchObject({
      ok: true,
      data: { state: 'suspended', suspended: [asked], untilMs: 1_000_000 + hour },
    });
    expect(await runs.status(executionId)).toMatchObject({
      ...{ state: 'suspended', waiting: [asked] },
      nodes: [{ state: 'done' }, { state: 'suspended', awaits: { prompt: 'Which ask?' } }, {}],
    });
    const other = await start([node('w', 'wait', { forMs: hour })]);
    expect((await runs.list({ state: 'waiting' })).runs).toMatchObject([{ executionId, waiting: [asked] }]);
    expect(await runs.count({ state: 'waiting' })).toBe(1);
    expect(await runs.count({ state: 'suspended' })).toBe(2);
    await runs.cancel(other.executionId);
  });

  it('goes on with its answer, and does nothing twice', async () => {
    const { executionId } = await start(asking(), 'a ask');
    expect(await answered(executionId, 'Wind')).toMatchObject({ ok: true });
    expect(await runs.status(executionId)).toMatchObject({ state: 'done', counts: { done: 3 } });
    expect(shelf.done).toEqual(['create A', 'create Wind']);
    expect((await runs.status(executionId)).waiting).toBeUndefined();
  });

  it('goes on in another process, long after', async () => {
    const { executionId } = await start(asking(), 'a ask');
    runs.close();
    runs = openRuns();
    clock.set(1_000_000 + 400 * 24 * hour);
    expect(await (await runs.resume(executionId)).done).toMatchObject({
      data: { state: 'suspended', suspended: [{ question: 'ask#1', sinceMs: 1_000_000 }] },
    });
    runs.close();
    runs = openRuns();
    expect(await answered(executionId, 'Wind')).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['create A', 'create Wind']);
  });

  it('takes one of two answers, and says so to the other', async () => {
    const { executionId } = await start(asking(), 'a ask');
    const both = await Promise.allSettled([answered(executionId, 'Wind'), answered(executionId, 'Rain')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'ALREADY_ANSWERED', details: { question: 'ask#1' } },
    });
    const [made = ''] = shelf.done.slice(1);
    expect(['create Wind', 'create Rain']).toContain(made);
    expect(shelf.done).toHaveLength(2);
    await expect(runs.answer(executionId, { value: 'Late' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('is done'),
    });
  });

  it('is answered by one of two processes', async () => {
    const { executionId } = await start(asking(), 'a ask');
    const other = openRuns();
    const both = await Promise.allSettled([
      runs.answer(executionId, { question: 'ask#1', value: 'Wind' }).then(({ done }) => done),
      other.answer(executionId, { question: 'ask#1', value: 'Rain' }).then(({ done }) => done),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(shelf.done).toHaveLength(2);
    other.close();
  });

  it('takes an answer that is on disk when it is gone on with, as after a crash', async () => {
    const { executionId } = await start(asking(), 'a ask');
    const kept = { question: 'ask#1', node: 'ask', value: 'Wind', isDeclined: false, caller: null };
    await stores.runs.answer(executionId, { ...kept, atMs: 1 });
    runs.close();
    runs = openRuns();
    expect(await (await runs.resume(executionId)).done).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['create A', 'create Wind']);
  });

  it('keeps the answer to a question that it will ask', async () => {
    const nodes = [
      handoff('first'),
      handoff('second'),
      node('s', 'say', { text: '$from:second:$output:answer' }),
    ];
    const { executionId } = await start(nodes, 'first second');
    const ahead = await runs.answer(executionId, { node: 'second', value: 'B' });
    expect(await ahead.done).toMatchObject({
      data: { state: 'suspended' },
      notices: [expect.stringContaining('until "second" asks')],
    });
    await expect(runs.answer(executionId, { node: 'second', value: 'C' })).rejects.toMatchObject({
      code: 'ALREADY_ANSWERED',
    });
    expect(await answered(executionId, 'A')).toMatchObject({ ok: true, data: { messages: [{ text: 'B' }] } });
  });

  it('takes answers in any order, while other nodes go on', async () => {
    const nodes = [
      handoff('one'),
      handoff('two'),
      node('s', 'say', { text: '$from:one:$output:answer$from:two:$output:answer' }),
    ];
    const { executionId, result } = await start(nodes);
    expect(result).toMatchObject({ data: { suspended: [{ node: 'one' }, { node: 'two' }] } });
    await expect(runs.answer(executionId, { value: 'B' })).rejects.toMatchObject({
      details: { open: [{ question: 'one#1' }, { question: 'two#1' }] },
    });
    const both = await Promise.all([
      answered(executionId, 'B', { question: 'two#1' }),
      answered(executionId, 'A', { question: 'one#1' }),
    ]);
    expect(both.at(-1)).toMatchObject({ ok: true });
    expect(await runs.status(executionId)).toMatchObject({
      state: 'done',
      result: { data: { messages: [{ text: 'AB' }] } },
    });
  });

  it('asks anew, and takes no former answer, where it is executed again', async () => {
    const { executionId } = await start(asking(), 'a ask');
    await answered(executionId, 'Wind');
    const again = await (await runs.resume(executionId, { from: 'ask' })).done;
    expect(again).toMatchObject({ data: { suspended: [{ question: 'ask#2' }] } });
    await answered(executionId, 'Rain');
    expect(shelf.done).toEqual(['create A', 'create Wind', 'create Rain']);
  });

  it('refuses an answer that does not fit the schema, and stays open', async () => {
    const schema = { type: 'object', properties: { db: { type: 'number', maximum: 0 } }, required: ['db'] };
    const { executionId } = await start([handoff('ask', { schema })]);
    for (const value of ['quiet', { db: 3 }, { decibels: 1 }, null]) {
      await expect(runs.answer(executionId, { value })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { question: 'ask#1', schema },
      });
    }
    const { done } = await runs.answer(executionId, { value: '{"db": -3}' });
    expect(await done).toMatchObject({ ok: true, data: { results: [{ data: { answer: { db: -3 } } }] } });
  });

  it.each([
    ['a question that it does not ask', { question: 'aks#1', value: 'x' }, 'did you mean'],
    ['a node that it has not', { node: 'ak', value: 'x' }, 'no node "ak"'],
    ['a node that asks nothing', { node: 'a', value: 'x' }, 'no node "a"'],
    ['no answer at all', {}, 'a value, or'],
    ['an answer that is declined as well', { value: 'x', isDeclined: true }, 'a value, or'],
  ])('refuses %s', async (_what, given, words) => {
    const { executionId } = await start(asking(), 'a ask');
    await expect(runs.answer(executionId, given)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(new RegExp(words, 'i')),
    });
    expect(await runs.status(executionId)).toMatchObject({ state: 'suspended' });
  });

  it('fails where whoever is asked declines, or no answer comes in time; the workflow can go another way', async () => {
    const nodes = [...asking({ answerBy: hour }), node('s', 'say', { text: '$from:ask:$error:code' })];
    const flow = { nodes, edges: [...edges('a ask'), { source: 'ask', target: 's', sourceHandle: 'error' }] };
    const begin = async () => {
      const { executionId, done } = runs.start(compileWorkflow({ workflowId: 'w', ...flow }, bus));
      await done;
      return executionId;
    };
    const declined = await begin();
    const { done } = await runs.answer(declined, { isDeclined: true });
    expect(await done).toMatchObject({
      ok: true,
      data: { messages: [{ text: 'DECLINED' }], failed: ['ask'] },
    });
    const late = await begin();
    clock.set(1_000_000 + hour);
    expect(await runs.wait(late, 60_000)).toMatchObject({
      state: 'done',
      result: { data: { messages: [{ text: 'TIMEOUT' }] } },
    });
    expect(shelf.done).toEqual(['create A']);
  });

  it('is heard to ask, and to go on', async () => {
    const heard: RunEvent[] = [];
    const { executionId } = await start(asking(), 'a ask');
    const { ended } = await runs.events(executionId, (event) => heard.push(event));
    expect(heard.at(-1)).toMatchObject({
      event: 'workflow.execution.suspended',
      untilMs: null,
      waiting: [{ node: 'ask', question: 'ask#1', role: 'audio lead' }],
    });
    await answered(executionId, 'Wind');
    await ended;
    expect(heard.at(-1)).toMatchObject({ event: 'workflow.execution.complete', ok: true });
  });

  it('can be cancelled, and is answered no more', async () => {
    const { executionId } = await start(asking(), 'a ask');
    expect(await runs.cancel(executionId)).toMatchObject({ state: 'cancelled' });
    await expect(runs.answer(executionId, { value: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
