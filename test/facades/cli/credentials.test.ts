import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../../src/core/errors.ts';
import { withoutCredentials } from '../../../src/core/secrets/without-credentials.ts';
import { runProgram } from '../../harness/command-line.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const secrets = ['hunter2', 'tok-4711', 'agent-smith'];
const url = 'ws://agent-smith:hunter2@127.0.0.1:9/waapi?token=tok-4711';

function expectNoSecretIn(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret);
}

describe('credentials', () => {
  const dir = tempDir('credentials');
  const state = join(dir, 'state');

  it('stay out of what the program prints, logs, answers and keeps', async () => {
    const options = { cwd: dir, env: { NO_COLOR: '1', WWISEFLOW_LOG_LEVEL: 'debug' } };
    const nodes = [{ id: 'a', type: 'createSound', data: { name: 'A', parentPath: '\\Containers' } }];
    writeFileSync(join(dir, 'flow.json'), JSON.stringify({ workflowId: 'w', nodes, edges: [] }));
    const target = ['--wwise', url, '--state', state];
    const doctor = await runProgram(['doctor', ...target], options);
    expect(doctor.out).toContain('127.0.0.1:9');
    expectNoSecretIn(doctor.out + doctor.err);
    const run = await runProgram(['run', 'flow.json', '--json', ...target], options);
    expect(run.out).toContain('WAAPI_UNAVAILABLE');
    expectNoSecretIn(run.out + run.err);
    const clientInfo = { name: 'c', version: '1' };
    const call = { command: 'nothing', password: 'hunter2', note: url };
    const lines = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: { name: 'project_info', arguments: {} } },
      { id: 3, method: 'tools/call', params: { name: 'get_object', arguments: call } },
      { id: 4, method: 'tools/call', params: { name: 'audit_query', arguments: {} } },
    ].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const mcp = await runProgram(['mcp', '--toolsets', 'default,all', ...target], {
      ...options,
      input: lines.join(''),
      until: '"id":4',
    });
    expect(mcp.out).toContain('"id":4');
    expectNoSecretIn(mcp.out + mcp.err);
    const kept = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(state, name)).isFile(),
    );
    expect(kept).not.toEqual([]);
    for (const name of kept) expectNoSecretIn(readFileSync(join(state, name), 'latin1'));
  });

  it.each([
    ['an address that is none', ['--wwise', 'agent-smith:hunter2@host:8080']],
    ['a password with a slash', ['--wwise', 'ftp://agent-smith:hun/hunter2@host:8080']],
    ['a password with a quote and a space', ['--wwise', 'ftp://agent-smith:x" hunter2@host']],
    ['two targets', ['--wwise', url, '--project', 'x.wproj']],
    ['an address as the project', ['--project', url]],
    ['an option there is not', ['--auth-token=tok-4711']],
    ['a subcommand there is not', [url]],
  ])('stay out of the error about %s', (_, argv) => {
    const around = { env: {}, cwd: dir, homeDir: dir, platform: 'linux', version: '1' };
    let error: WwiseFlowError | undefined;
    try {
      readConfig({ argv, ...around });
    } catch (thrown) {
      error = toWwiseFlowError(thrown);
    }
    expect(error?.code).toBe('INVALID_INPUT');
    expectNoSecretIn(JSON.stringify(error));
  });

  it('stay out of every error, whoever worded it', () => {
    const details = {
      address: url,
      apiKey: 'tok-4711',
      rows: [{ note: 'Authorization: Bearer tok-4711' }],
      n: 1,
    };
    const error = new WwiseFlowError('WAAPI_ERROR', `No answer from ${url}.`, {
      hint: `See ${url}`,
      details,
    });
    expectNoSecretIn(JSON.stringify(error));
    expect(error.details).toMatchObject({ n: 1 });
    expectNoSecretIn(JSON.stringify(toWwiseFlowError(new Error(`connect ${url} refused`))));
  });

  it.each([
    'C:/Game/@Step/a.wav',
    'https://example.com/@scope/name',
    'https://example.com:8080/@scope',
    'file:///home/x/@y',
    'someone@example.com',
    'a token of thanks',
    'Step@Hall: password',
  ])('are not seen in %s', (text) => {
    expect(withoutCredentials(text)).toBe(text);
  });

  it('are looked for in a time linear in the length of the text', () => {
    const before = process.cpuUsage();
    for (const part of ['aa://', 'token', 'a-', '@', '://@', 'token="', 'x:/@', '\\"token\\":\\"'])
      withoutCredentials(part.repeat(200_000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(20_000);
  });
});
