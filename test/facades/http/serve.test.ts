import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../harness/command-line.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { ask } from '../../harness/http-room.ts';
import { program } from '../../harness/program.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('wwiseflow serve', () => {
  const dir = tempDir('serve');
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  const places = ['--project', projectPath, '--state', join(dir, 'state'), '--log-level', 'silent'];

  async function start() {
    const child = spawn(process.execPath, [program('main'), 'serve', '--port', '0', ...places], { cwd: dir });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    await expect.poll(() => out).toContain('Ctrl+C');
    const [, url = ''] = /REST {2}(\S+)/.exec(out) ?? [];
    return { child, url, out };
  }

  it('prints where it is, serves, keeps unsaved edits, and ends although a run waits and a stream is open', async () => {
    const { child, url, out } = await start();
    expect(out).toContain(`MCP   ${url}/mcp`);
    expect(await ask(url, 'GET /health')).toMatchObject({ status: 200, data: { status: 'ok' } });
    expect(await ask(url, 'GET /ready')).toMatchObject({ status: 200 });
    const sound = { parentPath: '\\Containers\\Default Work Unit', name: 'Unsaved' };
    expect((await ask(url, 'POST /wwise/create_sound', sound)).status).toBe(200);
    const waiting = { nodes: [{ id: 'w', type: 'wait', data: { forMs: 600_000 } }], edges: [] };
    const run = await ask(url, 'POST /workflows/execute', { workflow: waiting, waitMs: 0 });
    const stream = await fetch(`${url}${run.headers.get('location')}/events`);
    child.kill('SIGTERM');
    const [code]: unknown[] = await once(child, 'exit');
    expect(code).toBe(0);
    await stream.text().catch(() => undefined);

    const again = await start();
    const info = await ask(again.url, 'POST /wwise/project_info', {});
    expect(JSON.stringify(info.json.notices)).toContain('project_recover');
    again.child.kill('SIGTERM');
    await once(again.child, 'exit');
  });

  it('does not listen for other machines without tokens', async () => {
    const refused = await runProgram(['serve', '--host', '0.0.0.0', ...places], { cwd: dir });
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('--auth');
  });

  it('says so when another program listens at the port', async () => {
    const { child, url } = await start();
    const { port } = new URL(url);
    const other = ['--state', join(dir, 'other'), '--log-level', 'silent'];
    const refused = await runProgram(['serve', '--port', port, ...other], { cwd: dir });
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('another program listens there');
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
});
