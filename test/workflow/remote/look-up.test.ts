import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { presetsOf, remoteWith } from './run-remote.ts';

const presets = presetsOf({
  shop: {
    title: 'Shop',
    description: 'Takes orders, and can be asked for one by its reference.',
    baseUrl: 'http://127.0.0.1:1',
    default: 'order',
    operations: {
      order: {
        description: 'One order.',
        method: 'POST',
        path: '/orders',
        params: { what: { description: 'What.', required: true } },
        body: { reference: '{{ input.key }}', what: '{{ input.params.what }}' },
        answer: { output: { id: 'input.body.id' } },
        repeat: {
          lookUp: {
            path: '/orders',
            query: { reference: '{{ input.key }}' },
            found: 'size(input.body.orders) > 0',
            body: 'input.body.orders[0]',
          },
        },
      },
    },
  },
});

let stores: Stores;
beforeEach(() => {
  stores = openSqliteStores(null);
});
afterEach(() => stores.close());

/** A shop that goes silent at the first order: after it took it, or before. */
async function orderAtSilentShop(takesIt: boolean) {
  const orders: { id: string; reference: string }[] = [];
  let isSilent = true;
  let heard: (() => void) | undefined;
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const { url, asked } = await standIn((app) => {
    app.post('/orders', async (c) => {
      const { reference } = await c.req.json();
      const order = { id: `o${orders.length + 1}`, reference };
      if (!isSilent || takesIt) orders.push(order);
      if (!isSilent) return c.json(order);
      isSilent = false;
      heard?.();
      return new Promise<Response>(() => {});
    });
    app.get('/orders', (c) =>
      c.json({ orders: orders.filter(({ reference }) => reference === c.req.query('reference')) }),
    );
  });
  const runs = () =>
    createRuns({
      bus: shelfBus(emptyShelf()),
      log: silentLog,
      store: stores.runs,
      remote: remoteWith({}, { presets }),
    });
  const cutOff = runs();
  const data = { preset: 'shop', url, mapping: { what: 'rain' } };
  const { executionId } = cutOff.start(compile({ nodes: [node('order', 'http', data)] }));
  await first;
  // The journal is that of a process that was killed here: the request was sent, and nothing says what became of it.
  const later = runs();
  const resumed = await later.resume(executionId);
  const result = await resumed.done;
  later.close();
  cutOff.close();
  return { result, asked, orders };
}

describe('a request that was under way when the process ended, at a service that can be asked for it', () => {
  it('is not sent again where it took effect, and gives what it would have answered', async () => {
    const { result, asked, orders } = await orderAtSilentShop(true);
    expect(result).toMatchObject({ ok: true, data: { results: [{ data: { id: 'o1' } }] } });
    expect(asked).toEqual(['POST /orders', 'GET /orders']);
    expect(orders).toHaveLength(1);
  });

  it('is sent again where it did not, by the same key', async () => {
    const { result, asked, orders } = await orderAtSilentShop(false);
    expect(result).toMatchObject({ ok: true, data: { results: [{ data: { id: 'o1' } }] } });
    expect(asked).toEqual(['POST /orders', 'GET /orders', 'POST /orders']);
    expect(orders).toEqual([{ id: 'o1', reference: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  });
});
