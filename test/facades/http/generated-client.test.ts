import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../../harness/amount.ts';
import { packageDir } from '../../harness/app-in.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { npm } from '../../package/packed.ts';

/** The generator works with a TypeScript of its own. */
const packages = ['openapi-typescript@7.13.0', 'openapi-fetch@0.17.0', 'typescript@5.9.3'];
const run = promisify(execFile);

/** What a programmer writes against what was generated: types are checked, then it runs. */
const client = `
import createClient from 'openapi-fetch';
import type { paths } from './api.d.ts';
const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });
const parentPath = '\\\\Containers\\\\Default Work Unit';
const nodes = [{ id: 'a', type: 'createSound', data: { name: 'ByRun', parentPath } }];
const made = await client.POST('/wwise/create_sound', { body: { name: 'ByCall', parentPath } });
const kept = await client.POST('/workflows', { body: { workflow: { workflowId: 'w', nodes, edges: [] } } });
const begun = await client.POST('/workflows/{workflowId}/execute', {
  params: { path: { workflowId: 'w' } },
  body: {},
});
const found = await client.POST('/wwise/query_waql', { body: { query: '$ from type Sound', verbose: true } });
const listed = await client.GET('/executions', { params: { query: { take: 5, sortBy: 'startedAtMs' } } });
const refused = await client.GET('/executions/{executionId}', { params: { path: { executionId: 'none' } } });
const total: number | undefined = found.data?.data.total;
const code: 'RUN_NOT_FOUND' | string | undefined = refused.error?.code;
console.log(JSON.stringify({
  statuses: [made, kept, begun, found, listed, refused].map(({ response }) => response.status),
  results: [made, found].map(({ data }) => data),
  runs: listed.data?.data.runs?.length,
  ...{ total, code },
}));
`;

describe.runIf(isLong)('a client made by openapi-typescript', () => {
  const dir = tempDir('generated-client');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(join(dir, 'room'));
    npm(['install', '--prefix', dir, '--ignore-scripts', '--no-audit', '--no-fund', ...packages], dir);
    writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
    writeFileSync(join(dir, 'openapi.json'), (await room.ask('GET /openapi.json')).text);
    writeFileSync(join(dir, 'client.ts'), client);
  });
  afterAll(() => room.close());

  it('is right in its types, and is given what REST gives', async () => {
    const bin = (name: string) => join(dir, 'node_modules', '.bin', name);
    await run(bin('openapi-typescript'), ['openapi.json', '-o', 'api.d.ts'], { cwd: dir });
    const types = ['--types', 'node', '--typeRoots', join(packageDir, 'node_modules', '@types')];
    const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    const checked = await run(
      bin('tsc'),
      [...strict, '--allowImportingTsExtensions', ...types, 'client.ts'],
      { cwd: dir },
    ).catch((failed: { stdout: string }) => failed);
    expect(checked.stdout).toBe('');
    const tsx = join(packageDir, 'node_modules', 'tsx', 'dist', 'loader.mjs');
    const { stdout } = await run(process.execPath, ['--import', tsx, 'client.ts', room.url], { cwd: dir });
    const said = JSON.parse(stdout);
    expect(said).toMatchObject({ statuses: [200, 201, 200, 200, 200, 404], total: 2, runs: 1 });
    expect(said.code).toBe('RUN_NOT_FOUND');
    const asked = { query: '$ from type Sound', verbose: true };
    expect(said.results[1]).toEqual((await room.ask('POST /wwise/query_waql', asked)).json);
  });
});
