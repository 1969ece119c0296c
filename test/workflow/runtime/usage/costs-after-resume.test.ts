import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { standIn } from '../../../harness/stand-in-service.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { edges, emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';
import { presetsOf, remoteWith } from '../../remote/run-remote.ts';
import { rowsOf } from '../../shelf-runs.ts';

let stores: Stores;
let shelf: Shelf;
/** How often the service was asked for words, and whether it refuses the one after next. */
let asked = 0;
let refuses = false;

beforeEach(() => {
  stores = openSqliteStores(newTempDir('costs-after-resume'));
  shelf = emptyShelf();
  asked = 0;
  refuses = false;
});
afterEach(() => stores.close());

/** A service that asks 0.1 for each call. */
async function pricedRemote() {
  const { url } = await standIn((app) => {
    app.get('/word', (context) => {
      asked += 1;
      const of = context.req.query('of') ?? '';
      return refuses && of === 'b' ? context.json({}, 400) : context.json({ word: of.repeat(50) });
    });
  });
  const word = {
    ...{ description: 'A word.', path: '/word', params: { of: { description: 'Of what.' } } },
    ...{ query: { of: '{{ input.params.of }}' }, cost: { perCall: 0.1 } },
  };
  const words = {
    title: 'Words',
    description: 'Words.',
    baseUrl: url,
    default: 'word',
    operations: { word },
  };
  return remoteWith({}, { presets: presetsOf({ words }) });
}

/** Runs whose outputs over 40 bytes are artifacts. */
async function openRuns() {
  const bus = shelfBus(shelf);
  const { runs: store, artifacts } = stores;
  const runs = createRuns({
    ...{ bus, log: silentLog, store, artifacts, outputCapBytes: 40, remote: await pricedRemote() },
  });
  return { runs, plan: (document: JsonObject) => compileWorkflow(document, bus) };
}

const words = (id: string, items: Json): JsonObject =>
  node(id, 'http', { preset: 'words', items, itemMapping: { of: 'item' }, concurrency: 1 });
const made = { ...node('made', 'createSound', { name: 'Made' }), cost: { perCall: 2, currency: 'EUR' } };
/** Stops until a file is there. */
const stopping = node('last', 'audioImport', { filePath: 'later.wav', objectId: '$from:made:$output:id' });
const usd = (byNode: Record<string, number>) => ({
  ...{ currency: 'USD', totalCost: Object.values(byNode).reduce((sum, cost) => sum + cost, 0), byNode },
});
const costsOf = (result: { readonly data: JsonObject | null; readonly details?: JsonObject }) =>
  asJsonObject(result.data ?? result.details).costs;

describe('what a run cost that was resumed', () => {
  const flow = {
    workflowId: 'w',
    nodes: [words('large', ['a', 'b']), made, stopping],
    edges: edges('large made', 'made last'),
  };
  const eur = { currency: 'EUR', totalCost: 2, byNode: { made: 2 } };

  it('has what its first part paid, of outputs too that lie in artifacts, and pays nothing again', async () => {
    const { runs, plan } = await openRuns();
    const { executionId, done } = runs.start(plan(flow));
    const stopped = await done;
    expect(rowsOf(stopped)[0]).toMatchObject({
      node: 'large',
      artifact: { contentType: 'application/json' },
    });
    expect(costsOf(stopped)).toEqual([usd({ large: 0.2 }), eur]);
    shelf.files.add('later.wav');
    const ended = await (await runs.resume(executionId)).done;
    expect(ended).toMatchObject({ ok: true });
    expect(costsOf(ended)).toEqual([usd({ large: 0.2 }), eur]);
    expect(asked).toBe(2);
    expect((await runs.status(executionId)).result).toMatchObject({ data: { costs: costsOf(ended) } });
  });

  it('has what a node paid before it failed once, whose answered calls are not made again', async () => {
    const { runs, plan } = await openRuns();
    refuses = true;
    const { executionId, done } = runs.start(plan(flow));
    expect(costsOf(await done)).toEqual([usd({ large: 0.1 })]);
    refuses = false;
    shelf.files.add('later.wav');
    const ended = await (await runs.resume(executionId)).done;
    expect(ended).toMatchObject({ ok: true });
    expect(costsOf(ended)).toEqual([usd({ large: 0.2 }), eur]);
    expect(asked).toBe(3);
  });

  it('adds what is paid again where a node is executed again on purpose', async () => {
    const { runs, plan } = await openRuns();
    shelf.files.add('later.wav');
    const { executionId, done } = runs.start(plan(flow));
    await done;
    const again = await (await runs.resume(executionId, { force: ['large'] })).done;
    expect(asked).toBe(4);
    expect(costsOf(again)).toEqual([usd({ large: 0.4 }), eur]);
    const [row] = rowsOf(again);
    expect(row?.cost).toEqual({ apiCalls: 4, costPerCall: 0.1, totalCost: 0.4, currency: 'USD' });
  });

  it('has what nodes paid that a later part of it left out', async () => {
    const { runs, plan } = await openRuns();
    refuses = true;
    const apart = { ...flow, nodes: flow.nodes.slice(0, 2), edges: [], concurrency: 1 };
    const { executionId, done } = runs.start(plan(apart));
    expect(await done).toMatchObject({ ok: false, code: 'SERVICE_REFUSED' });
    const ended = await (await runs.resume(executionId, { only: ['made'] })).done;
    expect(ended).toMatchObject({ ok: true });
    expect(costsOf(ended)).toEqual([usd({ large: 0.1 }), eur]);
  });
});
