import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';
import { createProject } from '../../../../src/embedded/project/new-project/new-project.ts';
import { chooseTargetOptions } from '../../../../src/facades/cli/init/choose-target.ts';
import { clients } from '../../../../src/facades/cli/init/clients.ts';
import { serverEntry } from '../../../../src/facades/cli/init/server-entry.ts';
import { sample } from '../../../harness/amount.ts';
import { runProgram, type Said } from '../../../harness/command-line.ts';
import { newTempDir, tempDir } from '../../../harness/temp-dir.ts';
import { startEntry } from './start-entry.ts';

const root = tempDir('init');
const nobody = async () => null;

describe('init', () => {
  let dir = '';
  let home = '';
  beforeEach(() => {
    dir = newTempDir('init-case');
    home = join(dir, 'home');
    mkdirSync(home);
    createProject(join(dir, 'work', 'Game', 'Game.wproj'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const init = (...args: string[]): Promise<Said> =>
    runProgram(['init', ...args], {
      cwd: join(dir, 'work'),
      env: {
        NO_COLOR: '1',
        HOME: home,
        USERPROFILE: home,
        APPDATA: join(home, 'AppData'),
        XDG_CONFIG_HOME: '',
        CODEX_HOME: '',
        WWISEFLOW_STATE: join(dir, 'state'),
      },
    });
  const project = () => join(dir, 'work', 'Game', 'Game.wproj');
  const desktop = () => {
    const [path = ''] = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('claude_desktop_config.json'),
    );
    return join(home, path);
  };

  it.each(
    sample(
      clients.map(({ name }) => name),
      2,
    ),
  )('finds the project near here and gives %s an entry that starts a server on it', async (client) => {
    const said = await init(client);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain(`✓ Project     ${project()}: project Game`);
    const [, filePath = ''] = /in (\S+\.(?:json|toml))\.$/m.exec(said.out) ?? [];
    const { tools, project: open } = await startEntry(filePath);
    expect(open).toBe('Game');
    expect(tools).toContain('workflow_run');
    const removed = await init(client, '--remove');
    expect(removed).toMatchObject({ code: 0, err: '' });
    expect(removed.out).toContain(`with ${filePath}, which held nothing else.`);
    expect(existsSync(filePath)).toBe(false);
  });

  it('shows the entry and writes nothing with --print', async () => {
    const said = await init('claude-desktop', '--print', '--profile', 'designer', '--allow-dir', 'wavs');
    expect(said).toMatchObject({ code: 0, err: '' });
    const shown = asJsonObject(JSON.parse(said.out.slice(said.out.indexOf('{'))));
    const args = asJsonArray(asJsonObject(asJsonObject(shown.mcpServers).wwiseflow).args).map(asString);
    expect(args.slice(1)).toEqual([
      'mcp',
      '--project',
      project(),
      '--profile',
      'designer',
      '--allow-dir',
      join(dir, 'work', 'wavs'),
      '--state',
      join(dir, 'state'),
    ]);
    expect(existsSync(join(home, '.config'))).toBe(false);
  });

  it('keeps what was there, beside it and in it, and its mode', async () => {
    await init('claude-desktop');
    const filePath = desktop();
    const mine = '{\n  "theme": "dark",\n  "mcpServers": {}\n}\n';
    writeFileSync(filePath, mine);
    chmodSync(filePath, 0o600);
    const said = await init('claude-desktop');
    expect(said.out).toContain(`What was there before is kept in ${filePath}.before-wwiseflow`);
    expect(readFileSync(`${filePath}.before-wwiseflow`, 'utf8')).toBe(mine);
    expect(JSON.parse(readFileSync(filePath, 'utf8'))).toMatchObject({ theme: 'dark' });
    if (process.platform !== 'win32') {
      expect(statSync(filePath).mode & 0o777).toBe(0o600);
      expect(statSync(`${filePath}.before-wwiseflow`).mode & 0o777).toBe(0o600);
    }
    const again = await init('claude-desktop');
    expect(again.out).toContain('has this entry already');
    await init('claude-desktop', '--remove');
    expect(readFileSync(filePath, 'utf8')).toBe(mine);
    expect(existsSync(`${filePath}.before-wwiseflow`)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(filePath).mode & 0o777).toBe(0o600);
  });

  it('writes through a link to where the settings are kept', async () => {
    const kept = join(dir, 'dotfiles.json');
    writeFileSync(kept, '{}\n');
    symlinkSync(kept, join(dir, 'work', '.mcp.json'));
    expect(await init('claude-code')).toMatchObject({ code: 0 });
    expect(readFileSync(kept, 'utf8')).toContain('wwiseflow');
  });

  it('leaves settings alone that it cannot read, and names the line', async () => {
    const filePath = join(dir, 'work', '.mcp.json');
    writeFileSync(filePath, '{\n  "mcpServers": {\n');
    const said = await init('claude-code');
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.err).toMatch(/FILE_UNREADABLE.*line 3/);
    expect(readFileSync(filePath, 'utf8')).toBe('{\n  "mcpServers": {\n');
    expect(readdirSync(join(dir, 'work')).sort()).toEqual(['.mcp.json', 'Game']);
  });

  it('asks for a choice by options where there are several projects and nobody to ask', async () => {
    createProject(join(dir, 'work', 'Other', 'Other.wproj'));
    const said = await init('claude-code');
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain(`--project ${project()}`);
    expect(await init('claude-code', '--project', 'Other')).toMatchObject({ code: 0 });
    expect(readFileSync(join(dir, 'work', '.mcp.json'), 'utf8')).toContain('Other.wproj');
  });

  it('says how to get a project where there is none', async () => {
    const said = await runProgram(['init', 'claude-code'], { cwd: home, env: { HOME: home } });
    expect(said).toMatchObject({ code: 2 });
    expect(said.err).toContain('wwiseflow new Game/Game.wproj');
  });

  it('answers a misspelt client, and a scope it has not', async () => {
    expect((await init('curser')).err).toContain('Did you mean "cursor"?');
    expect((await init('windsurf', '--scope', 'project')).err).toContain('Leave --scope out');
  });

  it('removes nothing where nothing is', async () => {
    const said = await init('cursor', '--remove');
    expect(said).toMatchObject({ code: 0 });
    expect(said.out).toContain('nothing to remove');
    expect(existsSync(join(home, '.cursor'))).toBe(false);
  });

  it('writes no password out', async () => {
    const said = await init('cursor', '--wwise', 'ws://me:secret@127.0.0.1:8080/waapi');
    expect(said).toMatchObject({ code: 2 });
    expect(said.err + said.out).not.toContain('secret');
  });
});

describe('the project that init chooses', () => {
  const wwise = { address: 'ws://127.0.0.1:8080/waapi', projectName: 'Live' };
  const folder = (name: string, ...projects: string[]) => {
    for (const path of projects) {
      mkdirSync(join(root, name, path, '..'), { recursive: true });
      writeFileSync(join(root, name, path), '');
    }
    return join(root, name);
  };

  it('is the running Wwise where no project lies near', async () => {
    mkdirSync(join(root, 'empty'), { recursive: true });
    const sources = { cwd: join(root, 'empty'), lookForWwise: async () => wwise, ask: null };
    expect(await chooseTargetOptions(sources)).toEqual(['--wwise', wwise.address]);
  });

  it('is one above where none is here or below', async () => {
    const cwd = join(folder('above', 'Game.wproj'), 'Events');
    mkdirSync(cwd);
    const chosen = await chooseTargetOptions({ cwd, lookForWwise: nobody, ask: null });
    expect(chosen).toEqual(['--project', join(root, 'above', 'Game.wproj')]);
  });

  it('is what the person answers, who is asked until it is a choice', async () => {
    const cwd = folder('several', 'A/A.wproj', 'deep/er/B/B.wproj', 'node_modules/x/X.wproj', '.git/Y.wproj');
    const asked: string[] = [];
    const answers = ['', '7', 'x', '3'];
    const ask = async (question: string) => {
      asked.push(question);
      return answers.shift() ?? '1';
    };
    const chosen = await chooseTargetOptions({ cwd, lookForWwise: async () => wwise, ask });
    expect(chosen).toEqual(['--project', join(cwd, 'deep', 'er', 'B', 'B.wproj')]);
    expect(asked).toHaveLength(4);
    expect(asked[0]).toContain('1  the Wwise that is running, now with Live');
    expect(asked[0]).not.toMatch(/X\.wproj|Y\.wproj/);
  });
});

describe('the entry', () => {
  const npx = '/home/me/.npm/_npx/1/node_modules/wwiseflow/dist/main.js';
  it.each([
    ['linux', npx, ['npx', '-y', 'wwiseflow', 'mcp', '--read-only']],
    ['win32', npx, ['cmd', '/c', 'npx', '-y', 'wwiseflow', 'mcp', '--read-only']],
    [
      'darwin',
      '/opt/wwiseflow/dist/main.js',
      ['/bin/node', '/opt/wwiseflow/dist/main.js', 'mcp', '--read-only'],
    ],
  ])('starts on %s what started init: %s', (platform, scriptPath, words) => {
    const entry = serverEntry(['--read-only'], { nodePath: '/bin/node', scriptPath, platform });
    expect([entry.command, ...entry.args]).toEqual(words);
  });
});
