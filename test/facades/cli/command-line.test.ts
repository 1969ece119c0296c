import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { launch } from '../mcp/stdio/stdio-client.ts';

describe('the command line', () => {
  let dir = '';
  const env = { ...process.env, NO_COLOR: '1' };
  const child = (args: readonly string[]) => spawn(process.execPath, [...launch, ...args], { cwd: dir, env });

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-cli-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  async function run(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
    const process = child(args);
    let out = '';
    let err = '';
    process.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    process.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const [code] = await once(process, 'close');
    return { code, out, err };
  }

  const flow = (name: string, workflow: unknown): string => {
    const path = join(dir, name);
    writeFileSync(path, typeof workflow === 'string' ? workflow : JSON.stringify(workflow));
    return path;
  };
  const target = () => ['--project', join(dir, 'Game.wproj'), '--state', join(dir, 'state')];
  const oneSound = (parentPath: string) => ({
    workflowId: 'one-sound',
    nodes: [
      { id: 'sound', type: 'createSound', data: { name: 'Step', parentPath } },
      { id: 'save', type: 'projectSave', data: {} },
    ],
    edges: [],
  });

  it('creates a project and finds every byte of it in order', async () => {
    expect(await run('new', 'Game.wproj')).toMatchObject({ code: 0 });
    const checked = await run('check', 'Game.wproj');
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.out).toContain('all written back byte for byte');
    expect(await run('new', 'Game.wproj')).toMatchObject({ code: 2, out: '' });
  });

  it('shows a plan without running it', async () => {
    const plan = await run(
      'run',
      flow('flow.json', oneSound('\\Containers\\Default Work Unit')),
      '--plan',
      ...target(),
    );
    expect(plan).toMatchObject({ code: 0 });
    expect(plan.out).toMatch(/create_sound create/);
    expect(plan.out).toMatch(/sound → save/);
    expect(plan.out).not.toContain('✓');
  });

  it('runs a workflow with exit code 0, and again from the memo', async () => {
    const path = flow('flow.json', oneSound('\\Containers\\Default Work Unit'));
    const first = await run('run', path, ...target());
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/✓ sound .*createSound/);
    const second = await run('run', path, '--json', ...target());
    const { results } = asJsonObject(asJsonObject(JSON.parse(second.out)).data);
    expect(asJsonArray(results).map((row) => asJsonObject(row).memo)).toEqual(['hit', undefined]);
  });

  it('ends with 1 when a node fails, naming it and the next step', async () => {
    const result = await run('run', flow('bad.json', oneSound('\\Containers\\Nowhere')), ...target());
    expect(result).toMatchObject({ code: 1 });
    expect(result.out).toContain('✗ OBJECT_NOT_FOUND  Node sound (createSound):');
    expect(result.out).toContain('→');
  });

  it('warns when changes are lost because nobody saved them', async () => {
    const data = { name: 'Unsaved', parentPath: '\\Containers\\Default Work Unit' };
    const path = flow('unsaved.json', {
      workflowId: 'unsaved',
      nodes: [{ id: 'a', type: 'createSound', data }],
    });
    const result = await run('run', path, ...target());
    expect(result).toMatchObject({ code: 0 });
    expect(result.err).toContain('unsaved changes');
  });

  it.each([
    ['that does not compile', { nodes: [{ id: 'a', type: 'creatSound' }], edges: [] }, 'createSound'],
    ['that is not JSON', '{ "nodes": [', 'is not JSON'],
  ])('ends with 2 for a workflow %s', async (_, workflow, says) => {
    const result = await run('run', flow('invalid.json', workflow), ...target());
    expect(result).toMatchObject({ code: 2 });
    expect(result.out).toContain(says);
  });

  it('ends with 2 for a mistyped command, on stderr', async () => {
    const result = await run('chekc', 'Game.wproj');
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toContain('Did you mean "check"?');
  });

  it('reports a broken Work Unit by name', async () => {
    await run('new', 'Broken/Broken.wproj');
    const workUnit = join(dir, 'Broken', 'Events', 'Default Work Unit.wwu');
    writeFileSync(workUnit, '<<<<<<< HEAD\n');
    const result = await run('check', 'Broken/Broken.wproj');
    expect(result).toMatchObject({ code: 1 });
    expect(result.out).toContain(workUnit);
  });

  it('has a doctor who says what is reachable and what to do', async () => {
    const well = await run('doctor', ...target());
    expect(well).toMatchObject({ code: 0 });
    expect(well.out).toContain('project Game');
    const ill = await run(
      'doctor',
      '--wwise',
      'ws://127.0.0.1:9/waapi',
      '--state',
      join(dir, 'state'),
      '--json',
    );
    expect(ill).toMatchObject({ code: 1 });
    const findings = asJsonArray(asJsonObject(JSON.parse(ill.out)).findings).map(asJsonObject);
    expect(findings.find((finding) => finding.ok === false)).toMatchObject({
      what: 'Project',
      advice: expect.any(String),
    });
  });

  it('serves a project over HTTP until it is asked to stop', async () => {
    const server = child([
      'waapi-server',
      'Game.wproj',
      '--wamp-port',
      '0',
      '--http-port',
      String(await freePort()),
      '--log-level',
      'silent',
    ]);
    let out = '';
    server.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    while (!out.includes('Ctrl+C')) await once(server.stdout, 'data');
    const url = /http:\/\/\S+/.exec(out)?.[0] ?? '';
    const body = JSON.stringify({ uri: 'ak.wwise.core.getProjectInfo', args: {}, options: {} });
    const answer: unknown = await (await fetch(url, { method: 'POST', body })).json();
    expect(answer).toMatchObject({ name: 'Game' });
    server.kill('SIGTERM');
    expect(await once(server, 'close')).toEqual([0, null]);
  });

  it('serves without a project, and ends by itself with code 1 when the watchdog starves', async () => {
    const ports = ['--wamp-port', '0', '--http-port', String(await freePort())];
    const server = child([
      'waapi-server',
      ...ports,
      '--watchdog-timeout',
      '1',
      '--allow-migration',
      '--verbose',
    ]);
    const lines: string[] = [];
    server.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    expect(await once(server, 'close')).toEqual([1, null]);
    expect(lines.join('')).toContain('Serving without a project');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
