import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { type ProjectRoom, withProject } from '../../../harness/project.ts';
import { writeTone } from '../../../harness/wave.ts';
import { node } from '../../harness.ts';

const parentPath = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

function withRuns(
  work: (room: ProjectRoom & { readonly runs: Runs; readonly wav: string }) => Promise<void>,
): Promise<void> {
  return withProject(async (room) => {
    const stateDir = join(room.dir, 'state');
    const stores = openSqliteStores(stateDir);
    const store = stores.runs;
    const wav = join(room.dir, 'wavs', 'step.wav');
    writeTone(wav);
    try {
      await work({ ...room, wav, runs: createRuns({ bus: room.bus, log: silentLog, store, stateDir }) });
    } finally {
      await stores.close();
    }
  });
}

/** Runs it, lets somebody else change the project, and rolls it back. */
async function rolledBackLater(room: ProjectRoom & { readonly runs: Runs }, nodes: readonly JsonObject[]) {
  const plan = compileWorkflow({ nodes }, room.bus);
  const { executionId, done } = room.runs.start(plan);
  expect(await done).toMatchObject({ ok: true });
  await room.done('create_sound', { name: 'Later', parentPath });
  return { plan, result: await room.runs.rollback(executionId) };
}

describe('what only Undo in a running Wwise rolls back', () => {
  it('is marked in the plan, and put back by a later rollback with --project', () =>
    withRuns(async (room) => {
      const old = String((await room.done('create_sound', { name: 'Old', parentPath })).id);
      await room.done('create_sound', { name: 'Doomed', parentPath });
      const { plan, result } = await rolledBackLater(room, [
        node('new', 'create_sound', { name: 'New', parentPath }),
        node('inNew', 'audio_import', { filePath: room.wav, objectId: '$from:new:$output:id' }),
        node('inOld', 'audio_import', { filePath: room.wav, objectId: old }),
        node('merged', 'create_sound', { name: 'Old', parentPath, onNameConflict: 'merge' }),
        node('gone', 'delete_object', { objectId: `${parentPath}\\Doomed` }),
        node('loud', 'set_property', { objectId: old, property: 'Volume', value: -3 }),
      ]);
      const marked = ['gone'];
      expect(plan.undoOnly?.map((mark) => mark.node)).toEqual(marked);
      expect(result).toMatchObject({
        ok: true,
        data: { how: 'inverse', rolledBack: ['new', 'inNew', 'inOld', 'merged', 'gone', 'loud'] },
      });
      await room.done('get_object', { objectId: `${parentPath}\\Doomed` });
      // Nothing plays the file any more.
      expect(result.data).toMatchObject({ removedFiles: [expect.stringContaining('step')], verified: true });
    }));

  it('is nothing where the run made everything it changes', () =>
    withRuns(async (room) => {
      const { plan } = await rolledBackLater(room, [
        node('new', 'create_sound', { name: 'New', parentPath }),
        node('in', 'audio_import', { filePath: room.wav, objectId: '$from:new:$output:id' }),
        node('bus', 'set_output_bus', { objectId: '$from:new:$output:id', busPath: mainBus }),
      ]);
      expect(plan.undoOnly).toBeUndefined();
    }));

  it('is not a bus: a later rollback lets the object inherit its bus again', () =>
    withRuns(async (room) => {
      const music = String(
        (await room.done('create_object', { type: 'Bus', name: 'Music', parentPath: mainBus })).id,
      );
      const children = [{ type: 'Sound', name: 'Boom' }];
      await room.done('create_object', { type: 'BlendContainer', name: 'X', parentPath, children });
      const objectId = `${parentPath}\\X\\Boom`;
      const read = { objectId, return: ['OutputBus', '@OverrideOutput'] };
      const before = await room.done('get_object', read);
      const { result } = await rolledBackLater(room, [
        node('bus', 'set_output_bus', { objectId, busPath: music }),
      ]);
      expect(result).toMatchObject({
        ok: true,
        data: { how: 'inverse', rolledBack: ['bus'], verified: true },
      });
      expect(await room.done('get_object', read)).toEqual(before);
      expect(before).toMatchObject({ values: { '@OverrideOutput': false } });
    }));
});

describe('what no undo rolls back', () => {
  it('is marked in the plan as its command declares it', () =>
    withProject(async ({ bus }) => {
      const workUnit = { type: 'WorkUnit', name: 'Unit' };
      const { irreversible } = compileWorkflow(
        {
          nodes: [
            node('unit', 'create_work_unit', { name: 'A', parentPath: '\\Containers' }),
            node('object', 'create_object', { ...workUnit, parentPath: '\\Containers' }),
            node('folder', 'create_object', { type: 'Folder', name: 'F', parentPath }),
            node('set', 'set_objects', { objects: [{ object: '\\Containers', children: [workUnit] }] }),
            node('notes', 'set_objects', { objects: [{ object: parentPath, notes: 'x' }] }),
            node('save', 'project_save'),
          ],
        },
        bus,
      );
      const stays =
        'A Work Unit is a file of its own: making it saves the project at once, and undo does not take it away.';
      expect(irreversible).toEqual([
        { node: 'unit', why: stays },
        { node: 'object', why: stays },
        { node: 'set', why: stays },
        { node: 'save', why: 'What was saved stays on disk until the project is saved again.' },
      ]);
    }));
});
