import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

const parentPath = '\\Containers\\Default Work Unit';
let dir: string;
let projectDir: string;
let unit: string;

beforeEach(() => {
  dir = newTempDir('git-meanwhile');
  projectDir = join(dir, 'Game');
  unit = join(projectDir, 'Containers', 'Default Work Unit.wwu');
  freshProject(join(projectDir, 'Game.wproj'));
  git('init', '-q');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Also where git says no, as it does of a merge that conflicts. */
function git(...args: string[]): void {
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'core.autocrlf=false'];
  try {
    execFileSync('git', [...who, ...args], { cwd: projectDir, stdio: 'ignore' });
  } catch {
    // What is in the files then is looked at.
  }
}

const sound = (name: string): JsonObject => ({ name, parentPath });
const noticesOf = async (room: McpRoom): Promise<string> =>
  String((await room.call('project_info', {})).notices ?? '');
const exists = async (room: McpRoom, name: string): Promise<boolean> =>
  (await room.call('get_object', { objectId: `${parentPath}\\${name}` })).ok === true;

/** Two branches that both changed the notes of one Sound; ours is checked out and loaded. */
async function withBranches(work: (room: McpRoom) => Promise<void>): Promise<void> {
  await withMcp(dir, ['--project', join(projectDir, 'Game.wproj')], async (room) => {
    const commit = async (notes: string): Promise<void> => {
      await room.done('set_notes', { objectId: `${parentPath}\\Boom`, notes });
      await room.done('project_save', {});
      git('commit', '-qam', notes);
    };
    await room.done('create_sound', sound('Boom'));
    await room.done('project_save', {});
    git('add', '.');
    git('commit', '-qm', 'base');
    git('checkout', '-qb', 'theirs');
    await commit('of theirs');
    git('checkout', '-q', '-');
    await noticesOf(room);
    await commit('of ours');
    await noticesOf(room);
    await work(room);
  });
}

describe('git under a running server', () => {
  it.each([
    ['merge', ['merge', '-q', 'theirs'], ['merge', '--abort']],
    ['rebase', ['rebase', '-q', 'theirs'], ['rebase', '--abort']],
    ['cherry-pick', ['cherry-pick', 'theirs'], ['cherry-pick', '--abort']],
  ])('that stops in a conflict makes an unreadable file, named until it is over: %s', (_, begin, abort) =>
    withBranches(async (room) => {
      const before = readFileSync(unit, 'utf8');
      git(...begin);
      expect(readFileSync(unit, 'utf8')).toContain('<<<<<<<');
      expect(await noticesOf(room)).toContain(`${unit} cannot be read`);
      expect(await room.call('create_sound', sound('Lost'))).toMatchObject({ ok: false });
      expect(await room.call('find_unused', { kind: 'audio' })).toMatchObject({
        ok: true,
        data: { unreadable: { files: [{ filePath: unit }], total: 1 } },
      });
      expect(readFileSync(unit, 'utf8')).toContain('<<<<<<<');
      git(...abort);
      expect(readFileSync(unit, 'utf8')).toBe(before);
      expect(await exists(room, 'Boom')).toBe(true);
      await room.done('create_sound', sound('Kept'));
      await room.done('project_save', {});
    }),
  );

  it('that stashes and unstashes saved work is followed both ways', () =>
    withBranches(async (room) => {
      await room.done('create_sound', sound('Stashed'));
      await room.done('project_save', {});
      git('stash', '-q');
      expect(await exists(room, 'Stashed')).toBe(false);
      git('stash', 'pop', '-q');
      expect(await exists(room, 'Stashed')).toBe(true);
    }));

  it.each([
    ['checkout', ['checkout', '-q', 'theirs']],
    ['merge', ['merge', '-q', 'theirs']],
    ['rebase', ['rebase', '-q', 'theirs']],
    ['reset', ['reset', '-q', '--hard', 'theirs']],
  ])('keeps unsaved edits here and what it wrote there, until one is given up: %s', (_, args) =>
    withBranches(async (room) => {
      await room.done('create_sound', sound('Unsaved'));
      git(...args);
      const theirs = readFileSync(unit, 'utf8');
      for (const [tool, input] of [
        ['create_sound', sound('More')],
        ['project_save', {}],
        ['delete_object', { objectId: `${parentPath}\\Boom`, confirm: true }],
      ] as const)
        expect(await room.call(tool, input), tool).toMatchObject({ code: 'FILE_CONFLICT' });
      expect(await exists(room, 'Unsaved')).toBe(true);
      expect(readFileSync(unit, 'utf8')).toBe(theirs);
      await room.done('undo', {});
      expect(await exists(room, 'Unsaved')).toBe(false);
      expect(readFileSync(unit, 'utf8')).toBe(theirs);
    }),
  );
});
