import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';
import { edges, node } from '../harness.ts';

const bus = '\\Busses\\Default Work Unit\\Main Audio Bus';

function importWav(filePath: string) {
  return {
    nodes: [
      node('n1', 'createSound', { name: 'Sound1', parentPath: '\\Actor-Mixer Hierarchy\\Default Work Unit' }),
      node('n2', 'audioImport', { filePath }),
      node('n3', 'setOutputBus', { busPath: bus }),
      node('n4', 'projectSave'),
    ],
    edges: edges('n1 n2', 'n1 n3', 'n3 n4'),
  };
}

function run(room: ProjectRoom, filePath: string) {
  const runner = createRunner({ bus: room.bus, log: silentLog });
  return runner.run(compileWorkflow(importWav(filePath), room.bus));
}

describe('"import a WAV into a new Sound" on a real project', () => {
  it('is done once, however often it is run', async () => {
    await withProject(async (room) => {
      const filePath = join(room.dir, 'step.wav');
      writeTone(filePath);
      const first = await run(room, filePath);
      expect(first.error).toBeNull();
      expect(first.data?.results).toMatchObject([
        { memo: 'miss' },
        { memo: 'miss' },
        { memo: 'miss' },
        { memo: 'off' },
      ]);
      const again = await run(room, filePath);
      expect(again.data?.results).toMatchObject([
        { memo: 'hit' },
        { memo: 'hit' },
        { memo: 'hit' },
        { memo: 'off' },
      ]);
      const { total } = await room.done('query_waql', { query: '$ from type Sound' });
      expect(total).toBe(1);
    });
  });

  it('stops at a missing file and goes on from there', async () => {
    await withProject(async (room) => {
      const filePath = join(room.dir, 'late.wav');
      expect(await run(room, filePath)).toMatchObject({
        ok: false,
        code: 'FILE_NOT_FOUND',
        details: {
          stopped: true,
          stopAt: 'n2',
          skipped: ['n3', 'n4'],
          results: [{ node: 'n1', ok: true }, { node: 'n2' }],
        },
      });
      writeTone(filePath);
      const repaired = await run(room, filePath);
      expect(repaired.data?.results).toMatchObject([{ memo: 'hit' }, { memo: 'miss' }, { memo: 'miss' }, {}]);
    });
  });

  it('notices when its Sound was deleted in between', async () => {
    await withProject(async (room) => {
      const filePath = join(room.dir, 'step.wav');
      writeTone(filePath);
      await run(room, filePath);
      await room.done('delete_object', { objectId: '\\Containers\\Default Work Unit\\Sound1' });
      const again = await run(room, filePath);
      expect(again.error).toBeNull();
      expect(again.data?.results).toMatchObject([
        { memo: 'stale' },
        { ok: true },
        { ok: true },
        { ok: true },
      ]);
      const { total } = await room.done('query_waql', { query: '$ from type Sound' });
      expect(total).toBe(1);
    });
  });
});
