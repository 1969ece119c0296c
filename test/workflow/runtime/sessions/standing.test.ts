import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/log.ts';
import type { RunStore } from '../../../../src/core/stores/run-store.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { lastStates } from '../../../../src/workflow/runtime/journal/read-journal.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { createSessions } from '../../../../src/workflow/runtime/sessions/sessions.ts';
import { sessionAt, standingIn } from '../../../../src/workflow/runtime/sessions/standing.ts';
import { handClock } from '../../hand-clock.ts';
import { edges, emptyShelf, node, shelfBus } from '../../harness.ts';

const bus = shelfBus(emptyShelf());
const clock = handClock();
let stores: Stores;
let runs: Runs;
const openRuns = (store: RunStore = stores.runs) =>
  createRuns({
    ...{ bus, log: silentLog, store, clock },
    sessions: createSessions({ ...stores, clock, log: silentLog }),
  });
beforeEach(() => {
  stores = openSqliteStores(null);
  runs = openRuns();
});
afterEach(async () => {
  runs.close();
  await stores.close();
});

const fields = [
  { name: 'name', type: 'text', label: 'Name' },
  { name: 'volume', type: 'number', unit: 'dB', label: 'Volume', confirm: true },
];
const plan = () =>
  compileWorkflow(
    {
      workflowId: 'w',
      nodes: [
        node('a', 'createSound', { name: 'A' }),
        node('ask', 'askUser', { template: { fields } }),
        node('b', 'createSound', { name: '$from:ask:$output:name' }),
      ],
      edges: edges('a ask'),
    },
    bus,
  );
const answer = async (executionId: string, value: string) => (await runs.answer(executionId, { value })).done;

it('a session says after every step which node waits, what was collected, and where the run goes on from', async () => {
  const { executionId, done } = runs.start(plan());
  await done;
  const stored = () => stores.sessions.load(executionId);
  expect(await stored()).toMatchObject({ currentTask: 'ask', variables: { ask: {} }, ttlMs: 3_600_000 });
  await answer(executionId, 'Gust');
  expect(await stored()).toMatchObject({ currentTask: 'ask', variables: { ask: { name: 'Gust' } } });
  await answer(executionId, '-6 dB');
  const end = await answer(executionId, 'yes');
  expect(end).toMatchObject({ ok: true });
  expect(await stored()).toBeUndefined();
  expect(await stores.sessions.archived(executionId)).toMatchObject({
    ...{ currentTask: null, variables: { ask: { name: 'Gust', volume: -6 } } },
  });
});

it('the status of a run says what persons gave, while it asks, and once it has ended as it was archived', async () => {
  const { executionId, done } = runs.start(plan());
  await done;
  await answer(executionId, 'Gust');
  expect(await runs.status(executionId)).toMatchObject({ collected: { ask: { name: 'Gust' } } });
  await answer(executionId, '-6 dB');
  await answer(executionId, 'yes');
  /** From where on the journal is read. */
  const readFrom: number[] = [];
  const { transitionsSince } = stores.runs;
  const later = openRuns({
    ...stores.runs,
    transitionsSince: (id, position) => {
      readFrom.push(position);
      return transitionsSince(id, position);
    },
  });
  const known = await later.status(executionId);
  expect(known).toMatchObject({
    ...{ state: 'done', percent: 100, collected: { ask: { name: 'Gust', volume: -6 } } },
    nodes: [
      { node: 'a', state: 'done' },
      { node: 'ask', state: 'done' },
      { node: 'b', state: 'done' },
    ],
  });
  const whole = lastStates(await stores.runs.transitions(executionId));
  expect([...whole].map(([node, { state }]) => [node, state])).toEqual(
    known.nodes.map(({ node: id, state }) => [id, state]),
  );
  expect(readFrom[0]).toBeGreaterThan(0);
  const again = await (await later.resume(executionId, { force: ['b'] })).done;
  expect(again).toMatchObject({ ok: true, data: { results: [{}, { node: 'ask', reused: true }, {}] } });
  later.close();
});

it('a run that asks nobody has no session', async () => {
  const alone = compileWorkflow({ workflowId: 'w', nodes: [node('a', 'createSound', { name: 'A' })] }, bus);
  const { executionId, done } = runs.start(alone);
  await done;
  const { sessions } = stores;
  expect([await sessions.load(executionId), await sessions.archived(executionId)]).toEqual([
    undefined,
    undefined,
  ]);
});

it('a run that is cancelled while it waits has its session archived', async () => {
  const { executionId, done } = runs.start(plan());
  await done;
  await runs.cancel(executionId);
  expect(await stores.sessions.load(executionId)).toBeUndefined();
  expect(await stores.sessions.archived(executionId)).toMatchObject({ variables: { ask: {} } });
});

it('wherever a session was written down, it and the rest of the journal say what the whole journal says', async () => {
  const { executionId, done } = runs.start(plan());
  await done;
  for (const value of ['Gust', 'purple', '-6 dB', 'no', '-3 dB', 'yes']) await answer(executionId, value);
  const all = await stores.runs.transitions(executionId);
  const expected = lastStates(all);
  expect(all.length).toBeGreaterThan(15);
  expect(expected.get('ask')).toMatchObject({ state: 'done', asked: 6 });
  for (const [cut] of all.entries()) {
    const before = { nodes: lastStates(all.slice(0, cut)), position: cut };
    const session = sessionAt(executionId, before, 1);
    const kept = standingIn(JSON.parse(JSON.stringify(session)));
    expect(kept.position).toBe(cut);
    expect(lastStates(all.slice(cut), kept.nodes)).toEqual(expected);
  }
});

it('what another process did since is known, though its session is hot here', async () => {
  const { executionId, done } = runs.start(plan());
  await done;
  const other = openRuns();
  await (await other.answer(executionId, { value: 'Gust' })).done;
  const [question] = (await runs.status(executionId)).waiting ?? [];
  expect(question).toMatchObject({ question: 'ask#2' });
  await answer(executionId, '-6 dB');
  expect(await (await other.answer(executionId, { value: 'yes' })).done).toMatchObject({ ok: true });
  expect((await stores.runs.answers(executionId)).map((given) => given.question)).toEqual([
    ...['ask#1', 'ask#2', 'ask#3'],
  ]);
  other.close();
});

it('a session that another version wrote says nothing: the journal does', () => {
  const session = sessionAt('exec_1', { nodes: new Map(), position: 9 }, 1);
  expect(standingIn({ ...session, state: { ...session.state, version: 0 } })).toEqual({
    nodes: new Map(),
    position: 0,
  });
  expect(standingIn(undefined).position).toBe(0);
});
