import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/log.ts';
import { startWaapiServer } from '../../../../src/embedded/server/start-waapi-server.ts';
import { runProgram } from '../../../harness/command-line.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const secrets = ['hunter2', 'tok-4711', 'agent-smith', 'env-4712'];

describe('credentials of an address that answers', () => {
  const dir = tempDir('credentials-in-use');

  it.each(['ws', 'http'] as const)('are in no answer, log or audit of the server: %s', async (scheme) => {
    const projectPath = join(dir, scheme, 'Game.wproj');
    freshProject(projectPath);
    const engine = await startEngine(projectPath, join(dir, scheme));
    const wwise = await startWaapiServer({ engine, wampPort: 0, httpPort: 0, log: silentLog });
    try {
      const plain = new URL((scheme === 'ws' ? wwise.wampUrl : wwise.httpUrl) ?? '');
      const url = `${scheme}://agent-smith:hunter2@${plain.host}${plain.pathname}?token=tok-4711`;
      const state = join(dir, `${scheme}-state`);
      const clientInfo = { name: 'c', version: '1' };
      const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
      const call = (name: string, args: object) => ({ name, arguments: { verbose: true, ...args } });
      const lines = [
        { id: 1, method: 'initialize', params: hello },
        { method: 'notifications/initialized' },
        { id: 2, method: 'tools/call', params: call('project_info', {}) },
        { id: 3, method: 'tools/call', params: call('waapi_call', { uri: 'ak.wwise.core.getInfo' }) },
        { id: 4, method: 'tools/call', params: call('waapi_call', { uri: 'ak.nothing', args: { url } }) },
        { id: 5, method: 'tools/call', params: call('get_object', { objectId: url }) },
      ].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      const { out, err } = await runProgram(['mcp', '--toolsets', 'all', '--state', state], {
        cwd: dir,
        env: { WWISEFLOW_WWISE: url, WWISEFLOW_LOG_LEVEL: 'debug', WWISEFLOW_TOKEN: 'env-4712' },
        input: lines.join(''),
        until: 'Game.wproj',
      });
      expect(out).toContain('Game.wproj');
      const kept = readdirSync(state, { recursive: true, encoding: 'utf8' })
        .map((name) => join(state, name))
        .filter((path) => statSync(path).isFile());
      expect(kept).not.toEqual([]);
      const texts = [out, err, ...kept.map((path) => readFileSync(path, 'latin1'))];
      for (const secret of secrets) for (const text of texts) expect(text).not.toContain(secret);
    } finally {
      await wwise.close();
      await engine.close();
    }
  });
});
