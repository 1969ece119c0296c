import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { node } from '../harness.ts';
import { openShelfRuns, type ShelfRuns, waitingFlow } from '../shelf-runs.ts';

const hour = 3_600_000;
let room: ShelfRuns;

beforeEach(() => {
  room = openShelfRuns();
});
afterEach(() => room.stores.close());
const waiting = (data: Record<string, Json>) => room.compiled(waitingFlow(data));

it('a short wait holds the run instead', async () => {
  const { executionId, done } = room.runs.start(waiting({ forMs: 2_000 }));
  const begun = async (): Promise<void> => {
    const { nodes } = await room.runs.status(executionId);
    if (nodes[1]?.state === 'suspended') return;
    // The run gives way by a turn of the event loop; asking again at once would never let it go on.
    await nextTurn();
    return begun();
  };
  await begun();
  expect(await room.runs.status(executionId)).toMatchObject({ state: 'running', counts: { suspended: 1 } });
  room.clock.set(1_002_000);
  expect(await done).toMatchObject({ ok: true, data: { messages: [{ text: 'Made B after 2000 ms' }] } });
});

it('a time gone by does not wait', async () => {
  const result = await room.runs.start(waiting({ until: '1970-01-01T00:00:01Z' })).done;
  expect(result).toMatchObject({ ok: true });
  expect(result.data?.state).toBeUndefined();
});

it('a preview waits for nothing', async () => {
  const runner = createRunner({ bus: room.bus, clock: room.clock, log: silentLog, isPreview: true });
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
    const plan = room.compiled({ nodes: [node('w', 'wait', { forMs: 1 })] });
    expect(plan.warnings).toEqual([expect.stringContaining('Nothing comes after w')]);
    expect(plan).toMatchObject({ waapiCalls: 0, nodes: [{ kind: 'wait', effect: 'none' }] });
  });
});
