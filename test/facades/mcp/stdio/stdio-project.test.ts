import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { sample } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { writeTone } from '../../../harness/wave.ts';
import { type Era, type StdioClient, startServer } from './stdio-client.ts';

const eras: readonly Era[] = ['2026-07-28', '2025 (sdk 1.x)'];
const nodeIds = ['n1', 'n2', 'n3', 'n4'];

describe('the stdio server on a project file', () => {
  let dir = '';
  let projectPath = '';
  let wavPath = '';
  let clients: StdioClient[] = [];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-stdio-'));
    projectPath = join(dir, 'Game', 'Game.wproj');
    wavPath = join(dir, 'wavs', 'step.wav');
    freshProject(projectPath);
    writeTone(wavPath);
    clients = [];
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close().catch(() => undefined)));
    rmSync(dir, { recursive: true, force: true });
  });

  async function start(era: Era = '2026-07-28'): Promise<StdioClient> {
    const client = await startServer(era, ['--project', projectPath, '--state', join(dir, 'state')], dir);
    clients.push(client);
    return client;
  }

  const workflow = () => ({
    workflowId: 'first-import',
    nodes: [
      {
        id: 'n1',
        type: 'createSound',
        data: { name: 'Step', parentPath: '\\Containers\\Default Work Unit' },
      },
      { id: 'n2', type: 'audioImport', data: { filePath: wavPath } },
      {
        id: 'n3',
        type: 'setOutputBus',
        data: { busPath: '\\Master-Mixer Hierarchy\\Default Work Unit\\Main Audio Bus' },
      },
      { id: 'n4', type: 'projectSave', data: {} },
    ],
    edges: [
      { source: 'n1', target: 'n2' },
      { source: 'n1', target: 'n3' },
      { source: 'n3', target: 'n4' },
    ],
  });

  const rows = (result: JsonObject, part: 'data' | 'details' = 'data') =>
    asJsonArray(asJsonObject(result[part]).results).map(asJsonObject);

  async function soundsNamedStep(client: StdioClient): Promise<readonly unknown[]> {
    const result = await client.call('query_waql', { query: '$ from type Sound where name : "Step"' });
    return asJsonArray(asJsonObject(result.data).objects);
  }

  it.each(eras)('runs the import of a WAV into a new Sound, then finds everything done (%s)', async (era) => {
    const client = await start(era);
    const compiled = await client.call('workflow_compile', { workflow: workflow() });
    expect(compiled).toMatchObject({ ok: true, data: { addedEdges: [{ source: 'n2', target: 'n4' }] } });

    const first = await client.call('workflow_run', { workflow: workflow() }, { onProgress: () => {} });
    const events = [...client.progress];
    expect(first).toMatchObject({ ok: true });
    expect(rows(first).map((row) => [row.ok, row.memo])).toEqual([
      [true, 'miss'],
      [true, 'miss'],
      [true, 'miss'],
      [true, 'off'],
    ]);
    expect(events.map((event) => event.message.split(' ')[0]).sort()).toEqual(nodeIds);
    expect(events.map((event) => event.progress)).toEqual(
      events.map((event) => event.progress).toSorted((a, b) => a - b),
    );

    const before = hashes(join(dir, 'Game'));
    const second = await client.call('workflow_run', { workflow: workflow() });
    expect(rows(second).map((row) => row.memo)).toEqual(['hit', 'hit', 'hit', 'off']);
    expect(hashes(join(dir, 'Game'))).toEqual(before);
    expect(await soundsNamedStep(client)).toHaveLength(1);
  });

  it('answers the same call of a command from the memo, and does it again when asked to', async () => {
    const client = await start();
    const args = { name: 'Step', parentPath: '\\Containers\\Default Work Unit', onNameConflict: 'rename' };
    const first = await client.call('create_sound', args);
    expect(first).toMatchObject({ ok: true, memo: 'miss' });
    expect(await client.call('create_sound', args)).toMatchObject({
      ok: true,
      memo: 'hit',
      data: first.data,
    });
    const again = await client.call('create_sound', { ...args, forceRerun: true });
    expect(again).toMatchObject({ ok: true });
    expect(asJsonObject(again.data).id).not.toBe(asJsonObject(first.data).id);
  });

  it('stops at the first failure and says where, why and what was done', async () => {
    const client = await start();
    const broken = workflow();
    const busPath = '\\Busses\\Default Work Unit\\Main Audio Buss';
    const nodes = broken.nodes.map((node) => (node.id === 'n3' ? { ...node, data: { busPath } } : node));
    const result = await client.call('workflow_run', { workflow: { ...broken, nodes } });
    expect(result).toMatchObject({
      ok: false,
      code: 'OBJECT_NOT_FOUND',
      details: { stopped: true, stopAt: 'n3' },
    });
    expect(result.hint).toBeTruthy();
    expect(rows(result, 'details').find((row) => row.node === 'n1')).toMatchObject({ ok: true });
  });

  it('cancels a run when the client does', async () => {
    const client = await start();
    const count = 200;
    // A node with a time limit of its own is executed alone, not in one call with its neighbours.
    const nodes = Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      type: 'createSound',
      data: { name: `Many_${index}`, parentPath: '\\Containers\\Default Work Unit' },
      timeoutMs: 60_000,
    }));
    const abort = new AbortController();
    const run = client.call(
      'workflow_run',
      { workflow: { workflowId: 'many', nodes, edges: [] } },
      { signal: abort.signal, onProgress: () => abort.abort() },
    );
    await expect(run).rejects.toThrow();
    const made = await client.call('query_waql', {
      query: '$ from type Sound where name : "Many_"',
      limit: 500,
    });
    const { total } = asJsonObject(made.data);
    expect(Number(total)).toBeGreaterThan(0);
    expect(Number(total)).toBeLessThan(count);
  });

  it.each(sample([2, 1, 3], 1))(
    'killed after node %i and started again, ends with one object and one file',
    async (killAfter) => {
      const doomed = await start();
      const died = doomed.call(
        'workflow_run',
        { workflow: workflow() },
        {
          onProgress: ({ progress }) => {
            if (progress >= killAfter) process.kill(doomed.pid, 'SIGKILL');
          },
        },
      );
      // The last node may already be done when the signal arrives: both endings are fine.
      await died.catch(() => undefined);
      await doomed.close().catch(() => undefined);

      const client = await start();
      const result = await client.call('workflow_run', { workflow: workflow() });
      expect(result).toMatchObject({ ok: true });
      expect(rows(result).map((row) => row.node)).toEqual(expect.arrayContaining(nodeIds));
      expect(await soundsNamedStep(client)).toHaveLength(1);
      const originals = readdirSync(join(dir, 'Game', 'Originals', 'SFX'), { recursive: true }).map(String);
      expect(originals.filter((file) => file.endsWith('.wav'))).toHaveLength(1);
    },
  );

  it('ends when the client closes its end, and gives the project free', async () => {
    const first = await start();
    await first.call('project_info', {});
    await first.close();
    const second = await start();
    expect(await second.call('project_info', {})).toMatchObject({ ok: true });
  });
});

function hashes(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}
