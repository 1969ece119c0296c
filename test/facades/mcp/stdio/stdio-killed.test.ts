import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { createEngine } from '../../../../src/embedded/create-engine.ts';
import type { Engine } from '../../../../src/embedded/engine.ts';
import { embeddedFunctions } from '../../../../src/embedded/functions/catalog.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { startWaapiServer, type WaapiServer } from '../../../../src/embedded/server/start-waapi-server.ts';
import { sample } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { writeTone } from '../../../harness/wave.ts';
import { type StdioClient, startServer } from './stdio-client.ts';

describe('a server that is killed in the middle of a run, while Wwise lives on', () => {
  let dir = '';
  let engine: Engine;
  let waapi: WaapiServer;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-killed-'));
    const projectPath = join(dir, 'Game', 'Game.wproj');
    freshProject(projectPath);
    writeTone(join(dir, 'wavs', 'step.wav'));
    const openedProject = await openProject(projectPath);
    const functions = embeddedFunctions({ productVersion: '0', installDir: dir, userDir: dir });
    engine = createEngine({ openProject: openedProject, functions, log: silentLog });
    waapi = await startWaapiServer({ engine, wampPort: 0, httpPort: null, log: silentLog });
  });
  afterEach(async () => {
    await waapi.close();
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const start = (): Promise<StdioClient> =>
    startServer('2026-07-28', ['--wwise', waapi.wampUrl ?? '', '--state', join(dir, 'state')], dir);

  const workflow = {
    workflowId: 'first-import',
    nodes: [
      {
        id: 'n1',
        type: 'createSound',
        data: { name: 'Step', parentPath: '\\Containers\\Default Work Unit' },
      },
      { id: 'n2', type: 'audioImport', data: { filePath: 'wavs/step.wav' } },
      { id: 'n3', type: 'setProperty', data: { property: 'Volume', value: -6 } },
      { id: 'n4', type: 'projectSave', data: {} },
    ],
    edges: [
      { source: 'n1', target: 'n2' },
      { source: 'n1', target: 'n3' },
    ],
  };

  it.each(sample([2, 1, 3], 1))(
    'after node %i, finds on the next run what was done and goes on from there',
    async (after) => {
      const doomed = await start();
      const onProgress = ({ progress }: { progress: number }) => {
        if (progress >= after) process.kill(doomed.pid, 'SIGKILL');
      };
      await doomed.call('workflow_run', { workflow }, { onProgress }).catch(() => undefined);
      await doomed.close().catch(() => undefined);

      const client = await start();
      const result = await client.call('workflow_run', { workflow });
      expect(result).toMatchObject({ ok: true });
      const rows = asJsonArray(asJsonObject(result.data).results).map(asJsonObject);
      // Everything reported before the kill is a hit; what came after may have happened or not.
      expect(rows.slice(0, after).map((row) => row.memo)).toEqual(['hit', 'hit', 'hit'].slice(0, after));
      const found = await client.call('query_waql', { query: '$ from type Sound where name : "Step"' });
      expect(found).toMatchObject({ ok: true, data: { total: 1 } });
      const originals = readdirSync(join(dir, 'Game', 'Originals', 'SFX'), { recursive: true }).map(String);
      expect(originals.filter((file) => file.endsWith('.wav'))).toHaveLength(1);
      await client.close();
    },
  );

  it('notices a value that was changed and an object that was deleted in between', async () => {
    const client = await start();
    await client.call('workflow_run', { workflow });
    const sound = '\\Containers\\Default Work Unit\\Step';
    const louder = await client.call('set_property', { objectId: sound, property: 'Volume', value: -12 });
    expect(louder).toMatchObject({ ok: true });
    const again = await client.call('workflow_run', { workflow });
    const memos = (result: typeof again) =>
      asJsonArray(asJsonObject(result.data).results).map((row) => asJsonObject(row).memo);
    expect(memos(again)).toEqual(['hit', 'hit', 'stale', 'off']);
    await client.call('delete_object', { objectId: sound });
    const anew = await client.call('workflow_run', { workflow });
    expect(anew).toMatchObject({ ok: true });
    expect(memos(anew)[0]).toBe('stale');
    await client.close();
  });
});
