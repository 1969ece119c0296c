import type { Bus } from '../../src/core/dispatch/bus.ts';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Result } from '../../src/core/result.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import type { Plan } from '../../src/workflow/compiler/plan.ts';
import { createRunner } from '../../src/workflow/runtime/runner.ts';
import { createRuns, type Runs } from '../../src/workflow/runtime/runs.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { compile, emptyShelf, node, type Shelf, shelfBus } from './harness.ts';

/** Runs a document on a shelf. */
export async function runOn(shelf: Shelf, document: JsonObject, input?: Json): Promise<Result> {
  return createRunner({ bus: shelfBus(shelf), log: silentLog }).run(compile(document), { input });
}

/** Runs a document that takes very long, and cancels it as soon as others get their turn. */
export async function cancelledSoon(document: JsonObject): Promise<Result> {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 20);
  const runner = createRunner({ bus: shelfBus(emptyShelf()), log: silentLog });
  return runner.run(compile(document), { signal: abort.signal });
}

/** What became of each node. */
export function rowsOf(result: Result): JsonObject[] {
  return asJsonArray(asJsonObject(result.ok ? result.data : result.details).results).map(asJsonObject);
}

/** What a node gave. */
export function outputOf(result: Result, id: string): JsonObject {
  return asJsonObject(rowsOf(result).find((row) => row.node === id)?.data);
}

/** A node that creates a Sound of its id in upper case: `a` creates A. */
export function madeSound(id: string): JsonObject {
  return node(id, 'createSound', { name: id.toUpperCase() });
}

/** Runs on a shelf that are written down, and whose clock is set by hand. */
export interface ShelfRuns {
  readonly shelf: Shelf;
  readonly bus: Bus;
  readonly clock: HandClock;
  readonly stores: Stores;
  readonly runs: Runs;
  compiled(document: unknown): Plan;
}

/** `stores` must be closed. */
export function openShelfRuns(): ShelfRuns {
  const shelf = emptyShelf();
  const bus = shelfBus(shelf);
  const clock = handClock();
  const stores = openSqliteStores(null);
  const runs = createRuns({ bus, log: silentLog, store: stores.runs, clock });
  return { shelf, bus, clock, stores, runs, compiled: (document) => compileWorkflow(document, bus) };
}

/** A workflow that creates A, waits, creates B and says how long it waited. */
export function waitingFlow(wait: Record<string, Json>): JsonObject {
  return {
    workflowId: 'w',
    nodes: [
      madeSound('a'),
      node('w', 'wait', wait),
      madeSound('b'),
      node('s', 'say', { text: 'Made $from:b:$output:name after $from:w:$output:waitedMs ms' }),
    ],
    edges: [
      { source: 'a', target: 'w' },
      { source: 'w', target: 'b' },
    ],
  };
}
