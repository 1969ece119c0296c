import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { runProgram } from '../../harness/command-line.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('rollback-restart');
const project = join(dir, 'Game');

it('what a saved run deleted is brought back to the byte by another process', async () => {
  createProject(join(project, 'Game.wproj'));
  const call = async (...args: string[]) => {
    const said = await runProgram([...args, '--state', join(dir, 'state')], { cwd: dir });
    expect(said, said.out + said.err).toMatchObject({ code: 0 });
    return said.out;
  };
  const run = (name: string, nodes: readonly object[]) => {
    writeFileSync(join(dir, name), JSON.stringify({ workflowId: name, nodes, edges: [] }));
    return call('run', name, '--project', project);
  };
  const parentPath = '\\Containers\\Default Work Unit';
  const children = [
    { type: 'Sound', name: 'Near', properties: { Volume: -3 } },
    { type: 'Sound', name: 'Far' },
  ];
  await run('make.json', [
    {
      id: 'tree',
      type: 'create_object',
      data: { parentPath, type: 'SwitchContainer', name: 'Surface', children },
    },
    { id: 'group', type: 'create_switch_group', data: { name: 'Surfaces' } },
    { id: 'save', type: 'project_save' },
  ]);
  const before = filesOf(project);
  await run('delete.json', [
    { id: 'near', type: 'delete_object', data: { objectId: `${parentPath}\\Surface\\Near` } },
    { id: 'group', type: 'delete_object', data: { objectId: 'SwitchGroup:Surfaces', confirm: true } },
    { id: 'save', type: 'project_save' },
  ]);
  expect(filesOf(project)).not.toEqual(before);
  const [executionId = ''] = /exec_\w+/.exec(await call('runs', '--limit', '1')) ?? [];
  const said = await call('rollback', executionId, '--project', project, '--json');
  expect(JSON.parse(said)).toMatchObject({
    data: { rolledBack: ['near', 'group'], verified: true, saved: true },
  });
  expect(filesOf(project)).toEqual(before);
});

function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(wwu|wproj)$/.test(name),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
