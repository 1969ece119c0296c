import { describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { RunEvent } from '../../../../src/workflow/runtime/events/events.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { standIn } from '../../../harness/stand-in-service.ts';
import { compile, emptyShelf, node, shelfBus } from '../../harness.ts';
import { presetsOf, remoteWith } from '../../remote/run-remote.ts';
import { rowsOf } from '../../shelf-runs.ts';

/** A service that asks a price for each call. */
async function pricedService() {
  const { url } = await standIn((app) => {
    app.get('/word', (context) => context.json({ word: context.req.query('of') ?? '' }));
    app.get('/half', (context) =>
      context.req.query('of') === 'b' ? context.json({}, 400) : context.json({ word: 'x' }),
    );
    app.get('/free', (context) => context.json({ word: 'x' }));
  });
  const operation = { description: 'A word.', path: '/word', params: { of: { description: 'Of what.' } } };
  return presetsOf({
    words: {
      title: 'Words',
      description: 'Words.',
      baseUrl: url,
      default: 'word',
      operations: {
        word: { ...operation, cost: { perCall: 0.1 } },
        half: { ...operation, path: '/half', query: { of: '{{ input.params.of }}' }, cost: { perCall: 0.1 } },
        free: { description: 'A word for nothing.', path: '/free' },
      },
    },
  });
}

const ask = (id: string, data: JsonObject = {}, beside: JsonObject = {}): JsonObject => ({
  ...node(id, 'http', { preset: 'words', ...data }),
  ...beside,
});

async function runWith(document: JsonObject, presets: Awaited<ReturnType<typeof pricedService>>) {
  const events: RunEvent[] = [];
  const parts = { bus: shelfBus(emptyShelf()), log: silentLog, remote: remoteWith({}, { presets }) };
  const result = await createRunner(parts).run(compile(document), { onEvent: (event) => events.push(event) });
  return { result, events, data: asJsonObject(result.ok ? result.data : result.details) };
}

describe('what a run cost', () => {
  it('is the sum of its nodes, by currency and node, those of a loop together', async () => {
    const each: Record<string, Json> = {
      items: ['a', 'b', 'c'],
      nodes: [ask('one', { mapping: { of: '{{ item }}' } })],
    };
    const document = {
      nodes: [
        ask('first', { mapping: { of: 'x' } }),
        ask('own', { operation: 'free' }, { cost: { perCall: 2, currency: 'EUR' } }),
        node('each', 'forEach', each),
        ask('free', { operation: 'free' }),
      ],
    };
    const { data, events } = await runWith(document, await pricedService());
    const costs = [
      { currency: 'USD', totalCost: 0.4, byNode: { first: 0.1, 'each[].one': 0.3 } },
      { currency: 'EUR', totalCost: 2, byNode: { own: 2 } },
    ];
    expect(data.costs).toEqual(costs);
    expect(events.at(-1)).toMatchObject({ event: 'workflow.execution.complete', costs });
  });

  it('counts what was paid before a run failed, and nothing where nothing has a price', async () => {
    const presets = await pricedService();
    const failing = await runWith(
      {
        nodes: [
          ask('paid', { mapping: { of: 'x' } }),
          node('bad', 'audioImport', { filePath: 'no', objectId: 'x' }),
        ],
      },
      presets,
    );
    expect(failing.result.ok).toBe(false);
    expect(failing.data.costs).toEqual([{ currency: 'USD', totalCost: 0.1, byNode: { paid: 0.1 } }]);
    const free = await runWith({ nodes: [ask('free', { operation: 'free' })] }, presets);
    expect(free.data.costs).toBeUndefined();
  });

  it('counts the calls of a list that were answered before one failed', async () => {
    const data = { operation: 'half', items: ['a', 'b', 'c'], itemMapping: { of: 'item' }, concurrency: 1 };
    const { result, data: answer } = await runWith({ nodes: [ask('list', data)] }, await pricedService());
    expect(result).toMatchObject({ ok: false, code: 'SERVICE_REFUSED' });
    expect(answer.costs).toEqual([{ currency: 'USD', totalCost: 0.1, byNode: { list: 0.1 } }]);
  });

  it('goes by the price that the document has, for nodes of any kind', async () => {
    const document = {
      nodes: [
        { ...node('a', 'createSound', { name: 'A' }), cost: { perCall: 0.5, currency: 'USD' } },
        ask('b', { mapping: { of: 'x' } }, { cost: { perCall: 0.25, currency: 'USD' } }),
      ],
    };
    const { data } = await runWith(document, await pricedService());
    expect(data.costs).toEqual([{ currency: 'USD', totalCost: 0.75, byNode: { a: 0.5, b: 0.25 } }]);
  });
});

describe('the time and memory of a run', () => {
  it('are reported of each node and in sum', async () => {
    const { result, data } = await runWith(
      { nodes: [node('a', 'createSound', { name: 'A' })] },
      presetsOf({}),
    );
    const [row] = rowsOf(result);
    expect(row?.durationMs).toBeGreaterThanOrEqual(0);
    expect(row?.peakMemoryBytes).toBeGreaterThan(1_000_000);
    expect(Number(data.peakMemoryBytes)).toBeGreaterThanOrEqual(Number(row?.peakMemoryBytes));
    expect(data.durationMs).toBeGreaterThanOrEqual(0);
  });
});
