import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getuid } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { asJsonArray, type Json } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { program } from '../../../harness/program.ts';
import { withProject } from '../../../harness/project.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { contentsOf } from '../../../harness/ten-file-save.ts';

const dir = tempDir('read-only');
chmodSync(dir, 0o755);
const home = '\\Containers\\Default Work Unit';
const nobody = 65_534;

/** The answers of a session of a user for whom only the system's rights count, whoever runs the tests. */
async function ordinarySession(projectPath: string): Promise<Json> {
  const user = getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program('read-only-session'), projectPath],
    user,
  );
  return JSON.parse(stdout);
}

function setRights(root: string, folders: number): void {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  for (const path of [...names.map((name) => join(root, name)), root].reverse())
    if (statSync(path).isDirectory()) chmodSync(path, folders);
}

describe.skipIf(process.platform === 'win32')('a project whose folder this user may not write', () => {
  const projectPath = join(dir, 'Locked', 'Game.wproj');
  freshProject(projectPath);
  setRights(dirname(projectPath), 0o555);
  afterAll(() => setRights(dirname(projectPath), 0o755));

  it('opens for reading, says so, and refuses the first edit by name', async () => {
    const before = contentsOf(projectPath);
    const refused = {
      ok: false,
      code: 'FILE_READ_ONLY',
      error: expect.stringContaining(dirname(projectPath)),
      details: { files: [dirname(projectPath)] },
    };
    const info = { ok: true, data: { filePath: projectPath, isDirty: false } };
    const answers = asJsonArray(await ordinarySession(projectPath));
    expect(answers.slice(0, 4)).toMatchObject([info, refused, refused, info]);
    expect(JSON.stringify(answers[4])).toContain('can only be read by this user');
    expect(contentsOf(projectPath)).toEqual(before);
  });
});

describe('a Work Unit that is read-only, as version control leaves it', () => {
  it('refuses an edit of what is in it by name, and leaves the others free', async () => {
    await withProject(async ({ done, refused, projectPath }) => {
      const file = join(dirname(projectPath), 'Containers', 'Default Work Unit.wwu');
      chmodSync(file, 0o444);
      expect(await refused('create_sound', { name: 'Boom', parentPath: home })).toMatchObject({
        code: 'FILE_READ_ONLY',
        details: { files: [file] },
      });
      expect(await done('project_info', {})).toMatchObject({ isDirty: false });
      await done('create_work_unit', { name: 'New', parentPath: '\\Containers' });
      await done('create_sound', { name: 'Boom', parentPath: '\\Containers\\New' });
      chmodSync(file, 0o644);
      await done('create_sound', { name: 'Boom', parentPath: home });
      await done('project_save', {});
    });
  });
});
