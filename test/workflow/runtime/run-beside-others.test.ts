import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRuns, type Runs } from '../../../src/workflow/runtime/runs.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';
import { node } from '../harness.ts';

const parentPath = '\\Containers\\Default Work Unit';

function withRuns(work: (room: ProjectRoom & { readonly runs: Runs }) => Promise<void>): Promise<void> {
  return withProject(async (room) => {
    const stateDir = join(room.dir, 'state');
    mkdirSync(stateDir);
    const stores = openSqliteStores(stateDir);
    const store = stores.runs;
    try {
      await work({ ...room, runs: createRuns({ bus: room.bus, log: silentLog, store, stateDir }) });
    } finally {
      await stores.close();
    }
  });
}

const names = async (room: ProjectRoom) => {
  const { objects } = await room.done('query_waql', { query: '$ from type Sound orderby name' });
  return JSON.parse(JSON.stringify(objects)).map((object: { name: string }) => object.name);
};

describe('a direct edit while a run is going on', () => {
  it('becomes an undo step of its own, behind the run', () =>
    withRuns(async (room) => {
      let direct: Promise<unknown> | undefined;
      const flow = {
        name: 'Three',
        nodes: ['A', 'B', 'C'].map((name) => node(name, 'create_sound', { name, parentPath })),
      };
      const { done } = room.runs.start(compileWorkflow(flow, room.bus), {
        onEvent: (event) => {
          // The group is open by then: the first node has made its change.
          if (event.event === 'node.execution.complete')
            direct ??= room.bus.dispatch('create_sound', { name: 'Direct', parentPath });
        },
      });
      expect(await done).toMatchObject({ ok: true });
      expect(await direct).toMatchObject({ ok: true });
      expect(await names(room)).toEqual(['A', 'B', 'C', 'Direct']);
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await names(room)).toEqual(['A', 'B', 'C']);
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await names(room)).toEqual([]);
    }));

  it('survives when the run is rolled back', () =>
    withRuns(async (room) => {
      let direct: Promise<unknown> | undefined;
      const flow = {
        name: 'Fails',
        onError: 'rollback',
        nodes: [
          node('a', 'create_sound', { name: 'A', parentPath }),
          node('b', 'set_property', { objectId: '$from:a:$output:id', property: 'Volum', value: 1 }),
        ],
      };
      const { done } = room.runs.start(compileWorkflow(flow, room.bus), {
        onEvent: (event) => {
          if (event.event === 'node.execution.complete')
            direct ??= room.bus.dispatch('create_sound', { name: 'Direct', parentPath });
        },
      });
      expect(await done).toMatchObject({ ok: false, details: { rolledBack: ['a'] } });
      expect(await direct).toMatchObject({ ok: true });
      expect(await names(room)).toEqual(['Direct']);
    }));

  it('that only reads does not wait', () =>
    withRuns(async (room) => {
      const giveBack = await room.bus.project?.takeTurn();
      const group = await room.bus.project?.openUndoGroup();
      expect(await names(room)).toEqual([]);
      await group?.end('Nothing');
      giveBack?.();
    }));
});

describe('a rollback of an import', () => {
  it('finds its file where the path was given relative to the allowed directory', () =>
    withRuns(async (room) => {
      writeTone(join(room.dir, 'wavs', 'step.wav'));
      const flow = {
        nodes: [
          node('a', 'create_sound', { name: 'A', parentPath }),
          node('b', 'audio_import', { filePath: 'wavs/step.wav', objectId: '$from:a:$output:id' }),
        ],
      };
      const { executionId, done } = room.runs.start(compileWorkflow(flow, room.bus));
      expect(await done).toMatchObject({ ok: true });
      const rolledBack = await room.runs.rollback(executionId);
      expect(rolledBack).toMatchObject({ ok: true, data: { verified: true, notRolledBack: [] } });
      expect(asJsonObject(rolledBack.data).removedFiles).toEqual([expect.stringContaining('step.wav')]);
    }));
});
