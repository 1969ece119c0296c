import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { runProgram } from '../../harness/command-line.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('suspended-cli');

it('a run that waits ends the program with exit code 3, and goes on when it is resumed in time', async () => {
  freshProject(join(dir, 'Game', 'Game.wproj'));
  const parentPath = '\\Containers\\Default Work Unit';
  const nodes = [
    { id: 'hello', type: 'say', data: { text: 'Hello \u001b[31mthere' } },
    { id: 'w', type: 'wait', data: { forMs: 6_000 } },
    { id: 'made', type: 'create_sound', data: { name: 'Wind', parentPath } },
    { id: 'end', type: 'project_save' },
  ];
  writeFileSync(
    join(dir, 'flow.json'),
    JSON.stringify({ workflowId: 'w', nodes, edges: [{ source: 'w', target: 'made' }] }),
  );
  const places = ['--project', join(dir, 'Game', 'Game.wproj'), '--state', join(dir, 'state')];
  const begun = await runProgram(['run', 'flow.json', ...places], { cwd: dir });
  expect(begun.code).toBe(3);
  expect(begun.out).toContain('Hello');
  expect(begun.out).not.toContain('\u001b[31mthere');
  expect(begun.out).toMatch(/suspended until \d{4}-/);
  // A pipe gets no colours, not even in CI.
  const env = { CI: 'true' };
  const listed = await runProgram(['runs', '--state', join(dir, 'state')], { cwd: dir, env });
  expect(listed.out).not.toContain('\u001b');
  const [, executionId = ''] = /(exec_\w+) +suspended/.exec(listed.out) ?? [];
  expect(listed.out).toContain('until ');

  const resume = () => runProgram(['resume', executionId, '--json', ...places], { cwd: dir });
  let resumed = await resume();
  // Before its time it is suspended again, to the same moment.
  while (resumed.code === 3) resumed = await resume();
  expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });
  const { results, messages } = asJsonObject(asJsonObject(JSON.parse(resumed.out)).data);
  expect(results).toMatchObject([
    { node: 'hello', reused: true },
    { node: 'w' },
    { node: 'made' },
    { node: 'end' },
  ]);
  expect(messages).toMatchObject([{ node: 'hello' }]);
});
