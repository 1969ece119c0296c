import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json } from '../../../src/core/json.ts';
import { runProgram } from '../../harness/command-line.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('the program with a configuration file', { timeout: 120_000 }, () => {
  const dir = tempDir('configuration');
  const own = join(dir, 'home', '.config', 'wwiseflow', 'wwiseflow.config.json');
  const env = { NO_COLOR: '1', HOME: join(dir, 'home'), XDG_CONFIG_HOME: '' };
  const write = (path: string, content: Json | string) => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  };
  const folder = (name: string) => {
    const path = join(dir, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const settingsOf = (out: string) =>
    Object.fromEntries(
      asJsonArray(asJsonObject(JSON.parse(out)).settings)
        .map(asJsonObject)
        .map(({ setting, ...rest }) => [setting, rest]),
    );

  it('has a doctor who says where each value came from', async () => {
    const cwd = folder('doctor');
    freshProject(join(cwd, 'Game', 'Game.wproj'));
    const limits = { maxPerSecond: 1, lockedPatience: 1, queueLength: 1, maxConcurrency: 1 };
    const staging = { limits: { lockedPatience: 2, queueLength: 2, maxConcurrency: 2 } };
    const file = join(cwd, 'team', 'flow.json');
    write(file, {
      project: '../Game',
      state: '../state',
      limits,
      environments: { staging },
      mapPath: [{ local: '.', wwise: 'S:\\A' }],
    });
    mkdirSync(join(cwd, 'state'));
    const more = { WWISEFLOW_LOCKED_PATIENCE: '3', WWISEFLOW_QUEUE_LENGTH: '3', WWISEFLOW_CONFIG: file };
    const args = ['doctor', '--env', 'staging', '--queue-length', '4'];
    const { code, out } = await runProgram([...args, '--json'], { cwd, env: { ...env, ...more } });
    expect(code).toBe(0);
    const found = settingsOf(out);
    expect(found).toMatchObject({
      '--queue-length': { value: '4', from: 'flag', source: '--queue-length' },
      '--locked-patience': { value: '3', from: 'variable', source: 'WWISEFLOW_LOCKED_PATIENCE' },
      '--max-concurrency': {
        value: '2',
        from: 'file',
        file,
        pointer: '/environments/staging/limits/maxConcurrency',
        environment: 'staging',
      },
      '--max-per-second': {
        value: '1',
        from: 'file',
        file,
        pointer: '/limits/maxPerSecond',
        environment: null,
      },
      '--project': { value: join(cwd, 'Game', 'Game.wproj'), from: 'file', pointer: '/project' },
      '--map-path': { value: `${join(cwd, 'team')}=S:\\A` },
      '--config': { value: file, from: 'variable' },
      '--env': { value: 'staging', from: 'flag' },
      '--wwise': { value: 'not used', from: 'default' },
      '--log-level': { from: 'default', source: 'default' },
    });
    const text = await runProgram(args, { cwd, env: { ...env, ...more } });
    expect(text.out).toContain(`Config      ${file}, environment staging`);
    expect(text.out).toMatch(/--max-concurrency +2 {2}← .*flow\.json \(staging\)/);
    expect(text.out).toMatch(/--locked-patience +3 {2}← WWISEFLOW_LOCKED_PATIENCE/);
  });

  it('signs in with a secret that the file only refers to, and shows it nowhere', async () => {
    const cwd = folder('secret');
    let signedInAs = '';
    const server = createServer((request, response) => {
      signedInAs = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
      response.writeHead(401).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    write(join(cwd, 'secrets', 'studio'), 'hunter2\n');
    const password = { file: '../secrets/studio' };
    const studio = { wwise: `http://127.0.0.1:${port}/waapi`, user: 'ada', password };
    write(join(cwd, 'c', 'c.json'), { connections: { studio } });
    const args = ['doctor', '--json', '--config', 'c/c.json', '--connection', 'studio', '--state', cwd];
    const { out, err } = await runProgram(args, { cwd, env: { ...env, WWISEFLOW_LOG_LEVEL: 'debug' } });
    server.close();
    expect(signedInAs).toBe('ada:hunter2');
    expect(settingsOf(out)['--wwise']).toMatchObject({
      value: `http://(redacted)@127.0.0.1:${port}/waapi`,
      pointer: '/connections/studio/wwise',
    });
    expect(settingsOf(out)['--connection']).toMatchObject({ value: 'studio', from: 'flag' });
    expect(out + err).not.toContain('hunter2');
  });

  it('refuses what a file of the current directory may not say, until it is named', async () => {
    const cwd = folder('found');
    write(join(cwd, 'wwiseflow.config.json'), { wwiseConsole: 'run-me', limits: { queueLength: 3 } });
    const found = await runProgram(['runs', '--state', 'state'], { cwd, env });
    expect(found).toMatchObject({ code: 2, out: '' });
    expect(found.err).toContain('"/wwiseConsole" in ');
    expect(found.err).toContain('Start with --config');
    const args = ['runs', '--state', 'state', '--json', '--config', 'wwiseflow.config.json'];
    expect(await runProgram(args, { cwd, env })).toMatchObject({ code: 0, err: '' });
    expect(await runProgram(['--help'], { cwd, env })).toMatchObject({ code: 0, err: '' });
  });

  it('reads the own file of the user, and says where its JSON breaks', async () => {
    const cwd = folder('own');
    write(own, '{\n  "policies": { "readOnly": true, }\n}');
    const broken = await runProgram(['doctor'], { cwd, env });
    expect(broken).toMatchObject({ code: 2, out: '' });
    expect(broken.err).toContain(`FILE_UNREADABLE  ${own} is not JSON: line 2, column 35`);
  });
});
