import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../harness/command-line.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

interface Repository {
  /** The root of the repository; everything in it may be read and written. */
  readonly root: string;
  readonly projectDir: string;
  /** Absolute path of a file in Originals\SFX. */
  sfx(name: string): string;
}

/** A project inside a repository that holds other work too, with work in both that was not committed. */
function newRepository(): Repository {
  const root = newTempDir('repository');
  const projectDir = join(root, 'audio', 'Game');
  const projectPath = join(projectDir, 'Game.wproj');
  const sfx = (name: string) => join(projectDir, 'Originals', 'SFX', name);
  freshProject(projectPath);
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
  return { root, projectDir, sfx };
}

const useGit = { uri: 'ak.wwise.core.sourceControl.setProvider', args: { provider: 'Git' } };

/** Runs `work` with a client of the program on the project of a new repository. */
async function withRepository(work: (room: McpRoom & Repository) => Promise<void>): Promise<void> {
  const repository = newRepository();
  const { root, projectDir } = repository;
  try {
    await withMcp(root, ['--project', join(projectDir, 'Game.wproj')], async (room) => {
      await room.done('waapi_call', useGit);
      await work({ ...room, ...repository });
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

  it('adds and commits nothing by the name of a folder, also of one that is gone, or of a link', () =>
    withRepository(async ({ call, root, projectDir, sfx }) => {
      const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
      const originals = join(projectDir, 'Originals', 'SFX');
      writeTone(sfx('Deep/new.wav'));
      symlinkSync('kept.wav', sfx('link.wav'));
      const before = git('status', '--porcelain', '-uall');
      const refusesAll = async (names: readonly string[]): Promise<void> => {
        for (const name of names)
          for (const [verb, more] of [
            ['add', {}],
            ['commit', { message: 'all of it' }],
          ] as const) {
            const uri = `ak.wwise.core.sourceControl.${verb}`;
            for (const answer of [
              await call('waapi_call', { uri, args: { files: [name], ...more }, confirm: true }),
              await call('source_control_change', { action: verb, files: [name], ...more }),
            ])
              expect(answer, `${verb} ${name}`).toMatchObject({ ok: false });
          }
      };
      await refusesAll([originals, `${originals}/`, join(originals, 'Deep'), projectDir, sfx('link.wav')]);
      expect(git('status', '--porcelain', '-uall')).toBe(before);
      rmSync(join(projectDir, 'Events'), { recursive: true });
      await refusesAll([join(projectDir, 'Events')]);
      expect(git('log', '--format=%s').trim()).toBe('first');
      expect(git('diff', '--cached', '--name-only')).toBe('');
    }));

  it('brings a Work Unit that is loaded back on disk and here, where nothing unsaved is lost', () =>
    withRepository(async ({ call, done, projectDir }) => {
      const containers = '\\Containers\\Default Work Unit';
      const unit = join(projectDir, 'Containers', 'Default Work Unit.wwu');
      const committed = readFileSync(unit);
      await done('create_sound', { name: 'Saved', parentPath: containers });
      await done('project_save', {});
      // Unsaved, in another file: it is kept.
      await done('create_object', {
        type: 'Event',
        name: 'Play_Unsaved',
        parentPath: '\\Events\\Default Work Unit',
      });
      expect(await call('source_control_revert', { files: [unit] })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
      });
      const answer = await call('source_control_revert', { files: [unit], confirm: true });
      expect(answer).toMatchObject({
        ok: true,
        notices: [
          expect.stringContaining('The project was reloaded, because a revert by source control changed'),
        ],
      });
      expect(readFileSync(unit)).toEqual(committed);
      expect(await call('get_object', { objectId: `${containers}\\Saved` })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
      await done('get_object', { objectId: '\\Events\\Default Work Unit\\Play_Unsaved' });
      await done('project_save', {});
      expect(readFileSync(unit)).toEqual(committed);
      expect(readFileSync(join(projectDir, 'Events', 'Default Work Unit.wwu'), 'utf8')).toContain(
        'Play_Unsaved',
      );
    }));

  it('deletes no loaded Work Unit by reverting it to before it was committed', () =>
    withRepository(async ({ call, done, projectDir }) => {
      await done('create_work_unit', { name: 'Fresh', parentPath: '\\Containers' });
      const fresh = join(projectDir, 'Containers', 'Fresh.wwu');
      const uri = 'ak.wwise.core.sourceControl';
      await done('waapi_call', { uri: `${uri}.add`, args: { files: [fresh] } });
      expect(await call('source_control_revert', { files: [fresh], confirm: true })).toMatchObject({
        ok: false,
        error: expect.stringContaining('never committed'),
      });
      expect(existsSync(fresh)).toBe(true);
    }));

  it('moves no folder, and no file into one', () =>
    withRepository(async ({ call, projectDir, sfx }) => {
      const uri = 'ak.wwise.core.sourceControl.move';
      const events = join(projectDir, 'Events');
      for (const args of [
        { files: [events], newFiles: [join(projectDir, 'Elsewhere')] },
        { files: [sfx('gone.wav')], newFiles: [events] },
      ])
        expect(await call('waapi_call', { uri, args })).toMatchObject({
          ok: false,
          error: expect.stringContaining(`"${events}" is a folder`),
        });
      expect(existsSync(join(events, 'Default Work Unit.wwu'))).toBe(true);
      expect(existsSync(sfx('gone.wav'))).toBe(true);
    }));

  it('touches no file by the name of a link to it', () =>
    withRepository(async ({ call, projectDir, sfx }) => {
      symlinkSync('gone.wav', sfx('link.wav'));
      symlinkSync(join(projectDir, 'Originals'), join(projectDir, 'Sounds'));
      const newFiles = [sfx('moved.wav')];
      for (const name of [sfx('link.wav'), join(projectDir, 'Sounds', 'SFX', 'link.wav'), 'SFX\\link.wav'])
        for (const verb of ['delete', 'revert', 'move']) {
          const args = { files: [name], ...(verb === 'move' ? { newFiles } : {}) };
          const uri = `ak.wwise.core.sourceControl.${verb}`;
          expect(await call('waapi_call', { uri, args, confirm: true }), `${verb} ${name}`).toMatchObject({
            code: 'INVALID_INPUT',
            details: { leadsTo: sfx('gone.wav') },
          });
        }
      const files = [sfx('link.wav')];
      expect(await call('source_control_revert', { files, confirm: true })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(existsSync(sfx('gone.wav'))).toBe(true);
    }));

  it('moves nothing through a link that leads out of the project, and makes no folder there', () =>
    withRepository(async ({ call, root, projectDir, sfx }) => {
      symlinkSync(join(root, 'src'), join(projectDir, 'out'));
      symlinkSync(join(root, 'not-yet'), join(projectDir, 'nowhere'));
      for (const way of ['out/deep/a.wav', 'nowhere/a.wav', 'nowhere', 'out/../../../src/a.wav']) {
        const args = { files: [sfx('gone.wav')], newFiles: [`${projectDir}/${way}`] };
        const uri = 'ak.wwise.core.sourceControl.move';
        expect(await call('waapi_call', { uri, args }), way).toMatchObject({ ok: false });
      }
      expect(existsSync(sfx('gone.wav'))).toBe(true);
      expect(readdirSync(join(root, 'src'))).toEqual(['game.c']);
      expect(existsSync(join(root, 'not-yet'))).toBe(false);
    }));

  it('asks before it loses work in files that git was asked not to look at', () =>
    withRepository(async ({ call, root, sfx }) => {
      for (const [flag, status] of [
        ['--assume-unchanged', 'assume-unchanged'],
        ['--skip-worktree', 'skip-worktree'],
      ] as const) {
        execFileSync('git', ['-C', root, 'update-index', '--no-assume-unchanged', sfx('kept.wav')]);
        execFileSync('git', ['-C', root, 'update-index', flag, sfx('kept.wav')]);
        for (const verb of ['delete', 'revert']) {
          const uri = `ak.wwise.core.sourceControl.${verb}`;
          expect(await call('waapi_call', { uri, args: { files: [sfx('kept.wav')] } })).toMatchObject({
            code: 'CONFIRMATION_REQUIRED',
            details: { files: [{ file: sfx('kept.wav'), status }] },
          });
        }
      }
      expect(existsSync(sfx('kept.wav'))).toBe(true);
    }));

  it('leaves Work Units with unsaved edits alone, by whatever name and though confirmed', () =>
    withRepository(async ({ call, done, projectDir }) => {
      await done('create_sound', { name: 'Mine', parentPath: '\\Containers\\Default Work Unit' });
      const unit = join(projectDir, 'Containers', 'Default Work Unit.wwu');
      symlinkSync(join(projectDir, 'Containers'), join(projectDir, 'alias'));
      const before = readFileSync(unit);
      for (const name of [
        unit,
        `${projectDir}/Originals/../Containers/Default Work Unit.wwu`,
        join(projectDir, 'alias', 'Default Work Unit.wwu'),
        '..\\Containers\\Default Work Unit.wwu',
      ])
        for (const verb of ['delete', 'revert', 'move']) {
          const newFiles = [join(projectDir, 'Containers', 'Other.wwu')];
          const args = { files: [name], ...(verb === 'move' ? { newFiles } : {}) };
          const uri = `ak.wwise.core.sourceControl.${verb}`;
          expect(await call('waapi_call', { uri, args, confirm: true }), `${verb} ${name}`).toMatchObject({
            ok: false,
            error: expect.stringContaining('open in this instance'),
          });
        }
      expect(readFileSync(unit)).toEqual(before);
      await done('project_save', {});
      expect(readFileSync(unit, 'utf8')).toContain('Mine');
    }));

  it('acts on the repository of the project, though the program was started by a hook of another', async () => {
    const { root, projectDir, sfx } = newRepository();
    const other = newTempDir('other-repository');
    try {
      execFileSync('git', ['init', '--quiet', other]);
      const hello = {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'c', version: '1' },
      };
      const files = [sfx('gone.wav'), sfx('kept.wav')];
      const lines = [
        { id: 1, method: 'initialize', params: hello },
        { method: 'notifications/initialized' },
        { id: 2, method: 'tools/call', params: { name: 'waapi_call', arguments: useGit } },
        { id: 3, method: 'tools/call', params: { name: 'source_control_status', arguments: { files } } },
      ].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      const target = ['--project', join(projectDir, 'Game.wproj'), '--state', join(root, 'state')];
      const { out } = await runProgram(['mcp', '--toolsets', 'all', ...target], {
        cwd: root,
        env: { GIT_DIR: join(other, '.git'), GIT_INDEX_FILE: join(other, '.git', 'index') },
        input: lines.join(''),
        until: '"id":3',
      });
      expect(out).toContain('"status":"edit"');
      expect(out).not.toContain('not in source control"');
    } finally {
      for (const dir of [root, other]) rmSync(dir, { recursive: true, force: true });
    }
  });
});
