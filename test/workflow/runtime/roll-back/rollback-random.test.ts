import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { commands } from '../../../../tools/catalog.ts';
import { amount } from '../../../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../../harness/command-examples.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir, tempDir } from '../../../harness/temp-dir.ts';

/** Random workflows of whatever changes a project, rolled back: what is called verified is as it was, to the byte. */

const seed = tempDir('rollback-random');
beforeAll(() => makeExampleProject(seed));

/** What the documentation calls an example of a change, as far as it can be done without Wwise. */
const changes = commands
  .filter(({ effect, checkedOn }) => ['create', 'update', 'destroy'].includes(effect) && !checkedOn)
  .flatMap(({ name, examples = [] }) => examples.map(({ before = [], input }) => ({ name, before, input })));

const note = 'Written by somebody else after the run.';
const RUNS = amount(2, 40, 'ROLLBACK_RUNS');

describe.each([
  ['and nothing else was changed', false],
  ['and somebody else changed another object afterwards', true],
] as const)('a rolled back run of random commands, %s', (_when, isBesideOthers) => {
  it('is called verified only where every file is as it was before', async () => {
    let verified = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: changes.length - 1 }), { minLength: 1, maxLength: 5 }),
        async (picks) => {
          const isVerified = await onCopy((mcp, dir) => rolledBack(picks, mcp, dir, isBesideOthers));
          if (isVerified) verified++;
        },
      ),
      { numRuns: RUNS, endOnFailure: true, seed: isBesideOthers ? 20 : 10 },
    );
    // A rollback that never claims anything would be of no use.
    expect(verified).toBeGreaterThan(0);
  });
});

/** Runs the picked examples as one workflow, rolls it back and compares; gives whether it was called verified. */
async function rolledBack(
  picks: readonly number[],
  mcp: McpRoom,
  dir: string,
  isBesideOthers: boolean,
): Promise<boolean> {
  const nodes: JsonObject[] = [];
  for (const [at, pick] of picks.entries()) {
    const node = await nodeOf(pick, `n${at}`, mcp, dir);
    if (node !== undefined) nodes.push(node);
  }
  // What no example touches.
  const objectId = '\\Triggers\\Default Work Unit';
  await mcp.done('project_save', {});
  const before = projectFiles(join(dir, 'Game'));
  const run = await mcp.call('workflow_run', { workflow: { onError: 'continue', nodes } });
  const { executionId } = asJsonObject(run.ok === true ? run.data : run.details);
  // Refused before it began: nothing to roll back.
  if (asString(executionId) === undefined) return false;
  if (isBesideOthers) await mcp.done('set_notes', { objectId, notes: note });
  const answer = await mcp.call('workflow_rollback', { executionId: executionId ?? null });
  const report = asJsonObject(answer.ok === true ? answer.data : answer.details);
  if (isBesideOthers) {
    const { notes } = await mcp.done('get_object', { objectId, return: ['notes'] });
    expect(notes, JSON.stringify({ nodes, report })).toBe(note);
    await mcp.done('set_notes', { objectId, notes: '' });
  }
  await mcp.done('project_save', {});
  const rollback = asJsonObject(report.rollback ?? report);
  if (rollback.verified !== true) {
    expect(asJsonArray(rollback.notRolledBack), JSON.stringify({ nodes, answer })).not.toEqual([]);
    return false;
  }
  expect(projectFiles(join(dir, 'Game')), JSON.stringify({ nodes, report })).toEqual(before);
  return true;
}

/** The example as a node, once what it needs is there; undefined where another example is in its way. */
async function nodeOf(pick: number, id: string, mcp: McpRoom, dir: string): Promise<JsonObject | undefined> {
  const change = changes[pick];
  if (change === undefined) return undefined;
  const earlier: JsonObject[] = [];
  for (const [command, given] of change.before) {
    const result = await mcp.call(command, exampleInput(given, dir, earlier));
    if (result.ok !== true) return undefined;
    earlier.push(asJsonObject(result.data));
  }
  return { id, type: change.name, data: exampleInput(change.input, dir, earlier) };
}

async function onCopy<T>(work: (mcp: McpRoom, dir: string) => Promise<T>): Promise<T> {
  const dir = newTempDir('rollback-random');
  try {
    copyExampleProject(seed, dir);
    return await withMcp(dir, ['--project', exampleProjectIn(dir)], (mcp) => work(mcp, dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
