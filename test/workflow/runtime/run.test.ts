import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { systemClock } from '../../../src/workflow/runtime/clock.ts';
import type { RunEvent } from '../../../src/workflow/runtime/events/events.ts';
import { createRunner, type Runner } from '../../../src/workflow/runtime/runner.ts';
import { edges, emptyShelf, importWav, node, type Shelf, type ShelfBus, shelfBus } from '../harness.ts';

let shelf: Shelf;
let bus: ShelfBus;
let runner: Runner;

beforeEach(() => {
  shelf = emptyShelf();
  bus = shelfBus(shelf);
  runner = createRunner({ bus, log: silentLog });
});

const compiled = (document: unknown) => compileWorkflow(document, bus);

describe('a run', () => {
  it('executes every node in order and hands values on', async () => {
    const plan = compiled(importWav());
    const result = await runner.run(plan);
    expect(result).toMatchObject({
      ok: true,
      data: {
        executionId: expect.stringMatching(/^exec_[0-9a-f]{28}$/),
        workflowId: plan.workflowId,
        planHash: plan.planHash,
        results: [
          {
            node: 'n1',
            type: 'createSound',
            ok: true,
            memo: 'miss',
            data: { objectId: '{Sound1}', name: 'Sound1' },
          },
          { node: 'n2', type: 'audioImport', ok: true, memo: 'miss' },
          { node: 'n3', type: 'setOutputBus', ok: true, memo: 'miss' },
          { node: 'n4', type: 'projectSave', ok: true, memo: 'off', idemKey: null },
        ],
        waapiCalls: 4,
        durationMs: expect.any(Number),
      },
    });
    expect(shelf.done).toEqual(['create Sound1', 'import Sound1', 'route Sound1', 'save']);
    expect(shelf.objects.get('{Sound1}')).toMatchObject({
      file: 'C:/temp/sound.wav',
      bus: '\\Busses\\Default Work Unit\\Master',
    });
  });

  it('gives an answer that is plain JSON', async () => {
    const result = await runner.run(compiled(importWav()));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('has an id that sorts after those of earlier runs', async () => {
    let clock = 1_700_000_000_000;
    const timed = createRunner({ bus, log: silentLog, clock: { ...systemClock, now: () => (clock += 1) } });
    const ids = [];
    for (let i = 0; i < 20; i += 1) ids.push((await timed.run(compiled(importWav()))).data?.executionId);
    expect([...ids].sort()).toEqual(ids);
  });

  it('finds everything in the memo the second time', async () => {
    const plan = compiled(importWav());
    await runner.run(plan);
    const again = await runner.run(plan);
    expect(again.data?.results).toMatchObject([
      { memo: 'hit' },
      { memo: 'hit' },
      { memo: 'hit' },
      { memo: 'off' },
    ]);
    expect(shelf.done.filter((what) => what !== 'save')).toHaveLength(3);
    expect(again.data?.waapiCalls).toBe(1);
  });

  it('has the memo of every node that is not forced verified ahead, in the order of the plan', async () => {
    const document = {
      workflowId: 'w',
      inputs: { name: { default: 'B' } },
      nodes: [
        node('a', 'createSound', { name: 'A' }),
        node('b', 'createSound', { name: '$input:name' }),
        node('n', 'setNotes', { objectId: '$from:a:$output:id' }),
        node('q', 'query', { type: 'Sound' }),
        node('s', 'projectSave'),
      ],
    };
    await runner.run(compiled(document), { forceRerun: ['a'] });
    expect(bus.prefetched).toMatchObject([
      { command: 'create_sound', scope: 'w/b', node: { id: 'b' } },
      { command: 'set_notes', scope: 'w/n', node: { id: 'n' } },
    ]);
    const [created] = bus.prefetched;
    expect(created?.node?.resolve(() => undefined)).toEqual({ name: 'B' });
  });

  it('does nodes again when asked to', async () => {
    const plan = compiled(importWav());
    await runner.run(plan);
    const some = await runner.run(plan, { forceRerun: ['n2'] });
    expect(some.data?.results).toMatchObject([{ memo: 'hit' }, { memo: 'miss' }, { memo: 'hit' }, {}]);
    const all = await runner.run(plan, { forceRerun: true });
    expect(all.data?.results).toMatchObject([{ memo: 'miss' }, { memo: 'miss' }, { memo: 'miss' }, {}]);
    const wrong = await runner.run(plan, { forceRerun: ['n22'] });
    expect(wrong).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      error: expect.stringContaining('Did you mean "n2"'),
    });
  });
});

describe('values', () => {
  it('keep their type alone and become text inside a longer string', async () => {
    const document = {
      inputs: { level: { type: 'integer' } },
      nodes: [
        node('a', 'createSound', { name: 'A' }),
        node('q', 'query', { type: 'Sound' }),
        node('n', 'setNotes', {
          objectId: '$from:q:$output:objects.0.id',
          notes: '$from:q:$output:total of $from:q:$output:objects[0].name, level $input:level.',
          level: '$input:level',
        }),
      ],
      edges: edges('a q'),
    };
    const result = await runner.run(compiled(document), { input: { level: 3 } });
    expect(result.error).toBeNull();
    expect(shelf.done.at(-1)).toBe('notes A: 1 of A, level 3.');
  });

  it('that a node did not give stop the run at the reader', async () => {
    const document = {
      nodes: [
        node('q', 'query', { type: 'Sound' }),
        node('n', 'setNotes', { objectId: '$from:q:$output:objects.0.id' }),
      ],
    };
    expect(await runner.run(compiled(document))).toMatchObject({
      ok: false,
      code: 'UNRESOLVED_REFERENCE',
      error:
        'Node n (setNotes): $from:q:$output:objects.0.id cannot be resolved. ' +
        'Node "q" gave no "objects.0.id"; it gave: objects, total.',
      details: {
        stopAt: 'n',
        results: [
          { node: 'q', ok: true },
          { node: 'n', ok: false },
        ],
      },
    });
  });

  it.each([
    [{ wav: 'x' }, 'INVALID_INPUT', 'The workflow has no input "wav". Did you mean "wave"?'],
    [{}, 'MISSING_INPUT', 'The workflow input "wave" has no value.'],
    [{ wave: 3 }, 'INVALID_INPUT', 'The workflow input "wave" cannot be 3.'],
    ['x', 'INVALID_INPUT', 'The input of a run must be an object, not a string.'],
  ])('handed in wrongly are refused before anything is done: %j', async (input, code, error) => {
    const document = {
      inputs: { wave: { type: 'string' }, unused: { type: 'number' } },
      nodes: [node('a', 'createSound', { name: '$input:wave' })],
    };
    expect(await runner.run(compiled(document), { input })).toMatchObject({ ok: false, code, error });
    expect(shelf.done).toEqual([]);
  });
});

describe('a run whose node fails', () => {
  it('stops there, keeps what was done and names what was not reached', async () => {
    const result = await runner.run(compiled(importWav('C:/temp/missing.wav')));
    expect(result).toMatchObject({
      ok: false,
      data: null,
      code: 'FILE_NOT_FOUND',
      error: 'Node n2 (audioImport): No file "C:/temp/missing.wav".',
      hint: 'Give the path of a WAV file.',
      details: {
        executionId: expect.stringMatching(/^exec_/),
        stopped: true,
        stopAt: 'n2',
        results: [
          { node: 'n1', ok: true, memo: 'miss' },
          {
            node: 'n2',
            type: 'audioImport',
            ok: false,
            code: 'FILE_NOT_FOUND',
            error: 'No file "C:/temp/missing.wav".',
          },
        ],
        skipped: ['n3', 'n4'],
      },
    });
    expect(shelf.saves).toBe(0);
  });

  it('goes on where it stopped once the mistake is repaired', async () => {
    await runner.run(compiled(importWav('C:/temp/missing.wav')));
    const result = await runner.run(compiled(importWav()));
    expect(result.data?.results).toMatchObject([
      { memo: 'hit' },
      { memo: 'miss' },
      { memo: 'miss' },
      { memo: 'off' },
    ]);
    expect(shelf.done).toEqual(['create Sound1', 'import Sound1', 'route Sound1', 'save']);
  });
});

describe('a cancelled run', () => {
  it('stops before the next node, with what was done', async () => {
    const cancel = new AbortController();
    const result = await runner.run(compiled(importWav()), {
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.event === 'node.execution.complete' && event.nodeId === 'n2') cancel.abort();
      },
    });
    expect(result).toMatchObject({
      ok: false,
      code: 'CANCELLED',
      retryable: true,
      details: {
        stopped: true,
        stopAt: 'n3',
        results: [{ node: 'n1' }, { node: 'n2' }, { node: 'n3', ok: false }],
        skipped: ['n4'],
      },
    });
    expect(shelf.done).toEqual(['create Sound1', 'import Sound1']);
  });

  it('does nothing when it was cancelled before it began', async () => {
    const result = await runner.run(compiled(importWav()), { signal: AbortSignal.abort() });
    expect(result).toMatchObject({
      code: 'CANCELLED',
      details: { stopAt: 'n1', skipped: ['n2', 'n3', 'n4'] },
    });
    expect(shelf.done).toEqual([]);
    expect(bus.prefetched).toEqual([]);
  });
});

describe('events', () => {
  it('report the run as it goes', async () => {
    const events: RunEvent[] = [];
    await runner.run(compiled(importWav('C:/temp/missing.wav')), {
      onEvent: (event) => events.push(event),
      caller: 'cli',
    });
    expect(new Set(events.map(({ executionId }) => executionId)).size).toBe(1);
    expect(events).toMatchObject([
      { event: 'workflow.execution.start', nodeCount: 4, caller: 'cli' },
      { event: 'node.execution.start', nodeId: 'n1', type: 'createSound', index: 0, nodeCount: 4 },
      { event: 'node.execution.complete', nodeId: 'n1', ok: true, memo: 'miss', code: null },
      { event: 'node.execution.start', nodeId: 'n2', index: 1 },
      {
        event: 'node.execution.complete',
        nodeId: 'n2',
        ok: false,
        code: 'FILE_NOT_FOUND',
        durationMs: expect.any(Number),
      },
      { event: 'workflow.execution.complete', ok: false, code: 'FILE_NOT_FOUND', stopAt: 'n2' },
    ]);
  });

  it('are logged under the same names', async () => {
    const lines: unknown[][] = [];
    const record = (...line: unknown[]) => void lines.push(line);
    const log = { debug: record, info: record, warn: record, error: record };
    await createRunner({ bus, log }).run(compiled({ nodes: [node('s', 'projectSave')] }));
    expect(lines.map(([, name]) => name)).toEqual([
      'workflow.execution.start',
      'node.execution.start',
      'node.execution.complete',
      'workflow.execution.complete',
    ]);
    expect(lines[2]?.[0]).toMatchObject({
      nodeId: 's',
      type: 'projectSave',
      duration_ms: expect.any(Number),
      ok: true,
    });
  });

  it('cannot be disturbed by a listener that fails', async () => {
    const result = await runner.run(compiled(importWav()), {
      onEvent: () => {
        throw new Error('listener');
      },
    });
    expect(result.ok).toBe(true);
  });
});
