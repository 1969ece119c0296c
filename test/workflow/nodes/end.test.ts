import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { compile, edges, emptyShelf, node, type Shelf, shelfBus } from '../harness.ts';
import { madeSound, runOn } from '../shelf-runs.ts';

let shelf: Shelf;
beforeEach(() => {
  shelf = emptyShelf();
});

const run = (document: JsonObject, input?: JsonObject) => runOn(shelf, document, input);

describe('an end', () => {
  const stop = node('stop', 'end', { message: 'Made $from:a:$output:name' });

  it('finishes what is listed before it, begins nothing after it, and says why', async () => {
    const result = await run({ nodes: [madeSound('a'), madeSound('b'), stop, madeSound('c')] });
    expect(result).toMatchObject({
      ok: true,
      data: { endedBy: 'stop', skipped: ['c'], messages: [{ node: 'stop', text: 'Made A' }] },
    });
    expect(shelf.done).toEqual(['create A', 'create B']);
  });

  it('ends a run as failed, whatever the workflow says of failures', async () => {
    for (const onError of ['stop', 'continue']) {
      shelf = emptyShelf();
      const failing = node('stop', 'end', { status: 'failed', message: 'Nothing to do.' });
      expect(await run({ onError, nodes: [madeSound('a'), failing, madeSound('b')] })).toMatchObject({
        ok: false,
        code: 'RUN_ENDED',
        error: 'Node stop (end): Nothing to do.',
        details: { stopAt: 'stop', skipped: ['b'] },
      });
      expect(shelf.done).toEqual(['create A']);
    }
  });

  it('on a way that is not taken ends nothing', async () => {
    const branch = node('x', 'branch', { condition: { of: '$input:stop', operator: 'isTrue' } });
    const document = {
      inputs: { stop: { type: 'boolean' } },
      nodes: [branch, node('stop', 'end'), madeSound('a')],
      edges: [
        { source: 'x', target: 'stop', sourceHandle: 'true' },
        { source: 'x', target: 'a', sourceHandle: 'false' },
      ],
    };
    expect(await run(document, { stop: false })).toMatchObject({ ok: true, data: { skipped: ['stop'] } });
    expect(await run(document, { stop: true })).toMatchObject({ data: { skipped: ['a'], endedBy: 'stop' } });
    expect(shelf.done).toEqual(['create A']);
  });

  it('is no change too late for the save before it', () => {
    expect(
      compile({ nodes: [madeSound('a'), node('end', 'end'), madeSound('b')], edges: edges('a end') })
        .warnings,
    ).toEqual([]);
  });

  it('is why the status says that the others were skipped', async () => {
    const stores = openSqliteStores(null);
    const runs = createRuns({ bus: shelfBus(shelf), log: silentLog, store: stores.runs });
    const started = runs.start(compile({ nodes: [node('stop', 'end'), madeSound('a')] }));
    await started.done;
    expect(await runs.status(started.executionId)).toMatchObject({
      state: 'done',
      nodes: [{ state: 'done' }, { node: 'a', state: 'skipped' }],
    });
    stores.close();
  });
});
