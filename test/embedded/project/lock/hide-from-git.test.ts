import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', [...author, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** A repository with a project in a folder of it, all of it committed. */
function newRepository(name: string) {
  const root = tempDir(name);
  const project = join(root, 'game', 'Game.wproj');
  freshProject(project);
  git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Begin');
  return { root, project };
}

const whileOpen = async (project: string, work: () => void): Promise<void> => {
  const opened = await openProject(project, { lock: true });
  work();
  opened.close();
};

describe('the lock of a project in a repository', () => {
  it('is neither shown nor added by git, so that checkouts of others go on', async () => {
    const { root, project } = newRepository('hide-lock');
    await whileOpen(project, () => {
      expect(git(root, 'status', '--porcelain')).toBe('');
      writeFileSync(join(root, 'game', 'notes.txt'), 'x');
      git(root, 'add', '-A');
      git(root, 'commit', '-qm', 'Notes');
      expect(git(root, 'show', '--name-only', '--format=')).toBe('game/notes.txt\n');
      git(root, 'checkout', '-q', 'HEAD~1');
    });
  });

  it('is named once, in a work tree of its own too, and beside what stands there', async () => {
    const { root, project } = newRepository('hide-once');
    const exclude = join(root, '.git', 'info', 'exclude');
    writeFileSync(exclude, 'mine.txt');
    const tree = join(root, '..', 'hide-once-tree');
    rmSync(tree, { recursive: true, force: true });
    git(root, 'worktree', 'add', '-q', tree);
    await whileOpen(join(tree, 'game', 'Game.wproj'), () =>
      expect(git(tree, 'status', '--porcelain')).toBe(''),
    );
    await whileOpen(project, () => expect(git(root, 'status', '--porcelain')).toBe(''));
    expect(readFileSync(exclude, 'utf8')).toBe(
      'mine.txt\n# Locks and unfinished saves of WwiseFlow\n.*.wproj.*\n',
    );
    rmSync(tree, { recursive: true, force: true });
  });

  it('is left to git where the list is a link, or there is no repository', async () => {
    const { root, project } = newRepository('hide-link');
    const exclude = join(root, '.git', 'info', 'exclude');
    const elsewhere = join(root, 'elsewhere');
    rmSync(exclude);
    symlinkSync(elsewhere, exclude);
    await whileOpen(project, () => expect(existsSync(elsewhere)).toBe(false));
    rmSync(join(root, '.git'), { recursive: true });
    await whileOpen(project, () => expect(existsSync(join(root, '.git'))).toBe(false));
  });
});
