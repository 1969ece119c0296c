import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { logText } from '../../../src/core/text/log-text.ts';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { ownCommand } from '../../../src/facades/cli/own-command.ts';
import { runProgram } from '../../harness/command-line.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { launch } from '../mcp/stdio/stdio-client.ts';

/** `script` of util-linux gives a program a terminal. */
const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
const nowhere = ['--wwise', 'ws://127.0.0.1:9/waapi', '--log-level', 'debug'];

describe('a person who starts the program by hand', () => {
  const dir = tempDir('at-a-terminal');
  const atTerminal = async (...args: string[]): Promise<string> => {
    const command = [process.execPath, ...launch, ...args].map((word) => `'${word}'`).join(' ');
    const env = { ...process.env, NO_COLOR: '1' };
    const { stdout } = await promisify(execFile)('script', ['-qc', command, '/dev/null'], {
      cwd: dir,
      env,
    }).catch((failed: { stdout: string }) => failed);
    return stdout;
  };

  it.skipIf(!hasTerminal)('reads what it is and what to do, and gets the prompt back', async () => {
    const said = await atTerminal();
    expect(said).toContain('your AI agent edits Wwise projects');
    expect(said).toMatch(/main\.js init CLIENT/);
    expect(said).toMatch(/claude-code, claude-desktop, cline, codex, cursor, gemini, vscode, windsurf/);
    expect(said).toMatch(/main\.js doctor/);
  });

  it.skipIf(!hasTerminal)('reads the log as text', async () => {
    const said = await atTerminal('doctor', ...nowhere, '--state', join(dir, 'state'));
    expect(said).toMatch(/^\d\d:\d\d:\d\d debug .*ECONNREFUSED/m);
    expect(said).not.toContain('{"level"');
  });

  it('leaves JSON to the program behind a pipe', async () => {
    const said = await runProgram(['doctor', ...nowhere, '--state', join(dir, 'state')], { cwd: dir });
    const lines = said.err.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
  });

  it('may name the folder of a project for its file, wherever a project is named', async () => {
    createProject(join(dir, 'Game', 'Game.wproj'));
    mkdirSync(join(dir, 'None'), { recursive: true });
    const target = ['--project', 'Game', '--state', 'state'];
    const well = await runProgram(['doctor', ...target], { cwd: dir });
    expect(well).toMatchObject({ code: 0 });
    expect(well.out).toContain(join(dir, 'Game', 'Game.wproj'));
    expect(await runProgram(['check', 'Game'], { cwd: dir })).toMatchObject({ code: 0 });
    const none = await runProgram(['check', 'None'], { cwd: dir });
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain('is not a .wproj file and holds none');
  });
});

describe('a line of the log at a terminal', () => {
  it('has time, level, words and facts, and the stack of an error below', () => {
    const line = { level: 30, time: 1_700_000_000_000, file: 'a.wwu', count: 2, msg: 'read' };
    expect(logText(JSON.stringify(line))).toBe('22:13:20 info  read  file=a.wwu  count=2\n');
    const error = { ...line, level: 50, err: { message: 'broken', stack: 'Error: broken\n    at x' } };
    expect(logText(JSON.stringify(error))).toBe(
      '22:13:20 error read  file=a.wwu  count=2  error=broken\nError: broken\n    at x\n',
    );
  });

  it('is left as it is where it is no JSON', () => {
    expect(logText('x\n')).toBe('x\n');
  });
});

describe('the command that help shows', () => {
  it.each([
    ['/home/me/.npm/_npx/1a/node_modules/.bin/wwiseflow', '/home/me', 'npx wwiseflow'],
    ['/usr/local/bin/wwiseflow', '/home/me', 'wwiseflow'],
    ['/usr/local/lib/node_modules/wwiseflow/dist/main.js', '/home/me', 'wwiseflow'],
    ['/home/me/wwiseflow/dist/main.js', '/home/me/wwiseflow', 'node dist/main.js'],
    ['/home/me/my flow/dist/main.js', '/srv', 'node "/home/me/my flow/dist/main.js"'],
  ])('of %s started in %s is %s', (script, cwd, command) => {
    expect(ownCommand(script, cwd)).toBe(command);
  });
});
