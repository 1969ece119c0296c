import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { commands } from '../../tools/catalog.ts';
import { sample } from '../harness/amount.ts';
import { callsInRun, isCountable } from '../harness/calls-in-runs.ts';
import { makeExampleProject } from '../harness/command-examples.ts';
import { withMcp } from '../harness/mcp-room.ts';
import { newTempDir } from '../harness/temp-dir.ts';

const home = '\\Containers\\Default Work Unit';
const seed = newTempDir('declared-calls');

beforeAll(async () => {
  mkdirSync(seed, { recursive: true });
  await makeExampleProject(seed);
}, 120_000);
afterAll(() => rmSync(seed, { recursive: true, force: true }));

describe('the number of WAAPI calls that a plan names', () => {
  // `npx tsx scripts/count-calls.ts --write` puts the numbers into the commands.
  it.each(sample(commands.filter(isCountable), 16).map((command) => [command.name, command] as const))(
    'is what a run of the example of %s takes',
    async (_name, command) => {
      const { planned, taken } = await callsInRun(command, seed);
      expect(planned).toBe(taken);
    },
    120_000,
  );

  const sound = (id: string): JsonObject => ({
    id,
    type: 'create_sound',
    data: { name: `Made_${id}`, parentPath: home },
  });
  const quieter = (id: string): JsonObject => ({
    id: `quieter_${id}`,
    type: 'set_property',
    data: { objectId: `$from:${id}:$output:id`, property: 'Volume', value: -3 },
  });
  const save = { id: 'save', type: 'project_save', data: {} };
  const read = { id: 'read', type: 'get_object', data: { objectId: home } };

  it('is what a run of several nodes takes, which share calls, read in between and save', async () => {
    const dir = newTempDir('planned-calls');
    mkdirSync(dir, { recursive: true });
    try {
      await withMcp(dir, ['--project', await projectIn(dir)], async (room) => {
        await room.done('project_info', {});
        const workflows: readonly (readonly JsonObject[])[] = [
          [save],
          [sound('a')],
          [sound('b'), quieter('b'), save],
          [sound('c'), sound('d'), read],
          [sound('e'), sound('f'), save, sound('g')],
        ];
        for (const nodes of workflows) {
          const edges = nodes.slice(1).map(({ id }, index) => ({ source: nodes[index]?.id, target: id }));
          const workflow = { nodes: [...nodes], edges };
          const { waapiCalls: planned } = await room.done('workflow_compile', { workflow });
          const { waapiCalls: taken } = await room.done('workflow_run', { workflow });
          expect([nodes.map(({ id }) => id), planned]).toEqual([nodes.map(({ id }) => id), taken]);
        }
      });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }, 120_000);
});

async function projectIn(dir: string): Promise<string> {
  await makeExampleProject(dir);
  return join(dir, 'Game', 'Game.wproj');
}
