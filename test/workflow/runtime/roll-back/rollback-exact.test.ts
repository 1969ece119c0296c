import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

/** What calls of Wwise set again in another form, or with what others hung on it since. */

const parentPath = '\\Containers\\Default Work Unit';
const sound = `${parentPath}\\S`;
const gameParameter = 'GameParameter:Speed';
const bystander = '\\Triggers\\Default Work Unit';
const points = [
  { x: 0, y: 0 },
  { x: 100, y: -6 },
];

const made = async (mcp: Pick<McpRoom, 'done'>): Promise<void> => {
  await mcp.done('create_sound', { name: 'S', parentPath });
  await mcp.done('create_game_parameter', { name: 'Speed' });
  await mcp.done('set_rtpc', { objectId: sound, property: 'Volume', gameParameter, points });
  await mcp.done('create_attenuation', { name: 'Far', radiusMax: 50 });
};

it.each<readonly [string, JsonObject, (mcp: McpRoom, undo: boolean) => Promise<unknown>]>([
  [
    'an attenuation curve without points',
    node('a', 'set_attenuation_curve', {
      objectId: 'Attenuation:Far',
      curve: 'Spread',
      use: 'Custom',
      points: [
        { x: 0, y: 0 },
        { x: 50, y: 20 },
      ],
    }),
    (mcp, undo) => mcp.done('set_notes', { objectId: bystander, notes: undo ? '' : 'theirs' }),
  ],
  [
    'a range, and leaves the curve that others drew over it since',
    node('a', 'set_game_parameter_range', { gameParameter, min: -10, max: 90 }),
    (mcp, undo) =>
      undo
        ? mcp.done('remove_rtpc', { objectId: sound, property: 'Pitch' })
        : mcp.done('set_rtpc', { objectId: sound, property: 'Pitch', gameParameter, points: theirs }),
  ],
])('with --project a rollback beside others brings back to the byte %s', async (_what, does, others) => {
  const dir = newTempDir('exact');
  const projectPath = `${dir}/Game/Game.wproj`;
  freshProject(projectPath);
  try {
    await withMcp(dir, ['--project', projectPath], async (mcp) => {
      await made(mcp);
      await mcp.done('project_save', {});
      const before = projectFiles(`${dir}/Game`);
      const { executionId = null } = await mcp.done('workflow_run', { workflow: { nodes: [does] } });
      await others(mcp, false);
      const left = await mcp.done('list_rtpcs', { objectId: sound });
      expect(await mcp.done('workflow_rollback', { executionId })).toMatchObject({
        how: 'inverse',
        verified: true,
      });
      expect(pitchOf(await mcp.done('list_rtpcs', { objectId: sound }))).toEqual(pitchOf(left));
      await others(mcp, true);
      await mcp.done('project_save', {});
      expect(projectFiles(`${dir}/Game`)).toEqual(before);
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

const theirs = [
  { x: 0, y: 0 },
  { x: 50, y: 120 },
];

/** What is drawn over the range by others. */
function pitchOf(listed: JsonObject): unknown {
  const rows = Array.isArray(listed.rtpcs) ? listed.rtpcs : [];
  expect(rows.length).toBeGreaterThan(0);
  return rows.filter((row) => JSON.stringify(row).includes('Pitch'));
}

it('in a running Wwise a range stays that others drew a curve over since, and is named', () =>
  withTwoClients(async ({ a, b, run, runs }) => {
    await made({ done: (tool, args) => a.done(tool, args) });
    const nodes = [node('a', 'set_game_parameter_range', { gameParameter, min: -10, max: 90 })];
    const { executionId } = await run({ nodes });
    await b.done('set_rtpc', { objectId: sound, property: 'Pitch', gameParameter, points: theirs });
    const before = await a.done('list_rtpcs', { objectId: sound });
    expect((await runs.rollback(executionId)).data).toMatchObject({
      verified: false,
      notRolledBack: [{ node: 'a', why: expect.stringContaining('would change along') }],
    });
    expect(await a.done('list_rtpcs', { objectId: sound })).toEqual(before);
  }));
