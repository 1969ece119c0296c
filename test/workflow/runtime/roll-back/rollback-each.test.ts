import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../../harness/command-examples.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir, tempDir } from '../../../harness/temp-dir.ts';

/** Every documented example of a change, run as a workflow and rolled back: what is called verified is as it was, to the byte. */

const seed = tempDir('rollback-each');
beforeAll(() => makeExampleProject(seed));

/** What the documentation calls an example of a change, as far as it can be done without Wwise. */
const documented = commands
  .filter(({ effect, checkedOn }) => ['create', 'update', 'destroy'].includes(effect) && !checkedOn)
  .flatMap(({ name, examples = [] }) =>
    examples.map(({ before = [], input }, at) => ({ name, at, before, input })),
  );
type Change = (typeof documented)[number];

/** What no example shows: effects, RTPCs and other lists among what is pasted. */
const changes: readonly Change[] = [
  ...documented,
  {
    name: 'paste_properties',
    at: -1,
    before: [],
    input: {
      source: '\\Containers\\Default Work Unit\\Steps',
      targets: ['\\Containers\\Default Work Unit\\Wind', '\\Containers\\Default Work Unit\\Engine'],
    },
  },
];

/** Touched by no example. */
const bystander = '\\Triggers\\Default Work Unit';
const note = 'Written by somebody else after the run.';

/** What is not brought back, with the reason a rollback gives. */
const exceptions: Readonly<Record<string, string>> = {};

describe.each([
  ['directly', false],
  ['after somebody else changed another object', true],
] as const)('a run rolled back %s', (_when, isBesideOthers) => {
  it.each(sample(changes, 8))('is as it was or is named: $name, example $at', async (change) => {
    const dir = newTempDir('rollback-each');
    try {
      copyExampleProject(seed, dir);
      await withMcp(dir, ['--project', exampleProjectIn(dir)], (mcp) =>
        check(change, mcp, dir, isBesideOthers),
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

async function check(
  { name, before: needed, input }: Change,
  mcp: McpRoom,
  dir: string,
  isBesideOthers: boolean,
) {
  const earlier: JsonObject[] = [];
  for (const [command, given] of needed)
    earlier.push(await mcp.done(command, exampleInput(given, dir, earlier)));
  await mcp.done('project_save', {});
  const before = projectFiles(join(dir, 'Game'));
  const run = await mcp.call('workflow_run', {
    workflow: { nodes: [{ id: 'change', type: name, data: exampleInput(input, dir, earlier) }] },
  });
  const { executionId } = asJsonObject(run.ok === true ? run.data : run.details);
  expect(asString(executionId), JSON.stringify(run)).toBeDefined();
  if (isBesideOthers) await mcp.done('set_notes', { objectId: bystander, notes: note });
  const answer = await mcp.call('workflow_rollback', { executionId: executionId ?? null });
  const report = asJsonObject(answer.ok === true ? answer.data : answer.details);
  const rollback = asJsonObject(report.rollback ?? report);
  if (isBesideOthers) {
    const { notes } = await mcp.done('get_object', { objectId: bystander, return: ['notes'] });
    expect(notes, JSON.stringify(answer)).toBe(note);
    await mcp.done('set_notes', { objectId: bystander, notes: '' });
  }
  await mcp.done('project_save', {});
  const after = projectFiles(join(dir, 'Game'));
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differs = names.filter((file) => before[file] !== after[file]);
  if (rollback.verified === true) expect(differs, JSON.stringify(answer)).toEqual([]);
  else {
    expect(rollback.verified, JSON.stringify(answer)).toBe(false);
    const exception = isBesideOthers ? exceptions[name] : undefined;
    expect(exception, JSON.stringify(answer)).toBeDefined();
    const [left] = asJsonArray(rollback.notRolledBack).map(asJsonObject);
    expect(left).toMatchObject({ node: 'change', why: expect.stringContaining(exception ?? '') });
  }
}
