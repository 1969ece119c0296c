import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from '../../../../src/core/dispatch/bus.ts';
import { WwiseFlowError } from '../../../../src/core/errors.ts';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { failure, type Result } from '../../../../src/core/result.ts';
import type { RunStore } from '../../../../src/core/stores/run-store.ts';
import { nextTurn } from '../../../../src/core/turns/turns.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRemote } from '../../../../src/workflow/remote/remote.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { randomCases } from '../../../harness/amount.ts';
import { inLongTurns } from '../../../harness/long-turns.ts';
import { type StandIn, startStandIn } from '../../../harness/stand-in-service.ts';
import { emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';

/** One node, or several of a loop; numbers choose among what is there. */
type Step =
  | { readonly kind: 'create' | 'when'; readonly holds: boolean }
  | { readonly kind: 'notes' | 'say'; readonly of: number }
  | { readonly kind: 'branch'; readonly holds: boolean; readonly length: number }
  | {
      readonly kind: 'loop';
      readonly items: number;
      readonly concurrency: number;
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'rows' | 'filter' | 'transform' | 'merge'; readonly of: number }
  | { readonly kind: 'sub'; readonly steps: readonly Step[] }
  | { readonly kind: 'ask' | 'handoff' | 'service'; readonly of: number }
  | { readonly kind: 'query' | 'save' | 'end' };

const { steps: someSteps } = fc.letrec<{ steps: readonly Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 6, depthIdentifier: 'flow' }),
  step: fc.oneof(
    { depthIdentifier: 'flow', maxDepth: 2 },
    fc.record({ kind: fc.constantFrom('create', 'when'), holds: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('notes', 'say'), of: fc.nat({ max: 9 }) }),
    fc.record({ kind: fc.constant('branch'), holds: fc.boolean(), length: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constantFrom('query', 'save', 'end') }),
    fc.record({ kind: fc.constantFrom('ask', 'handoff', 'service'), of: fc.nat({ max: 9 }) }),
    fc.record({ kind: fc.constantFrom('rows', 'filter', 'transform', 'merge'), of: fc.nat({ max: 9 }) }),
    fc.record({ kind: fc.constant('sub'), steps: tie('steps') }),
    fc.record({
      kind: fc.constant('loop'),
      items: fc.nat({ max: 4 }),
      concurrency: fc.nat({ max: 3 }),
      steps: tie('steps'),
    }),
  ) as fc.Arbitrary<Step>,
}));

/** Nodes and edges of steps; `prefix` keeps ids apart, `loops` are those around them. */
function graphOf(
  steps: readonly Step[],
  prefix: string,
  loops: readonly string[],
): { nodes: Json[]; edges: Json[] } {
  const nodes: Json[] = [];
  const edges: Json[] = [];
  const made: string[] = [];
  /** Nodes that give a list of numbers. */
  const lists: string[] = [];
  let way: { readonly from: string; readonly port: string; left: number } | undefined;
  const indexes = loops.map((loop) => `_{{ nodes.${loop}.index }}`).join('');
  for (const [at, step] of steps.entries()) {
    const id = `${prefix}${at}`;
    const previous = at === 0 ? undefined : `${prefix}${at - 1}`;
    if (way !== undefined && way.left > 0) {
      edges.push({ source: way.from, target: id, sourceHandle: way.port });
      way.left -= 1;
    } else if (previous !== undefined && at % 2 === 0 && way?.from !== previous) {
      edges.push({ source: previous, target: id });
    }
    if (step.kind === 'create' || step.kind === 'when') {
      const create = node(id, 'createSound', { name: `${id}${indexes}` });
      nodes.push(step.kind === 'when' ? { ...create, when: step.holds } : create);
      made.push(id);
    } else if (step.kind === 'notes' || step.kind === 'say') {
      const target = made[step.of % Math.max(1, made.length)];
      const data: Record<string, Json> =
        target === undefined ? { text: id } : { text: `$from:${target}:$output:name` };
      const isNotes = step.kind === 'notes' && target !== undefined;
      nodes.push(
        isNotes
          ? node(id, 'setNotes', { objectId: `$from:${target}:$output:id`, notes: id })
          : node(id, 'say', data),
      );
    } else if (step.kind === 'branch') {
      nodes.push(node(id, 'branch', { condition: step.holds }));
      way = { from: id, port: step.length % 2 === 0 ? 'true' : 'false', left: step.length };
    } else if (step.kind === 'loop') {
      const inside = graphOf(step.steps, `${id}x`, [...loops, id]);
      const items = Array.from({ length: step.items }, (_, index) => index);
      const concurrency = step.concurrency === 0 ? {} : { concurrency: step.concurrency };
      nodes.push(node(id, 'forEach', { items, ...inside, ...concurrency }));
    } else if (step.kind === 'sub') {
      nodes.push(node(id, 'subworkflow', { ...graphOf(step.steps, `${id}y`, []) }));
    } else if (isAboutRows(step)) {
      nodes.push(rowsNode(id, step, lists));
      lists.push(id);
    } else if (isAlone(step)) nodes.push(aloneNode(id, step));
  }
  return { nodes, edges };
}

type AloneStep = Extract<
  Step,
  { readonly kind: 'ask' | 'handoff' | 'service' } | { readonly kind: 'query' | 'save' | 'end' }
>;

function isAlone(step: Step): step is AloneStep {
  return ['ask', 'handoff', 'service', 'query', 'save', 'end'].includes(step.kind);
}

/** A node of its own: one that asks a person or a service, ends the run, or concerns the project as a whole. */
function aloneNode(id: string, step: AloneStep): JsonObject {
  if (step.kind === 'ask') return node(id, 'askUser', { template: { fields: [volume, loop] } });
  if (step.kind === 'handoff') return node(id, 'handoff', { role: 'lead', text: `How is ${id}?` });
  if (step.kind === 'service') return node(id, 'http', { url: `${service.url}/words/${step.of}` });
  if (step.kind === 'end') return node(id, 'end', { message: id });
  return step.kind === 'save' ? node(id, 'projectSave') : node(id, 'query', { type: 'Sound' });
}

const volume = { name: 'volume', type: 'number', unit: 'dB' };
const loop = { name: 'loop', type: 'yesNo' };

/** What a person says to a question, by how manieth of its node it is: nothing of use, one value, the other. */
const said = (question: string): string => {
  const number = Number(question.slice(question.lastIndexOf('#') + 1));
  return ['purple', '-6 dB', 'no'][(number - 1) % 3] ?? '';
};

type RowsStep = Extract<Step, { readonly kind: 'rows' | 'filter' | 'transform' | 'merge' }>;

function isAboutRows(step: Step): step is RowsStep {
  return ['rows', 'filter', 'transform', 'merge'].includes(step.kind);
}

/** A node that gives numbers, by what an earlier one gave where there is one. */
function rowsNode(id: string, { kind, of }: RowsStep, lists: readonly string[]): JsonObject {
  const [one, other] = [lists[of % Math.max(1, lists.length)], lists[(of + 1) % Math.max(1, lists.length)]];
  if (kind === 'rows' || one === undefined || other === undefined)
    return node(id, 'input', { source: 'static', value: Array.from({ length: of }, (_, index) => index) });
  const items = `$from:${one}:$output:items`;
  if (kind === 'filter') return node(id, 'filter', { items, where: `item > ${of}` });
  if (kind === 'transform')
    return node(id, 'transform', { items, operations: [{ type: 'map', transformation: `item * ${of}` }] });
  return node(id, 'merge', { strategy: 'append', sources: [...new Set([one, other])], field: 'items' });
}

let service: StandIn;
beforeAll(async () => {
  service = await startStandIn((app) => {
    app.get('/words/:of', (context) => context.json({ word: `about ${context.req.param('of')}` }));
  });
});
afterAll(() => service.close());

/** What came of a run: what it made, and what its nodes gave. */
interface Outcome {
  readonly objects: readonly string[];
  readonly rows: JsonObject;
  readonly code: string | null;
}

const onShelf = (shelf: Shelf): string[] => [...shelf.objects.keys()].sort();

function outcomeOf(shelf: Shelf, result: Result): Outcome {
  const rows = asJsonArray(asJsonObject(result.ok ? result.data : result.details).results).map(asJsonObject);
  const byNode = Object.fromEntries(rows.map((row) => [String(row.node), row.data ?? row.code ?? null]));
  return { objects: onShelf(shelf), rows: byNode, code: result.code };
}

const runsOver = (bus: Bus, store: RunStore): Runs =>
  createRuns({ bus, log: silentLog, store, remote: createRemote({}) });

/** A store whose writes take some turns each, one after the other, as a store has them in the order they are asked for. */
function inSlowTurns(store: RunStore, delays: Iterator<number>): RunStore {
  let last: Promise<unknown> = Promise.resolve();
  const slowly =
    <A extends readonly unknown[], R>(write: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      const written = last.then(async () => {
        for (let turns = Number(delays.next().value ?? 0); turns > 0; turns -= 1) await nextTurn();
        return write(...given);
      });
      last = written.catch(() => undefined);
      return written;
    };
  const { append, end, suspend, answer, claim, reopen } = store;
  return {
    ...store,
    append: slowly(append),
    end: slowly(end),
    suspend: slowly(suspend),
    answer: slowly(answer),
    claim: slowly(claim),
    reopen: slowly(reopen),
  };
}

/** Answers what a run asks, one question after the other, and resumes it where it stands still, until it has ended. */
async function driven(runs: Runs, store: RunStore, executionId: string): Promise<Result> {
  for (;;) {
    const { state, waiting = [], result } = await runs.status(executionId);
    if (state !== 'suspended' && state !== 'interrupted')
      return result ?? failure(new WwiseFlowError('INTERNAL', state, { hint: '' }));
    const known = new Set((await store.answers(executionId)).map(({ question }) => question));
    const [open] = waiting.map(({ question }) => String(question)).filter((question) => !known.has(question));
    const goOn =
      state === 'interrupted' || open === undefined
        ? runs.resume(executionId, { takeOver: true })
        : runs.answer(executionId, { question: open, value: said(open) });
    await (await goOn).done;
  }
}

/** Problems of a random document are the author's: such a one is left out. */
function compiles(document: JsonObject): boolean {
  try {
    compileWorkflow(document, shelfBus(emptyShelf()));
    return true;
  } catch {
    return false;
  }
}

/** `delays`: how many turns each record of the journal takes. */
async function runOnce(
  document: JsonObject,
  concurrency: number,
  delays?: Iterator<number>,
): Promise<Outcome & { done: string[] }> {
  const shelf = emptyShelf();
  const bus = shelfBus(shelf);
  const stores = openSqliteStores(null);
  const runs = runsOver(bus, delays === undefined ? stores.runs : inSlowTurns(stores.runs, delays));
  const { executionId, done } = runs.start(compileWorkflow(document, bus), { concurrency });
  await done;
  const result = await driven(runs, stores.runs, executionId);
  stores.close();
  const changes = shelf.done.filter((what) => !what.startsWith('query'));
  return { ...outcomeOf(shelf, result), done: changes };
}

/** A journal whose process ends at this record: nothing after it is written, and nobody hears of it. */
function endingAt(
  store: RunStore,
  at: number,
): { store: RunStore; ended: Promise<void>; count: () => number } {
  let records = 0;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const append: RunStore['append'] = async (...record) => {
    records += 1;
    if (records <= at) return store.append(...record);
    end();
    return new Promise<void>(() => {});
  };
  const never = (): Promise<never> => new Promise(() => {});
  const unlessOver =
    <A extends readonly unknown[], R>(write: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      if (records < at) return write(...given);
      end();
      return never();
    };
  const dying: RunStore = {
    ...store,
    append,
    end: unlessOver(store.end),
    suspend: unlessOver(store.suspend),
    answer: unlessOver(store.answer),
    claim: unlessOver(store.claim),
    reopen: unlessOver(store.reopen),
  };
  return { store: dying, ended, count: () => records };
}

async function killedAndResumed(document: JsonObject, at: number): Promise<Outcome> {
  const shelf = emptyShelf();
  const bus = shelfBus(shelf);
  const stores = openSqliteStores(null);
  const dying = endingAt(stores.runs, at);
  const plan = compileWorkflow(document, bus);
  const first = runsOver(bus, dying.store);
  const { executionId, done } = first.start(plan);
  await Promise.race([dying.ended, done.then(() => driven(first, dying.store, executionId))]);
  const runs = runsOver(bus, stores.runs);
  const { state } = await runs.status(executionId);
  expect(['interrupted', 'suspended', 'done', 'failed']).toContain(state);
  const result = await driven(runs, stores.runs, executionId);
  const status = await runs.status(executionId);
  expect(status.counts.pending + status.counts.running + status.counts.suspended).toBe(0);
  const outcome = outcomeOf(shelf, result);
  stores.close();
  return outcome;
}

const flows = someSteps
  .map((steps): JsonObject => ({ workflowId: 'w', ...graphOf(steps, 'n', []) }))
  .filter(compiles);

it('random branches and loops give the same project and rows, one node at a time or many, on a thread that others need or not', async () => {
  await fc.assert(
    fc.asyncProperty(flows, fc.infiniteStream(fc.nat({ max: 4 })), async (document, delays) => {
      const single = await runOnce(document, 1);
      const parallel = await runOnce(document, 16, delays[Symbol.iterator]());
      expect(parallel).toEqual(single);
      const busy = await inLongTurns(() => runOnce(document, 16, delays[Symbol.iterator]()));
      expect(busy).toEqual(single);
    }),
    { ...randomCases(25, 300), endOnFailure: true },
  );
});

it('random branches and loops give the same project and rows, killed at any record and resumed, or not', async () => {
  await fc.assert(
    fc.asyncProperty(flows, fc.nat({ max: 14 }), fc.boolean(), async (document, at, isBusy) => {
      const whole = await runOnce(document, 8);
      const kill = () => killedAndResumed(document, at);
      const resumed = isBusy ? await inLongTurns(kill) : await kill();
      expect(resumed.objects).toEqual(whole.objects);
      // What reads the project sees it as it is when it is asked again.
      const lasting = (rows: JsonObject) =>
        Object.entries(rows).filter(([, data]) => asJsonObject(data).objects === undefined);
      expect(Object.fromEntries(lasting(resumed.rows))).toEqual(Object.fromEntries(lasting(whole.rows)));
      expect(resumed.code).toBe(whole.code);
    }),
    { ...randomCases(25, 300), endOnFailure: true },
  );
});
