import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../../src/core/dispatch/bus.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Stores } from '../../../../src/core/stores/stores.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { withProject } from '../../../harness/project.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';
import { edges, emptyShelf, node, type Shelf, shelfBus } from '../../harness.ts';

const day = 86_400_000;
let dir: string;
let shelf: Shelf;
let bus: Bus;
let stores: Stores;
let runs: Runs;
let nowMs: number;

beforeEach(() => {
  dir = newTempDir('large-outputs');
  nowMs = 100 * day;
  shelf = emptyShelf();
  bus = shelfBus(shelf);
  stores = openSqliteStores(dir, { now: () => nowMs });
  runs = runsOver(bus);
});
afterEach(async () => {
  await stores.close();
  rmSync(dir, { recursive: true, force: true });
});

const clock = { now: () => nowMs, at: () => () => {} };
const runsOver = (over: Bus, outputCapBytes = 40) =>
  createRuns({
    bus: over,
    log: silentLog,
    store: stores.runs,
    artifacts: stores.artifacts,
    stateDir: dir,
    clock,
    outputCapBytes,
  });
const artifactsOnDisk = () =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.parentPath.includes('artifacts'),
  ).length;

const queried = [
  node('a', 'createSound', { name: 'A' }),
  node('q', 'query', { type: 'Sound' }),
  node('n', 'setNotes', { objectId: '$from:q:$output:objects.0.id', notes: 'found' }),
];
const document = { workflowId: 'w', nodes: queried, edges: edges('a q', 'q n') };
/** The same, until a file is there that the last node needs. */
const stopping = {
  ...document,
  nodes: [
    ...queried.slice(0, 2),
    node('i', 'audioImport', { filePath: 'C:/later.wav', objectId: '$from:q:$output:objects.0.id' }),
  ],
  edges: edges('a q', 'q i'),
};
const start = async (flow: JsonObject) => {
  const { executionId, done } = runs.start(compileWorkflow(flow, bus));
  return { executionId, result: await done };
};
const rowOf = (result: { readonly data: JsonObject | null; readonly details?: JsonObject }, id: string) =>
  asJsonArray(result.data?.results ?? result.details?.results)
    .map(asJsonObject)
    .find((row) => row.node === id);
const rowsIn = (result: object) => JSON.parse(JSON.stringify(result));

describe('an output over the cap', () => {
  it('is an artifact that the answer names, and other nodes read it', async () => {
    const { executionId, result } = await start(document);
    const id = `output/default/${executionId}/q`;
    expect(rowOf(rowsIn(result), 'q')).toMatchObject({
      data: {},
      artifact: { id, bytes: expect.any(Number), contentType: 'application/json' },
    });
    const kept = JSON.parse(Buffer.from((await stores.artifacts.get(id)) ?? []).toString('utf8'));
    expect(kept).toMatchObject({ objects: [{ name: 'A' }], total: 1 });
    expect(shelf.done).toEqual(['create A', 'query Sound', 'notes A: found']);
  });

  it('stays in its row where there is no store, or under the cap', async () => {
    const plan = compileWorkflow(document, bus);
    const alone = await createRunner({ bus, log: silentLog, outputCapBytes: 1 }).run(plan);
    expect(rowOf(rowsIn(alone), 'q')).toMatchObject({ data: { total: 1 } });
    runs = runsOver(bus, 10_000);
    expect(rowOf(rowsIn((await start(document)).result), 'q')).toMatchObject({ data: { total: 1 } });
    expect(artifactsOnDisk()).toBe(0);
  });

  it('is read back by a resume, also in a later process, without being asked for again', async () => {
    const { executionId, result } = await start(stopping);
    expect(result).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND' });
    await stores.close();
    stores = openSqliteStores(dir, { now: () => nowMs });
    runs = runsOver(bus);
    shelf.files.add('C:/later.wav');
    const resumed = await (await runs.resume(executionId)).done;
    expect(resumed).toMatchObject({ ok: true });
    expect(rowOf(rowsIn(resumed), 'q')).toMatchObject({
      reused: true,
      artifact: { bytes: expect.any(Number) },
    });
    expect(shelf.done).toEqual(['create A', 'query Sound', 'import A']);
  });

  it('that was lost fails the node that reads it, until the node that gave it is executed again', async () => {
    const { executionId } = await start(stopping);
    await stores.artifacts.removeRuns([executionId]);
    shelf.files.add('C:/later.wav');
    const resumed = await (await runs.resume(executionId)).done;
    expect(resumed).toMatchObject({
      ok: false,
      code: 'ARTIFACT_NOT_FOUND',
      hint: expect.stringContaining('from'),
    });
    expect(await (await runs.resume(executionId, { from: 'q' })).done).toMatchObject({ ok: true });
  });

  it('fails its node when it cannot be written', async () => {
    const full = new Error('ENOSPC: no space left on device');
    const artifacts = { ...stores.artifacts, put: () => Promise.reject(full) };
    runs = createRuns({ bus, log: silentLog, store: stores.runs, artifacts, outputCapBytes: 40 });
    const { result } = await start(document);
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('no space left') });
  });
});

it('an output that looks as one that was written to a file stays what it is', async () => {
  const lookalike = { artifact: join(dir, 'somewhere.json'), bytes: 3 };
  const odd: Bus = {
    ...bus,
    dispatch: async (name, input, options) => {
      const result = await bus.dispatch(name, input, options);
      return name === 'query' && result.ok ? { ...result, data: { ...lookalike } } : result;
    },
  };
  runs = runsOver(odd, 10_000);
  const { executionId, result } = await start({
    workflowId: 'w',
    nodes: [
      node('q', 'query', { type: 'Sound' }),
      node('bad', 'audioImport', { filePath: 'C:/no.wav', objectId: '{A}' }),
    ],
  });
  expect(rowOf(rowsIn(result), 'q')).toMatchObject({ data: lookalike });
  const resumed = await (await runs.resume(executionId)).done;
  expect(rowOf(rowsIn(resumed), 'q')).toMatchObject({ data: lookalike, reused: true });
});

describe('a journal of version 2, which had such outputs as files', () => {
  /** As that version wrote a run that stopped behind its second node, in a state directory that was moved since. */
  async function writeOldRun(): Promise<string> {
    const executionId = 'exec_00000000000100000000000000';
    const plan = compileWorkflow({ ...stopping, nodes: stopping.nodes.slice(1), edges: edges('q i') }, bus);
    await stores.runs.begin({
      ...{ executionId, workflowId: 'w', name: null, planHash: plan.planHash, plan, input: null },
      ...{ caller: 'mcp', owner: '1:gone', startedAtMs: 1, journalVersion: 2 },
    });
    shelf.objects.set('{A}', { name: 'A', type: 'Sound', parent: '\\Containers', bus: '', file: '' });
    mkdirSync(join(dir, 'runs', executionId), { recursive: true });
    writeFileSync(
      join(dir, 'runs', executionId, 'q-12345678.json'),
      JSON.stringify({ objects: [{ id: '{A}', name: 'A' }], total: 1 }),
    );
    const row = { ok: true, memo: 'miss', idemKey: null, durationMs: 1 };
    const spilled = { artifact: `C:\\old\\state\\runs\\${executionId}\\q-12345678.json`, bytes: 51 };
    await stores.runs.append(
      executionId,
      [{ node: 'q', state: 'done', atMs: 3, detail: { node: 'q', ...row, data: spilled, changed: false } }],
      'powerSafe',
    );
    const failed = { ok: false, error: 'Gone.', code: 'FILE_NOT_FOUND', hint: 'Look.', retryable: false };
    await stores.runs.end(executionId, 'failed', 4, failed);
    return executionId;
  }

  it('is gone on with, and has the version of today from then on', async () => {
    const executionId = await writeOldRun();
    shelf.files.add('C:/later.wav');
    const resumed = await (await runs.resume(executionId)).done;
    expect(resumed).toMatchObject({ ok: true });
    expect(shelf.done).toEqual(['import A']);
    expect(await stores.runs.get(executionId)).toMatchObject({ state: 'done', journalVersion: 4 });
  });
});

describe('gc', () => {
  it('removes artifacts with their run', async () => {
    const { executionId } = await start(document);
    expect(artifactsOnDisk()).toBeGreaterThan(0);
    expect(await runs.gc(1)).toEqual({ runs: 0, artifacts: 0 });
    expect(await stores.artifacts.list(executionId)).not.toEqual([]);
    nowMs += 2 * day;
    const listed = (await stores.artifacts.list(executionId)).length;
    expect(await runs.gc(1)).toEqual({ runs: 1, artifacts: listed });
    expect(artifactsOnDisk()).toBe(0);
  });

  it('removes artifacts of the oldest runs that are over until the rest fit, and leaves the runs', async () => {
    const first = await start(document);
    nowMs += 1_000;
    const second = await start(document);
    const bytesOf = async ({ executionId }: { readonly executionId: string }) =>
      (await stores.artifacts.list(executionId)).reduce((sum, { bytes }) => sum + bytes, 0);
    const [oldest, newest] = [await bytesOf(first), await bytesOf(second)];
    expect(oldest).toBeGreaterThan(0);
    expect(await runs.gc(30, oldest + newest)).toEqual({ runs: 0, artifacts: 0 });
    expect(await runs.gc(30, newest)).toMatchObject({ runs: 0 });
    expect([await bytesOf(first), await bytesOf(second)]).toEqual([0, newest]);
    expect(await runs.status(first.executionId)).toMatchObject({ state: 'done' });
    const failed = await start(stopping);
    await runs.gc(30, 0);
    expect([await bytesOf(second), (await bytesOf(failed)) > 0]).toEqual([0, true]);
  });

  it('removes what no run names: of a run that is gone, and of a node that was not written down as done', async () => {
    const { executionId } = await start(stopping);
    const put = (run: string, name: string, kind = 'output') =>
      stores.artifacts.put(
        { kind, run, name, contentType: 'text/plain', expiresAtMs: null },
        new TextEncoder().encode('x'),
        'killSafe',
      );
    await put('exec_gone', 'q');
    const data = { text: 'x'.repeat(300_000) };
    await stores.memo.complete({ key: 'k', command: 'import_files', data, claims: [] });
    await put(executionId, 'cut-off');
    await put(executionId, 'report', 'report');
    await stores.runs.reopen(executionId, {
      ...{ owner: '2147483647:gone', plan: {}, planHash: '', input: null, journalVersion: 3 },
    });
    nowMs += 2 * day;
    await put(executionId, 'new');
    expect(await runs.gc(1)).toEqual({ runs: 0, artifacts: 2 });
    const names = (await stores.artifacts.list(executionId)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['q', 'report', 'new']));
    expect(names).not.toContain('cut-off');
    expect(await stores.artifacts.list('exec_gone')).toEqual([]);
    // The memo names what is its own.
    expect(await stores.memo.get('k')).toMatchObject({ data });
  });
});

describe('a rollback of a run whose outputs are all artifacts', () => {
  it.each(['at once', 'later'])('takes everything back, %s', (when) =>
    withProject(async (room) => {
      const stateDir = join(room.dir, 'state');
      const own = openSqliteStores(stateDir);
      const { runs: store, artifacts } = own;
      const wav = join(room.dir, 'wavs', 'step.wav');
      writeTone(wav);
      const over = createRuns({
        bus: room.bus,
        log: silentLog,
        store,
        artifacts,
        stateDir,
        outputCapBytes: 1,
      });
      const parentPath = '\\Containers\\Default Work Unit';
      const nodes = [
        node('s', 'create_sound', { name: 'Step', parentPath }),
        node('i', 'audio_import', { filePath: wav, objectId: '$from:s:$output:id' }),
        node('v', 'set_property', { objectId: '$from:s:$output:id', property: 'Volume', value: -3 }),
        ...(when === 'later'
          ? []
          : [
              node('bad', 'set_property', {
                objectId: '{00000000-0000-0000-0000-000000000001}',
                property: 'Volume',
                value: 1,
              }),
            ]),
      ];
      const plan = compileWorkflow(
        { nodes, edges: edges('v bad').slice(when === 'later' ? 1 : 0), onError: 'rollback' },
        room.bus,
      );
      const { executionId, done } = over.start(plan);
      const result = await done;
      expect(await artifacts.list(executionId)).toHaveLength(3);
      if (when === 'at once')
        expect(result).toMatchObject({ ok: false, details: { rolledBack: ['s', 'i', 'v'] } });
      else {
        await room.done('create_sound', { name: 'Later', parentPath });
        expect(await over.rollback(executionId)).toMatchObject({
          ok: true,
          data: { how: 'inverse', rolledBack: ['s', 'i', 'v'], notRolledBack: [], verified: true },
        });
      }
      expect(await room.refused('get_object', { objectId: `${parentPath}\\Step` })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
      await own.close();
    }),
  );
});
