import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject } from '../../../src/embedded/project/new-project.ts';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

interface Repository extends McpRoom {
  /** The root of the repository; everything in it may be read and written. */
  readonly root: string;
  readonly projectDir: string;
  /** Absolute path of a file in Originals\SFX. */
  sfx(name: string): string;
}

/** A project inside a repository that holds other work too, with work in both that was not committed. */
async function withRepository(work: (room: Repository) => Promise<void>): Promise<void> {
  const root = newTempDir('repository');
  const projectDir = join(root, 'audio', 'Game');
  const projectPath = join(projectDir, 'Game.wproj');
  const sfx = (name: string) => join(projectDir, 'Originals', 'SFX', name);
  createProject(projectPath);
  writeTone(sfx('kept.wav'));
  writeTone(sfx('gone.wav'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src', 'game.c'), 'committed');
  const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args]);
  git('init', '--quiet');
  git('config', 'user.name', 'Tester');
  git('config', 'user.email', 'tester@example.org');
  writeFileSync(join(root, '.gitignore'), 'state\n');
  git('add', '.');
  git('commit', '--quiet', '--message=first');
  writeFileSync(join(root, 'src', 'game.c'), 'a day of work');
  writeTone(sfx('kept.wav'), { frequencyHz: 880 });
  try {
    await withMcp(root, ['--project', projectPath], async (room) => {
      const provider = { provider: 'Git' };
      await room.done('waapi_call', { uri: 'ak.wwise.core.sourceControl.setProvider', args: provider });
      await work({ ...room, root, projectDir, sfx });
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const verbs = ['add', 'checkOut', 'commit', 'delete', 'getStatus', 'revert', 'move'] as const;

describe('source control in a repository with more in it than the project', () => {
  it('reaches no file outside the project’s folder, by whatever name', () =>
    withRepository(async ({ call, root, projectDir, sfx }) => {
      const outside = join(root, 'src', 'game.c');
      symlinkSync(join(root, 'src'), join(projectDir, 'alias'));
      const names = [
        outside,
        join(root, 'src'),
        root,
        join(root, '.git', 'config'),
        relative(join(projectDir, 'Originals'), outside),
        relative(join(projectDir, 'Originals'), outside).replaceAll('/', '\\'),
        join(projectDir, 'alias', 'game.c'),
        `${projectDir}/../../src/game.c`,
        `file://${outside}`,
      ];
      for (const name of names) {
        for (const verb of verbs) {
          const args = {
            files: verb === 'move' ? [sfx('gone.wav')] : [sfx('gone.wav'), name],
            ...(verb === 'commit' ? { message: 'x' } : {}),
            ...(verb === 'move' ? { newFiles: [name] } : {}),
          };
          const uri = `ak.wwise.core.sourceControl.${verb}`;
          const answer = await call('waapi_call', { uri, args, confirm: true });
          expect(answer, `${verb} ${name}`).toMatchObject({ ok: false, code: 'PATH_NOT_ALLOWED' });
        }
        for (const [tool, input] of [
          ['source_control_status', {}],
          ['source_control_revert', { confirm: true }],
          ['source_control_change', { action: 'add' }],
        ] as const)
          expect(await call(tool, { ...input, files: [name] }), `${tool} ${name}`).toMatchObject({
            code: 'PATH_NOT_ALLOWED',
          });
      }
      expect(readFileSync(outside, 'utf8')).toBe('a day of work');
      expect(existsSync(sfx('gone.wav'))).toBe(true);
    }));

  it('asks, naming the files, before work that was not committed is lost', () =>
    withRepository(async ({ call, done, sfx }) => {
      const before = readFileSync(sfx('kept.wav'));
      const files = [sfx('gone.wav'), sfx('kept.wav')];
      const asks = {
        code: 'CONFIRMATION_REQUIRED',
        details: { files: [{ file: files[1], status: 'edit' }] },
      };
      const uri = 'ak.wwise.core.sourceControl.revert';
      expect(await call('source_control_revert', { files })).toMatchObject(asks);
      expect(await call('waapi_call', { uri, args: { files } })).toMatchObject(asks);
      expect(readFileSync(sfx('kept.wav'))).toEqual(before);
      await done('source_control_revert', { files: [sfx('gone.wav')] });
      await done('source_control_revert', { files, confirm: true });
      expect(readFileSync(sfx('kept.wav'))).not.toEqual(before);
    }));

  it('deletes without asking only what can be had again from the repository', () =>
    withRepository(async ({ call, done, sfx }) => {
      writeTone(sfx('new.wav'));
      const uri = 'ak.wwise.core.sourceControl.delete';
      for (const name of ['new.wav', 'kept.wav'])
        expect(await call('waapi_call', { uri, args: { files: [sfx(name)] } })).toMatchObject({
          code: 'CONFIRMATION_REQUIRED',
        });
      await done('waapi_call', { uri, args: { files: [sfx('gone.wav')] } });
      expect(existsSync(sfx('gone.wav'))).toBe(false);
      expect(existsSync(sfx('new.wav'))).toBe(true);
    }));

  it('throws away nothing by the name of a folder', () =>
    withRepository(async ({ call, projectDir, sfx }) => {
      const before = readFileSync(sfx('kept.wav'));
      const files = [join(projectDir, 'Originals', 'SFX')];
      expect(await call('source_control_revert', { files, confirm: true })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(readFileSync(sfx('kept.wav'))).toEqual(before);
    }));
});
