import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../../src/core/dispatch/bus.ts';
import { WwiseFlowError } from '../../../../src/core/errors.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { failure, type Result } from '../../../../src/core/result.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { resolveReferences } from '../../../../src/workflow/expressions/resolve.ts';
import type { RunOptions } from '../../../../src/workflow/runtime/run-request.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { concurrencyLimit } from '../../../../src/workflow/runtime/schedule/limits.ts';
import { edges, emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';

let shelf: Shelf;
let bus: Bus;

beforeEach(() => {
  shelf = emptyShelf();
  bus = shelfBus(shelf);
});

const run = (document: unknown, options: RunOptions = {}, over: Bus = bus): Promise<Result> =>
  createRunner({ bus: over, log: silentLog }).run(compileWorkflow(document, over), options);

const made = (id: string, more: JsonObject = {}): JsonObject => ({
  ...node(id, 'createSound', { name: id.toUpperCase() }),
  ...more,
});
const missing = (id: string, more: JsonObject = {}): JsonObject => ({
  ...node(id, 'audioImport', { filePath: 'C:/temp/missing.wav', objectId: '{A}' }),
  ...more,
});
const errorEdge = (source: string, target: string) => ({ source, target, sourceHandle: 'error' });
const nodesOf = (rows: unknown) => asJsonArray(rows).map((row) => asJsonObject(row).node);

describe('a workflow that continues after a failure', () => {
  const document = {
    onError: 'continue',
    nodes: [made('a'), missing('x'), made('y'), made('b'), node('s', 'projectSave')],
    edges: edges('a x', 'x y', 'a b'),
  };

  it('leaves out what needs the failed node and goes on with the rest', async () => {
    const result = await run(document);
    expect(result).toMatchObject({
      ok: false,
      code: 'FILE_NOT_FOUND',
      details: { stopped: false, stopAt: 'x', skipped: ['y'] },
    });
    expect(nodesOf(result.ok ? [] : result.details?.results)).toEqual(['a', 'x', 'b', 's']);
    expect(shelf.done).toEqual(['create A', 'create B', 'save']);
  });

  it('reports the first failure in plan order', async () => {
    const twice = { ...document, nodes: [...document.nodes, missing('z')] };
    expect(await run(twice)).toMatchObject({ details: { stopAt: 'x' } });
  });
});

describe('a node that may fail', () => {
  it('lets the run succeed without it', async () => {
    const result = await run({
      nodes: [made('a'), missing('x', { onError: 'continue' }), made('y'), made('b')],
      edges: edges('a x', 'x y'),
    });
    expect(result).toMatchObject({ ok: true, data: { failed: ['x'], skipped: ['y'] } });
    expect(shelf.done).toEqual(['create A', 'create B']);
  });
});

describe('an error edge', () => {
  const document = (import_: JsonObject) => ({
    nodes: [
      made('a'),
      import_,
      node('ok', 'setNotes', { notes: 'imported' }),
      node('bad', 'setNotes', { notes: '$from:x:$error:code: $from:x:$error:error' }),
      node('end', 'projectSave'),
    ],
    edges: [...edges('a x', 'x ok', 'ok end', 'bad end'), errorEdge('x', 'bad')],
  });

  it('is followed when the node fails, and hands on what went wrong', async () => {
    const result = await run(document(missing('x')));
    expect(result).toMatchObject({ ok: true, data: { failed: ['x'], skipped: ['ok'] } });
    expect(shelf.done).toEqual([
      'create A',
      'notes A: FILE_NOT_FOUND: No file "C:/temp/missing.wav".',
      'save',
    ]);
  });

  it('is not followed when all goes well', async () => {
    const result = await run(
      document(node('x', 'audioImport', { filePath: 'C:/temp/sound.wav', objectId: '{A}' })),
    );
    expect(result).toMatchObject({ ok: true, data: { skipped: ['bad'] } });
    expect(shelf.done).toEqual(['create A', 'import A', 'notes A: imported', 'save']);
  });

  it('is in the status by its reason, and what is not on it by another', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-'));
    const stores = openSqliteStores(dir);
    const store = stores.runs;
    try {
      const runs = createRuns({ bus, log: silentLog, store });
      const ended = runs.start(
        compileWorkflow(
          document(node('x', 'audioImport', { filePath: 'C:/temp/sound.wav', objectId: '{A}' })),
          bus,
        ),
      );
      await ended.done;
      const broken = runs.start(
        compileWorkflow({ nodes: [missing('x'), made('y'), made('z')], edges: edges('x y', 'y z') }, bus),
        {},
      );
      await broken.done;
      const continued = runs.start(
        compileWorkflow(
          { onError: 'continue', nodes: [missing('x'), made('y'), made('z')], edges: edges('x y', 'y z') },
          bus,
        ),
      );
      await continued.done;
      const skips = async ({ executionId }: { executionId: string }) =>
        Object.fromEntries(
          (await runs.status(executionId)).nodes.flatMap(({ node: id, skip }) => (skip ? [[id, skip]] : [])),
        );
      expect(await skips(ended)).toEqual({ bad: { reason: 'nothing-failed', catches: ['x'] } });
      expect(await skips(broken)).toEqual({});
      expect(await skips(continued)).toEqual({
        y: { reason: 'source-missing', source: 'x', ended: 'failed' },
        z: { reason: 'source-missing', source: 'y', ended: 'skipped' },
      });
    } finally {
      await stores.close();
      rmSync(dir, { recursive: true });
    }
  });

  it('feeds its target from before the failed node', () => {
    const plan = compileWorkflow(document(missing('x')), bus);
    expect(plan.nodes.find(({ id }) => id === 'bad')).toMatchObject({
      catches: ['x'],
      after: [],
      input: { objectId: '$from:a:$output:objectId' },
    });
  });

  it('makes what only the branch not taken would give a reason to be left out', async () => {
    const result = await run({
      nodes: [
        made('a'),
        made('b'),
        node('n', 'setNotes', { objectId: '$from:b:$output:id', notes: 'x' }),
        made('c'),
      ],
      edges: [errorEdge('a', 'b'), ...edges('a n')],
    });
    expect(result).toMatchObject({ ok: true, data: { skipped: ['b', 'n'] } });
    expect(shelf.done).toEqual(['create A', 'create C']);
  });
});

/** A bus whose queries wait, and fail as often as asked. */
function troubledBus(failures: WwiseFlowError[]): Bus & { attempts: number; mostAtOnce: number } {
  const inner = shelfBus(shelf);
  let atOnce = 0;
  const troubled = {
    ...inner,
    get callCount() {
      return inner.callCount;
    },
    attempts: 0,
    mostAtOnce: 0,
    dispatch: async (name: string, input: unknown, options = {}) => {
      if (name !== 'query') return inner.dispatch(name, input, options);
      troubled.attempts += 1;
      atOnce += 1;
      troubled.mostAtOnce = Math.max(troubled.mostAtOnce, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      atOnce -= 1;
      const trouble = failures.shift();
      return trouble === undefined ? inner.dispatch(name, input, options) : failure(trouble);
    },
  };
  return troubled;
}
const trouble = (code: 'WAAPI_LOCKED' | 'OUTCOME_UNKNOWN' | 'WAAPI_ERROR') =>
  new WwiseFlowError(code, 'trouble', { hint: 'wait' });
const query = (id: string, more: JsonObject = {}) => ({ ...node(id, 'query', { type: 'Sound' }), ...more });
const retry = { maxRetries: 2, initialDelayMs: 1, jitter: false };

describe('a retry policy', () => {
  it('tries again what may pass by itself', async () => {
    const over = troubledBus([trouble('WAAPI_LOCKED'), trouble('WAAPI_LOCKED')]);
    expect(await run({ nodes: [query('q', { retry })] }, {}, over)).toMatchObject({ ok: true });
    expect(over.attempts).toBe(3);
  });

  it('gives up after as many times as it says, with the last failure', async () => {
    const over = troubledBus([1, 2, 3].map(() => trouble('WAAPI_LOCKED')));
    expect(await run({ nodes: [query('q', { retry })] }, {}, over)).toMatchObject({ code: 'WAAPI_LOCKED' });
    expect(over.attempts).toBe(3);
  });

  it.each(['OUTCOME_UNKNOWN', 'WAAPI_ERROR'] as const)('never repeats %s', async (code) => {
    const over = troubledBus([trouble(code)]);
    expect(await run({ nodes: [query('q', { retry })] }, {}, over)).toMatchObject({ code });
    expect(over.attempts).toBe(1);
  });

  it('keeps to the codes it lists', async () => {
    const over = troubledBus([trouble('WAAPI_LOCKED')]);
    const only = { ...retry, codes: ['WAAPI_TIMEOUT'] };
    expect(await run({ nodes: [query('q', { retry: only })] }, {}, over)).toMatchObject({
      code: 'WAAPI_LOCKED',
    });
    expect(over.attempts).toBe(1);
  });

  it('waits no longer once the run is cancelled', async () => {
    const over = troubledBus([trouble('WAAPI_LOCKED')]);
    const slow = { maxRetries: 1, initialDelayMs: 600_000, maxDelayMs: 600_000 };
    const cancel = new AbortController();
    const answer = run({ nodes: [query('q', { retry: slow })] }, { signal: cancel.signal }, over);
    setTimeout(() => cancel.abort(), 20);
    expect(await answer).toMatchObject({ code: 'CANCELLED', details: { stopAt: 'q' } });
  });
});

describe('reads', () => {
  const reads = Array.from({ length: 20 }, (_, index) => query(`q${index}`));

  it('overlap up to the limit, and answer in plan order', async () => {
    const over = troubledBus([]);
    const result = await run({ nodes: reads }, { concurrency: 5 }, over);
    expect(over.mostAtOnce).toBe(5);
    expect(nodesOf(result.data?.results)).toEqual(reads.map((read) => asJsonObject(read).id));
  });

  it('overlap as far as the workflow itself says, and no more than all runs together may', async () => {
    const over = troubledBus([]);
    await run({ concurrency: 2, nodes: reads }, {}, over);
    expect(over.mostAtOnce).toBe(2);
    const crowd = troubledBus([]);
    const stores = openSqliteStores(null);
    const store = stores.runs;
    const runs = createRuns({ bus: crowd, log: silentLog, store, reads: concurrencyLimit(3) });
    const plan = compileWorkflow({ nodes: reads }, crowd);
    const ended = await Promise.all([1, 2, 3].map(() => runs.start(plan).done));
    await stores.close();
    expect(ended.every(({ ok }) => ok)).toBe(true);
    expect(crowd.mostAtOnce).toBe(3);
  });

  it('that end well after the run was cancelled do not make it a success', async () => {
    const over = troubledBus([]);
    const cancel = new AbortController();
    const onEvent: RunOptions['onEvent'] = ({ event }) => {
      if (event === 'node.execution.complete') cancel.abort();
    };
    const answer = await run({ concurrency: 3, nodes: reads }, { signal: cancel.signal, onEvent }, over);
    expect(answer).toMatchObject({ ok: false, code: 'CANCELLED', details: { stopped: true } });
    expect(over.attempts).toBeLessThan(20);
  });

  it('begin no faster than the workflow says, and are cancelled while they wait', async () => {
    const over = troubledBus([]);
    const cancel = new AbortController();
    const onEvent: RunOptions['onEvent'] = ({ event }) => {
      if (event === 'node.execution.complete') cancel.abort();
    };
    const answer = run({ maxPerSecond: 1, nodes: reads }, { signal: cancel.signal, onEvent }, over);
    expect(await answer).toMatchObject({ code: 'CANCELLED' });
  });

  it.each([
    ['all of the server', { limits: { maxPerSecond: 1 } }, {}, ['one', 'two']],
    ['those of one workflow', {}, { maxPerSecond: 1 }, ['same', 'same']],
  ])('begin no faster than is wanted for %s, however many runs there are', async (_, parts, more, ids) => {
    const over = troubledBus([]);
    const stores = openSqliteStores(null);
    const store = stores.runs;
    const wasLate: (boolean | undefined)[] = [];
    const watched: Bus = {
      ...over,
      dispatch: (name, input, options) => {
        wasLate.push(options?.signal?.aborted);
        return over.dispatch(name, input, options);
      },
    };
    const runs = createRuns({ bus: watched, log: silentLog, store, ...parts });
    const [first, second] = ids.map((workflowId) =>
      compileWorkflow({ workflowId, nodes: [query('q')], ...more }, over),
    );
    if (first === undefined || second === undefined) throw new Error('No plans.');
    const cancel = new AbortController();
    const leading = runs.start(first).done.finally(() => cancel.abort());
    const waiting = runs.start(second, { signal: cancel.signal }).done;
    expect(await leading).toMatchObject({ ok: true });
    await waiting;
    // The second waited for its turn until it was asked not to, wherever it stood then.
    expect([[false], [false, true]]).toContainEqual(wasLate);
    await stores.close();
  });

  it.each([{ concurrency: 0 }, { concurrency: 1.5 }, { maxPerSecond: 'many' }])(
    'are refused the limit %o',
    (limit) => {
      expect(() => compileWorkflow({ nodes: reads, ...limit }, bus)).toThrow(
        /"(concurrency|maxPerSecond)" cannot be/,
      );
    },
  );

  it('never overlap a change, whichever comes first in the plan', async () => {
    const over = troubledBus([]);
    const result = await run({ nodes: [made('a'), query('q'), made('b'), query('r')] }, {}, over);
    expect(result.data?.results).toMatchObject([{}, { data: { total: 1 } }, {}, { data: { total: 2 } }]);
    expect(shelf.done).toEqual(['create A', 'query Sound', 'create B', 'query Sound']);
  });

  it('that are under way finish when one of them fails, and nothing new begins', async () => {
    const over = troubledBus([trouble('WAAPI_ERROR')]);
    const result = await run({ nodes: reads }, { concurrency: 3 }, over);
    expect(result).toMatchObject({ code: 'WAAPI_ERROR', details: { stopAt: 'q0' } });
    expect(nodesOf(result.ok ? [] : result.details?.results)).toEqual(['q0', 'q1', 'q2']);
  });
});

describe('a time limit', () => {
  /** Answers only when it is asked to stop, as the connection does. */
  const stuckBus = (): Bus => ({
    ...bus,
    dispatch: (_name, _input, options = {}) =>
      new Promise((resolve) => {
        const stop = () =>
          resolve(failure(new WwiseFlowError('CANCELLED', 'stopped', { hint: 'Call again.' })));
        options.signal?.addEventListener('abort', stop, { once: true });
      }),
  });

  it('of a node stops the node', async () => {
    expect(await run({ nodes: [query('q', { timeoutMs: 5 })] }, {}, stuckBus())).toMatchObject({
      code: 'TIMEOUT',
      error: 'Node q (query): It took longer than its limit of 5 ms and was stopped.',
    });
  });

  it('of the workflow stops the run', async () => {
    expect(await run({ timeoutMs: 5, nodes: [query('q'), query('r')] }, {}, stuckBus())).toMatchObject({
      code: 'CANCELLED',
      error: expect.stringContaining('The run took longer than its limit of 5 ms'),
    });
  });
});

describe('a batched unit', () => {
  /** Executes the items one after the other, and stops behind the first that fails. */
  const batching = (): Bus & { readonly batched: string[][] } => {
    const batched: string[][] = [];
    return {
      ...bus,
      callCount: 0,
      batched,
      dispatchBatch: async (items, options) => {
        batched.push(items.map(({ nodeId }) => nodeId));
        const results = new Map<string, Result>();
        const output = (id: string) => results.get(id)?.data ?? undefined;
        for (const { nodeId, command, input, scope, forceRerun } of items) {
          const resolved = resolveReferences(input, {
            output,
            inputs: {},
            around: { vars: {}, globals: {}, secret: String },
          });
          const result = await bus.dispatch(command, resolved, { ...options, scope, forceRerun });
          results.set(nodeId, result);
          if (!result.ok) break;
        }
        return results;
      },
    };
  };
  const document = (...more: readonly JsonObject[]) => ({
    workflowId: 'w',
    nodes: [
      made('z'),
      made('a'),
      node('n', 'setNotes', {
        objectId: '$from:a:$output:id',
        notes: '$from:a:$output:name after $from:z:$output:name',
      }),
      ...more,
      node('s', 'projectSave'),
    ],
    edges: more.map((last) => ({ source: 'n', target: String(last.id) })),
  });

  it('is executed by one dispatch that gets its inner references unresolved', async () => {
    const over = batching();
    const plan = { ...compileWorkflow(document(), bus), units: [['z'], ['a', 'n'], ['s']] };
    const result = await createRunner({ bus: over, log: silentLog }).run(plan);
    expect(nodesOf(result.data?.results)).toEqual(['z', 'a', 'n', 's']);
    expect(over.batched).toEqual([['a', 'n']]);
    expect(shelf.done).toEqual(['create Z', 'create A', 'notes A: A after Z', 'save']);
  });

  it('names its culprit and leaves out what comes behind it', async () => {
    const over = batching();
    const plan = { ...compileWorkflow(document(missing('x')), bus), units: [['z'], ['a', 'n', 'x'], ['s']] };
    expect(await createRunner({ bus: over, log: silentLog }).run(plan)).toMatchObject({
      code: 'FILE_NOT_FOUND',
      details: { stopAt: 'x', skipped: ['s'] },
    });
  });

  it('falls apart where nothing is batched, or where the order of the units is not that of the edges', async () => {
    const plan = compileWorkflow(document(), bus);
    await createRunner({ bus, log: silentLog }).run({ ...plan, units: [['z'], ['a', 'n'], ['s']] });
    const over = batching();
    const wrong = {
      ...plan,
      units: [
        ['n', 's'],
        ['z', 'a'],
      ],
    };
    expect(await createRunner({ bus: over, log: silentLog }).run(wrong)).toMatchObject({ ok: true });
    expect(over.batched).toEqual([]);
  });
});
