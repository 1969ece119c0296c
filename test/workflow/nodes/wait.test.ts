import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../src/core/dispatch/bus.ts';
import { silentLog } from '../../../src/core/log.ts';
import type { Stores } from '../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { createRuns, type Runs } from '../../../src/workflow/runtime/runs.ts';
import { type HandClock, handClock } from '../hand-clock.ts';
import { edges, emptyShelf, node, shelfBus } from '../harness.ts';

const hour = 3_600_000;
let clock: HandClock;
let bus: Bus;
let stores: Stores;
let runs: Runs;

beforeEach(() => {
  clock = handClock();
  bus = shelfBus(emptyShelf());
  stores = openSqliteStores(null);
  runs = createRuns({ bus, log: silentLog, store: stores.runs, clock });
});
afterEach(() => stores.close());

const compiled = (document: unknown) => compileWorkflow(document, bus);
const waiting = (data: Parameters<typeof node>[2]) =>
  compiled({
    workflowId: 'w',
    nodes: [
      node('a', 'createSound', { name: 'A' }),
      node('w', 'wait', data),
      node('b', 'createSound', { name: 'B' }),
      node('s', 'say', { text: 'Made $from:b:$output:name after $from:w:$output:waitedMs ms' }),
    ],
    edges: edges('a w', 'w b'),
  });

it('a short wait holds the run instead', async () => {
  const { executionId, done } = runs.start(waiting({ forMs: 2_000 }));
  const begun = async (): Promise<void> => {
    const { nodes } = await runs.status(executionId);
    if (nodes[1]?.state !== 'suspended') return begun();
  };
  await begun();
  expect(await runs.status(executionId)).toMatchObject({ state: 'running', counts: { suspended: 1 } });
  clock.set(1_002_000);
  expect(await done).toMatchObject({ ok: true, data: { messages: [{ text: 'Made B after 2000 ms' }] } });
});

it('a time gone by does not wait', async () => {
  const result = await runs.start(waiting({ until: '1970-01-01T00:00:01Z' })).done;
  expect(result).toMatchObject({ ok: true });
  expect(result.data?.state).toBeUndefined();
});

it('a preview waits for nothing', async () => {
  const runner = createRunner({ bus, log: silentLog, clock, isPreview: true });
  const result = await runner.run(waiting({ forMs: hour }));
  expect(result).toMatchObject({ ok: true, data: { messages: [{ text: 'Made B after 0 ms' }] } });
});

describe('compiling', () => {
  it('a wait takes one of its two inputs', () => {
    expect(() => waiting({})).toThrow(/forMs|until/);
    expect(() => waiting({ forMs: 1, until: '2026-11-29T18:30:00Z' })).toThrow('both');
    expect(() => waiting({ until: 'tomorrow' })).toThrow('offset');
  });

  it('warns of a wait that nothing comes after', () => {
    const plan = compiled({ nodes: [node('w', 'wait', { forMs: 1 })] });
    expect(plan.warnings).toEqual([expect.stringContaining('Nothing comes after w')]);
    expect(plan).toMatchObject({ waapiCalls: 0, nodes: [{ kind: 'wait', effect: 'none' }] });
  });
});
