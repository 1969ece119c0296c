import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';

let root: string;
/** The only allowed directory. */
let dir: string;
let game: string;
/** Beside it: not allowed. */
let outside: string;

beforeEach(() => {
  root = newTempDir('links');
  dir = join(root, 'allowed');
  outside = join(root, 'outside');
  game = join(dir, 'Game');
  mkdirSync(outside);
  freshProject(join(game, 'Game.wproj'));
  writeTone(join(dir, 'step.wav'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const withGame = (work: (room: McpRoom) => Promise<void>) =>
  withMcp(dir, ['--project', join(game, 'Game.wproj')], work);

const sound = (name: string) => ({ name, parentPath: home });
const imported = { filePath: 'step.wav', parentPath: home, name: 'Step' };
const unit = { name: 'More', parentPath: '\\Containers' };

describe('a link in a project that leads out of it and of the allowed directories', () => {
  it('as a Work Unit lets nothing of it be edited, and names where it leads', async () => {
    const target = linkOut(join(game, 'Containers', 'Default Work Unit.wwu'));
    const before = contents(outside);
    await withGame(async ({ call, done }) => {
      const answer = await call('create_sound', sound('Step'));
      expect(answer).toMatchObject({ ok: false, code: 'PATH_NOT_ALLOWED' });
      expect(answer.error).toContain(`leads through a link to "${target}"`);
      expect(answer.hint).toContain('--allow-dir');
      expect(await done('project_info', {})).toMatchObject({ isDirty: false });
      // What lies elsewhere is as it was before.
      const event = { parent: '\\Events\\Default Work Unit', type: 'Event', name: 'Play' };
      await done('waapi_call', { uri: 'ak.wwise.core.object.create', args: event });
      await done('project_save', {});
    });
    expect(contents(outside)).toEqual(before);
  });

  it('is found at a save too, when it came after the edit', async () => {
    await withGame(async ({ call, done }) => {
      await done('create_sound', sound('Step'));
      linkOut(join(game, 'Containers', 'Default Work Unit.wwu'));
      const before = contents(outside);
      expect(await call('project_save', {})).toMatchObject({ ok: false, code: 'PATH_NOT_ALLOWED' });
      expect(await done('project_info', {})).toMatchObject({ isDirty: true });
      expect(contents(outside)).toEqual(before);
      expect(readdirSync(game).filter((name) => /tmp|-save/.test(name))).toEqual([]);
    });
  });

  it('as a folder takes no Work Unit and no folder', async () => {
    linkOut(join(game, 'Containers'));
    const before = contents(outside);
    await withGame(async ({ call }) => {
      expect(await call('create_work_unit', unit)).toMatchObject({ ok: false, code: 'PATH_NOT_ALLOWED' });
      const folder = {
        uri: 'ak.wwise.core.object.create',
        args: { parent: '\\Containers', type: 'Physical Folder', name: 'Sub' },
      };
      const made = await call('waapi_call', folder);
      expect(made, JSON.stringify(made)).toMatchObject({ ok: false, code: 'PATH_NOT_ALLOWED' });
    });
    expect(contents(outside)).toEqual(before);
  });

  it.each(['Originals', 'Originals/SFX', 'Originals/SFX/Steps'])(
    'as %s takes no audio, in a preview either',
    async (name) => {
      mkdirSync(join(game, 'Originals', 'SFX', 'Steps'), { recursive: true });
      linkOut(join(game, name));
      const before = contents(outside);
      await withGame(async ({ call }) => {
        const input = { ...imported, originalsSubFolder: 'Steps' };
        const answer = await call('audio_import', input);
        expect(answer).toMatchObject({ ok: false });
        expect(answer.error).toContain('leads through a link to');
        const workflow = { nodes: [{ id: 'import', type: 'audio_import', data: input }], edges: [] };
        const preview = await call('workflow_run', { workflow, mode: 'preview' });
        expect(JSON.stringify(preview)).toContain('leads through a link to');
      });
      expect(contents(outside)).toEqual(before);
    },
  );

  it('as the folder of what a cut-off save would lose lets nothing be saved', async () => {
    symlinkSync(outside, join(game, '.wwiseflow-kept'));
    await withGame(async ({ call, done }) => {
      await done('create_sound', sound('Step'));
      expect(await call('project_save', {})).toMatchObject({ ok: false, code: 'PATH_NOT_ALLOWED' });
    });
    expect(contents(outside)).toEqual([]);
  });

  it('as the .wproj leaves no lock beside what it leads to', async () => {
    linkOut(join(game, 'Game.wproj'));
    const before = contents(outside);
    await withGame(async ({ done }) => {
      expect(contents(outside)).toEqual(before);
      await done('project_info', {});
    });
    expect(contents(outside)).toEqual(before);
  });
});

describe('a link in a project that leads to an allowed directory', () => {
  it('is followed: teams keep their Originals on another disk', async () => {
    outside = join(dir, 'disk');
    mkdirSync(outside);
    linkOut(join(game, 'Originals'));
    linkOut(join(game, 'Containers'));
    await withGame(async ({ done }) => {
      await done('create_work_unit', unit);
      await done('audio_import', imported);
      await done('project_save', {});
    });
    expect(statSync(join(outside, 'Originals', 'SFX', 'step.wav')).isFile()).toBe(true);
    expect(statSync(join(outside, 'Containers', 'More.wwu')).isFile()).toBe(true);
    expect(readFileSync(join(outside, 'Containers', 'Default Work Unit.wwu'), 'utf8')).toContain(
      'Name="Step"',
    );
  });
});

/** Moves a file or folder outside and leaves a link; gives where it leads. */
function linkOut(path: string): string {
  const target = join(outside, basename(path));
  cpSync(path, target, { recursive: true });
  renameSync(path, `${path}.was`);
  rmSync(`${path}.was`, { recursive: true });
  symlinkSync(target, path);
  return target;
}

function contents(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, statSync(path).isFile() ? readFileSync(path, 'latin1') : ''] as const);
}
