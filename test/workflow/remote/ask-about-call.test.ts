import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns, type Runs } from '../../../src/workflow/runtime/runs.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { remoteWith } from './run-remote.ts';

let stores: Stores;
let runs: Runs;

beforeEach(() => {
  stores = openSqliteStores(null);
  runs = createRuns({
    bus: shelfBus(emptyShelf()),
    log: silentLog,
    store: stores.runs,
    remote: remoteWith(),
  });
});
afterEach(async () => {
  runs.close();
  await stores.close();
});

/** A service of which the first answers are never heard: it takes the request, and ends the connection. */
async function deafService(lost: number) {
  let left = lost;
  return standIn((app) =>
    app.post('/send', (c) => {
      left -= 1;
      if (left < 0) return c.json({ id: 'second' });
      const { incoming } = c.env as { readonly incoming: IncomingMessage };
      incoming.socket.destroy();
      return c.body(null);
    }),
  );
}

async function asked(more: Record<string, Json> = {}, lost = 1) {
  const { url, asked: requests } = await deafService(lost);
  const data = { url: `${url}/send`, method: 'POST', fieldMapping: { id: 'id' }, ...more };
  const started = runs.start(compile({ nodes: [node('send', 'http', data)] }));
  return { ...started, requests };
}

it('suspends the run with a question, and sends it again when somebody says so', async () => {
  const { executionId, done, requests } = await asked();
  const waiting = await done;
  expect(waiting.data?.state).toBe('suspended');
  expect(JSON.stringify(waiting)).toContain('nobody here knows whether it took effect');
  const { done: after } = await runs.answer(executionId, { value: { decision: 'sendAgain' } });
  expect(await after).toMatchObject({ ok: true, data: { results: [{ data: { id: 'second' } }] } });
  expect(requests).toHaveLength(2);
});

it('asks again where the second answer is lost too: what was decided of one request says nothing of another', async () => {
  const { executionId, done, requests } = await asked({}, 2);
  await done;
  const first = await runs.answer(executionId, { value: { decision: 'sendAgain' } });
  expect((await first.done).data?.state).toBe('suspended');
  expect(requests).toHaveLength(2);
  const second = await runs.answer(executionId, { value: { decision: 'sendAgain' } });
  expect(await second.done).toMatchObject({ ok: true, data: { results: [{ data: { id: 'second' } }] } });
  expect(requests).toHaveLength(3);
});

it('goes on with what it would have answered when it took effect, and sends nothing', async () => {
  const { executionId, done, requests } = await asked();
  await done;
  const { done: after } = await runs.answer(executionId, {
    value: { decision: 'tookEffect', body: { id: 'first' } },
  });
  expect(await after).toMatchObject({ ok: true, data: { results: [{ data: { id: 'first' } }] } });
  expect(requests).toHaveLength(1);
});

it('fails where that is given up, and where it is not to ask', async () => {
  const { executionId, done } = await asked();
  await done;
  const { done: after } = await runs.answer(executionId, { value: { decision: 'giveUp' } });
  expect(await after).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
  const silent = await asked({ onUnknown: 'fail' });
  expect(await silent.done).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
});
