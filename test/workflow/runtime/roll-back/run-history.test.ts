import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asJsonArray, asJsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../../src/workflow/runtime/runner.ts';
import { defineCommand } from '../../../../src/wwise/wwise-command.ts';
import { type RunRoom, withRuns } from '../../../harness/runs.ts';
import { edges, node } from '../../harness.ts';

const parentPath = '\\Containers\\Default Work Unit';
const sound = (id: string) => node(id, 'create_sound', { name: id.toUpperCase(), parentPath });
const chain = (...ids: readonly string[]) => edges(...ids.slice(1).map((id, at) => `${ids[at]} ${id}`));

async function sounds({ waapi }: RunRoom): Promise<unknown[]> {
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: '$ from type Sound orderby name' },
    { return: ['name'] },
  );
  return asJsonArray(answer.return).map((row) => asJsonObject(row).name);
}

describe('a workflow that goes through the undo history itself', () => {
  const document = {
    workflowId: 'tries',
    nodes: [sound('a'), sound('b'), node('back', 'undo'), sound('c'), sound('d')],
    edges: chain('a', 'b', 'back', 'c', 'd'),
  };

  it('rolls back all changes before that node as one step, and makes those after it another', () =>
    withRuns(async (room) => {
      const { answer } = await room.run(document);
      expect(answer).toMatchObject({ ok: true });
      expect(await sounds(room)).toEqual(['C', 'D']);
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await sounds(room)).toEqual([]);
      await expect(room.waapi.call('ak.wwise.core.undo.undo')).rejects.toThrow();
    }));

  it('says so in its plan', () =>
    withRuns(async (room) => {
      const { warnings } = compileWorkflow(document, room.bus);
      expect(warnings).toEqual([
        'back goes through the undo history: the run is not one undo step, but one for all changes before each such node and one for those after. Undo it step by step.',
      ]);
      expect(compileWorkflow({ nodes: [sound('a')] }, room.bus).warnings).toEqual([]);
      const raw = node('raw', 'waapi_call', { uri: 'ak.wwise.core.undo.undo' });
      expect(compileWorkflow({ nodes: [sound('a'), raw] }, room.bus).warnings.join()).toContain('raw goes');
    }));

  it('is known by what its command declares, whatever it is called', () =>
    withRuns(async (room) => {
      const rewind = defineCommand({
        name: 'rewind',
        title: 'Rewind',
        description: 'Takes the last step back.',
        toolset: 'undo',
        effect: 'barrier',
        endsUndoStep: true,
        input: z.strictObject({}),
        output: z.object({}),
        async run(_input, { waapi }) {
          await waapi.call('ak.wwise.core.undo.undo');
          return {};
        },
      });
      const bus = room.anotherBus({ commands: [...room.bus.commands, rewind] });
      const plan = compileWorkflow(
        {
          ...document,
          nodes: [...document.nodes.slice(0, 2), node('back', 'rewind'), sound('c')],
          edges: chain('a', 'b', 'back', 'c'),
        },
        bus,
      );
      expect(plan.warnings.join()).toContain('back goes through the undo history');
      expect(await createRunner({ bus, log: silentLog }).run(plan)).toMatchObject({ ok: true });
      expect(await sounds(room)).toEqual(['C']);
    }));

  it('never rolls back what somebody else does meanwhile', () =>
    withRuns(async (room) => {
      let direct: Promise<unknown> | undefined;
      const { done } = room.runs.start(compileWorkflow(document, room.bus), {
        onEvent: ({ event }) => {
          if (event === 'node.execution.complete')
            direct ??= room.bus.dispatch('create_sound', { name: 'Direct', parentPath });
        },
      });
      expect(await done).toMatchObject({ ok: true });
      expect(await direct).toMatchObject({ ok: true });
      expect(await sounds(room)).toEqual(['C', 'D', 'Direct']);
    }));

  it('is rolled back whole: the last step at once, the ones before node by node', () =>
    withRuns(async (room) => {
      const broken = node('broken', 'set_property', {
        objectId: '$from:b:$output:id',
        property: 'Volum',
        value: 1,
      });
      const { answer } = await room.run({
        onError: 'rollback',
        nodes: [sound('a'), node('back', 'undo'), node('again', 'redo'), sound('b'), broken],
        edges: chain('a', 'back', 'again', 'b', 'broken'),
      });
      expect(answer).toMatchObject({
        ok: false,
        code: 'UNKNOWN_PROPERTY',
        details: { rolledBack: ['a', 'b'], rollback: { how: 'inverse' } },
      });
      expect(await sounds(room)).toEqual([]);
    }));

  it('can be rolled back later as well', () =>
    withRuns(async (room) => {
      const { executionId } = await room.run(document);
      const result = await room.runs.rollback(executionId);
      expect(result).toMatchObject({ ok: true, data: { how: 'inverse' } });
      expect(await sounds(room)).toEqual([]);
    }));
});
