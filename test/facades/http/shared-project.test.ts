import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { joinProject, socketUrl } from '../../../src/workspace/join-project.ts';
import { newPipePath } from '../../../src/workspace/share-project.ts';
import { connectWamp } from '../../../src/wwise/connection/connect-wamp.ts';
import { runProgram } from '../../harness/command-line.ts';
import { type Answered, ask } from '../../harness/http-room.ts';
import { program } from '../../harness/program.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { serveWaapi } from '../../harness/waapi-server-process.ts';
import { startServer } from '../mcp/stdio/stdio-client.ts';

const parentPath = '\\Containers\\Default Work Unit';

describe.skipIf(process.platform === 'win32')('one project', () => {
  const dir = tempDir('shared');
  const projectPath = join(dir, 'project', 'Test.wproj');
  createProject(projectPath);
  const places = (state: string) => [
    '--project',
    projectPath,
    '--state',
    join(dir, state),
    '--log-level',
    'silent',
  ];

  async function serve(state: string, more: readonly string[] = []) {
    const child = spawn(
      process.execPath,
      [program('main'), 'serve', '--port', '0', ...places(state), ...more],
      {
        cwd: dir,
      },
    );
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    await expect.poll(() => out).toContain('Ctrl+C');
    const [, url = ''] = /REST {2}(\S+)/.exec(out) ?? [];
    return {
      ask: (request: string, body?: unknown) => ask(url, request, body),
      async end() {
        child.kill('SIGTERM');
        await once(child, 'exit');
      },
    };
  }

  const runAlone = async (name: string, more: object[] = []) => {
    const flowPath = join(dir, `${name}.json`);
    const node = { id: 'a', type: 'createSound', data: { name, parentPath } };
    writeFileSync(flowPath, JSON.stringify({ workflowId: name, nodes: [node, ...more], edges: [] }));
    return runProgram(['run', flowPath, '--json', ...places('of-run')], { cwd: dir });
  };

  it('is worked on by an agent, a server and a run at once, and goes on when the one that has it is killed', async () => {
    const agent = await startServer('2026-07-28', places('of-agent'), dir);
    expect(await agent.call('create_sound', { name: 'ByAgent', parentPath })).toMatchObject({ ok: true });
    const server = await serve('of-server');
    expect(await server.ask('POST /wwise/create_sound', { name: 'ByServer', parentPath })).toMatchObject({
      status: 200,
    });
    expect(await runAlone('ByRun')).toMatchObject({ code: 0 });
    const sounds = { query: '$ from type Sound' };
    const named = ({ data }: Answered) => JSON.stringify(data.objects);
    const seen = named(await server.ask('POST /wwise/query_waql', sounds));
    for (const name of ['ByAgent', 'ByServer', 'ByRun']) {
      expect(seen).toContain(name);
      expect(JSON.stringify(await agent.call('query_waql', sounds))).toContain(name);
    }
    // Each keeps what it was started with.
    const reader = await serve('of-reader', ['--read-only']);
    expect(await reader.ask('GET /audit')).toMatchObject({ data: { records: [] } });
    expect((await reader.ask('POST /wwise/create_sound', { name: 'No', parentPath })).status).toBe(404);
    expect(named(await reader.ask('POST /wwise/query_waql', sounds))).toContain('ByRun');
    await reader.end();
    const preview = await server.ask('POST /workflows/preview', {
      nodes: [{ id: 'a', type: 'createSound', data: { name: 'Tried', parentPath } }],
      edges: [],
    });
    expect(preview).toMatchObject({ status: 200, json: { ok: true } });
    expect(await server.ask('POST /wwise/project_save', {})).toMatchObject({ status: 200 });

    kill(agent.pid, 'SIGKILL');
    await expect
      .poll(async () => (await server.ask('POST /wwise/create_sound', { name: 'After', parentPath })).status)
      .toBe(200);
    const after = named(await server.ask('POST /wwise/query_waql', sounds));
    for (const name of ['ByAgent', 'ByServer', 'ByRun', 'After']) expect(after).toContain(name);
    expect(await runAlone('ThroughServer')).toMatchObject({ code: 0 });
    expect(named(await server.ask('POST /wwise/query_waql', sounds))).toContain('ThroughServer');
    await agent.close().catch(() => undefined);
    await server.end();
  });

  it('is served to programs through the process that has it, and by the server itself once that ends', async () => {
    const agent = await startServer('2026-07-28', places('of-agent'), dir);
    expect(await agent.call('create_sound', { name: 'Held', parentPath })).toMatchObject({ ok: true });
    const second = await serveWaapi(projectPath, join(dir, 'of-waapi'));
    expect(second.said()).toContain('through the process that has it');
    const client = await connectWamp(second.url);
    const heard: string[] = [];
    await client.subscribe('ak.wwise.core.object.created', { return: ['name'] }, (event) => {
      heard.push(JSON.stringify(event));
    });
    const named = async (name: string) =>
      JSON.stringify(await client.call('ak.wwise.core.object.get', { waql: `$ where name = "${name}"` }, {}));
    expect(await named('Held')).toContain('Held');
    const make = { parent: parentPath, type: 'Sound', name: 'ByProgram' };
    await client.call('ak.wwise.core.object.create', make, {});
    await expect.poll(() => heard.join()).toContain('ByProgram');
    expect(JSON.stringify(await agent.call('query_waql', { query: '$ where name = "ByProgram"' }))).toContain(
      'ByProgram',
    );
    await expect(client.call('ak.wwise.console.project.close', {}, {})).rejects.toMatchObject({
      uri: 'ak.wwise.unavailable',
    });
    expect(await agent.call('project_save', {})).toMatchObject({ ok: true });
    kill(agent.pid, 'SIGKILL');
    await agent.close().catch(() => undefined);
    expect(await named('ByProgram')).toContain('ByProgram');
    await client.call('ak.wwise.core.object.create', { ...make, name: 'AfterKill' }, {});
    await expect.poll(() => heard.join()).toContain('AfterKill');
    // It has the project now, and serves the next window in turn.
    expect(await runAlone('ThroughWaapiServer')).toMatchObject({ code: 0 });
    expect(await named('ThroughWaapiServer')).toContain('ThroughWaapiServer');
    await client.close();
    await second.end();
  });

  it('leaves what is unsaved for the window that goes on with it', async () => {
    const server = await serve('of-first');
    expect(await server.ask('POST /wwise/create_sound', { name: 'First', parentPath })).toMatchObject({
      status: 200,
    });
    const agent = await startServer('2026-07-28', [...places('of-second'), '--toolsets', 'all'], dir);
    expect(await agent.call('create_sound', { name: 'Unsaved', parentPath })).toMatchObject({ ok: true });
    await server.end();
    await expect
      .poll(async () => JSON.stringify(await agent.call('project_info', {})))
      .toContain('Earlier sessions ended with unsaved edits');
    const kept = JSON.stringify(await agent.call('project_recover', {}));
    expect(kept).toContain('Unsaved');
    await agent.close();
  });

  it('is not worked on by two versions together', async () => {
    const other = { path: join(dir, 'nothing'), version: '9.9.9' };
    await expect(joinProject(other, '0.1.0', silentLog)).rejects.toMatchObject({
      code: 'WAAPI_UNAVAILABLE',
      details: { theirs: '9.9.9', ours: '0.1.0' },
    });
  });
});

it('a named pipe of Windows is found by the part of its address that ws takes for the path of a socket', () => {
  const path = newPipePath();
  expect(path).toMatch(/^\\\\\.\\pipe\\wwiseflow-[0-9a-f]{32}$/);
  expect(newPipePath()).not.toBe(path);
  const { protocol, pathname } = new URL(socketUrl(path));
  expect([protocol, ...pathname.split(':')]).toEqual(['ws+unix:', path, '/waapi']);
});
