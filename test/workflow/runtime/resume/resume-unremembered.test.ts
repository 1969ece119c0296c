import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRuns, type Runs } from '../../../../src/workflow/runtime/runs.ts';
import { type ProjectRoom, withProject } from '../../../harness/project.ts';
import { edges, node } from '../../harness.ts';

/** Commands that are done each time they are called: the memo does not know that they were. */

const parentPath = '\\Containers\\Default Work Unit';

/** An Effect slot more, names changed, and then a node that fails until "Late" is there. */
const workflow: JsonObject = {
  nodes: [
    node('slot', 'set_objects', {
      objects: [{ object: `${parentPath}\\S`, lists: { Effects: [{ type: 'EffectSlot', name: '' }] } }],
    }),
    node('names', 'rename_by_pattern', {
      query: 'from type Sound where name : "Q"',
      find: 'Q',
      replace: 'QQ',
    }),
    node('late', 'set_property', { objectId: `${parentPath}\\Late`, property: 'Volume', value: 1 }),
  ],
  edges: edges('slot names', 'names late'),
};

async function withFailedRun(
  work: (room: ProjectRoom, runs: Runs, executionId: string) => Promise<void>,
): Promise<void> {
  await withProject(async (room) => {
    const stateDir = join(room.dir, 'state');
    const stores = openSqliteStores(stateDir);
    const runs = createRuns({ bus: room.bus, log: silentLog, store: stores.runs, stateDir });
    try {
      for (const name of ['S', 'Q1']) await room.done('create_sound', { name, parentPath });
      const { executionId, done } = runs.start(compileWorkflow(workflow, room.bus));
      expect(await done).toMatchObject({ ok: false, details: { stopAt: 'late' } });
      await room.done('create_sound', { name: 'Late', parentPath });
      await work(room, runs, executionId);
    } finally {
      await stores.close();
    }
  });
}

async function resumed(runs: Runs, executionId: string): Promise<unknown> {
  return (await runs.resume(executionId)).done;
}

async function slotsAndNames({ done }: ProjectRoom): Promise<unknown> {
  const { effects } = await done('list_effects', { objectId: `${parentPath}\\S` });
  const { objects } = await done('query_waql', { query: 'from type Sound', return: ['name'] });
  return { slots: Object(effects).length, names: Object(objects).map((row: JsonObject) => row.name) };
}

const once = { slots: 1, names: ['S', 'QQ1', 'Late'] };

describe('a run that goes on behind nodes of which nothing is remembered', () => {
  it('does none of them again', () =>
    withFailedRun(async (room, runs, executionId) => {
      expect(await resumed(runs, executionId)).toMatchObject({ ok: true });
      expect(await slotsAndNames(room)).toEqual(once);
    }));

  it('does none of them again when others have worked on what they did', () =>
    withFailedRun(async (room, runs, executionId) => {
      await room.done('rename_object', { objectId: `${parentPath}\\QQ1`, name: 'Theirs' });
      expect(await resumed(runs, executionId)).toMatchObject({ ok: true });
      expect(await slotsAndNames(room)).toEqual({ ...once, names: ['S', 'Theirs', 'Late'] });
    }));

  it('does those again of which nothing is left', () =>
    withFailedRun(async (room, runs, executionId) => {
      // "Late", then the run itself.
      await room.done('undo', { steps: 2 });
      await room.done('create_sound', { name: 'Late', parentPath });
      expect(await slotsAndNames(room)).toEqual({ slots: 0, names: ['S', 'Q1', 'Late'] });
      expect(await resumed(runs, executionId)).toMatchObject({ ok: true });
      expect(await slotsAndNames(room)).toEqual(once);
    }));
});
