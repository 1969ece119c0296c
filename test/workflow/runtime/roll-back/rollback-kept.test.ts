import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

/** What a run took away comes back with its GUIDs, lists and order with --project, whatever others did elsewhere since. */

const parentPath = '\\Containers\\Default Work Unit';
const box = `${parentPath}\\Box`;
const bystander = '\\Triggers\\Default Work Unit';

interface Room {
  readonly mcp: McpRoom;
  readonly files: () => Promise<Record<string, string>>;
  /** Runs it, has others work, restarts the server where asked, and rolls it back. */
  rolledBack(nodes: readonly JsonObject[], others?: () => Promise<unknown>): Promise<JsonObject>;
}

async function withBox(work: (room: Room) => Promise<void>): Promise<void> {
  const dir = newTempDir('kept');
  const projectPath = `${dir}/Game/Game.wproj`;
  freshProject(projectPath);
  try {
    await withMcp(dir, ['--project', projectPath], async (mcp) => {
      await mcp.done('create_object', { type: 'ActorMixer', name: 'Box', parentPath });
      for (const name of ['A', 'B', 'C', 'D']) await mcp.done('create_sound', { name, parentPath: box });
      await mcp.done('create_game_parameter', { name: 'Speed' });
      for (const property of ['Volume', 'Pitch'])
        await mcp.done('set_rtpc', {
          objectId: `${box}\\B`,
          property,
          gameParameter: 'GameParameter:Speed',
          points: [
            { x: 0, y: 0 },
            { x: 100, y: property === 'Volume' ? -6 : 120 },
          ],
        });
      await mcp.done('create_switch_group', { name: 'Ground', members: ['Grass', 'Stone'] });
      const steps = `${parentPath}\\Steps`;
      await mcp.done('create_object', { type: 'SwitchContainer', name: 'Steps', parentPath });
      for (const name of ['Grass', 'Stone']) await mcp.done('create_sound', { name, parentPath: steps });
      await mcp.done('set_switch_group', { objectId: steps, group: 'SwitchGroup:Ground' });
      const assignments = ['Grass', 'Stone'].map((name) => ({ child: name, switch: name }));
      await mcp.done('assign_switch', { container: steps, assignments });
      await mcp.done('create_event', { name: 'Play_B', targetPath: `${box}\\B` });
      await work({
        mcp,
        files: async () => {
          await mcp.done('project_save', {});
          return projectFiles(`${dir}/Game`);
        },
        rolledBack: async (nodes, others) => {
          const edges = nodes
            .slice(1)
            .map(({ id }, at) => ({ source: nodes[at]?.id ?? '', target: id ?? '' }));
          const run = await mcp.call('workflow_run', { workflow: { nodes: [...nodes], edges } });
          expect(run, JSON.stringify(run)).toMatchObject({ ok: true });
          await others?.();
          const { executionId = null } = asJsonObject(run.data);
          return asJsonObject((await mcp.call('workflow_rollback', { executionId })).data);
        },
      });
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const noted = (mcp: McpRoom) => mcp.done('set_notes', { objectId: bystander, notes: 'theirs' });

describe('with --project a rollback after others changed something', () => {
  it.each<readonly [string, readonly JsonObject[]]>([
    ['a Sound that an Event plays', [node('a', 'delete_object', { objectId: `${box}\\B`, confirm: true })]],
    [
      'an RTPC in the middle of others',
      [node('a', 'remove_rtpc', { objectId: `${box}\\B`, property: 'Volume' })],
    ],
    [
      'a Switch Group that a container follows, with its assignments',
      [node('a', 'delete_object', { objectId: 'SwitchGroup:Ground', confirm: true })],
    ],
    ['what was moved, to where it stood', [node('a', 'move_object', { objects: [`${box}\\B`], parentPath })]],
    [
      'a curve of which a point is the same after the change',
      [node('a', 'set_game_parameter_range', { objectId: 'GameParameter:Speed', min: 0, max: 200 })],
    ],
    [
      'what several steps changed, one in the other',
      [
        node('a', 'set_property', { objectId: `${box}\\B`, property: 'Volume', value: -3 }),
        node('b', 'remove_rtpc', { objectId: `${box}\\B`, property: 'Volume' }),
        node('c', 'rename_object', { objectId: `${box}\\B`, name: 'E' }),
        node('d', 'delete_object', { objectId: box, confirm: true }),
      ],
    ],
  ])('puts back %s, to the byte', (_what, nodes) =>
    withBox(async ({ mcp, files, rolledBack }) => {
      const before = await files();
      const report = await rolledBack(nodes, () => noted(mcp));
      expect(report).toMatchObject({ how: 'inverse', notRolledBack: [], verified: true });
      await mcp.done('set_notes', { objectId: bystander, notes: '' });
      expect(await files()).toEqual(before);
    }),
  );

  it('leaves what others put in the place of what it deleted, and says so', () =>
    withBox(async ({ mcp, rolledBack }) => {
      const report = await rolledBack(
        [node('a', 'delete_object', { objectId: `${box}\\B`, confirm: true })],
        () => mcp.done('create_sound', { name: 'B', parentPath: box }),
      );
      expect(report).toMatchObject({
        verified: false,
        rolledBack: [],
        notRolledBack: [{ node: 'a', why: expect.stringContaining('is called "B" by now') }],
      });
    }));

  it('leaves what it would refer to nothing with, and says so', () =>
    withBox(async ({ mcp, rolledBack }) => {
      const report = await rolledBack(
        [node('a', 'remove_rtpc', { objectId: `${box}\\B`, property: 'Volume' })],
        () => mcp.done('delete_object', { objectId: 'GameParameter:Speed', confirm: true }),
      );
      expect(report).toMatchObject({
        verified: false,
        notRolledBack: [{ node: 'a', why: expect.stringContaining('Speed') }],
      });
    }));

  it('leaves a value that others set again in the list, and puts its own entry beside it', () =>
    withBox(async ({ mcp, rolledBack }) => {
      const report = await rolledBack(
        [
          node('a', 'remove_rtpc', { objectId: `${box}\\B`, property: 'Volume' }),
          node('b', 'remove_rtpc', { objectId: `${box}\\B`, property: 'Pitch' }),
        ],
        () =>
          mcp.done('set_rtpc', {
            objectId: `${box}\\B`,
            property: 'Lowpass',
            gameParameter: 'GameParameter:Speed',
            points: [
              { x: 0, y: 0 },
              { x: 100, y: 50 },
            ],
          }),
      );
      expect(report).toMatchObject({ verified: true, rolledBack: ['a', 'b'] });
      expect(await mcp.done('list_rtpcs', { objectId: `${box}\\B` })).toMatchObject({ total: 3 });
    }));
});

describe('with a running Wwise a rollback', () => {
  it('names what comes back through Undo only, and why', () =>
    withTwoClients(async ({ a, b, run, runs }) => {
      await a.done('create_sound', { name: 'Old', parentPath });
      const { executionId } = await run({
        nodes: [node('gone', 'delete_object', { objectId: `${parentPath}\\Old` })],
      });
      await b.done('set_notes', { objectId: bystander, notes: 'theirs' });
      expect(await runs.rollback(executionId)).toMatchObject({
        data: {
          verified: false,
          notRolledBack: [
            { node: 'gone', why: expect.stringContaining('an object made again has another GUID') },
          ],
        },
      });
    }));
});
