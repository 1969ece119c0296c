import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { launch } from './stdio-client.ts';

it('a client that never reads the log is answered, and the server ends when it is asked to', async () => {
  const dir = tempDir('unread-stderr');
  const project = join(dir, 'P', 'P.wproj');
  freshProject(project);
  const args = ['--project', project, '--state', join(dir, 'state'), '--log-level', 'debug'];
  const server = spawn(process.execPath, [...launch, 'mcp', ...args], { stdio: 'pipe' });
  const waiting = new Map<unknown, (answer: JsonObject) => void>();
  createInterface({ input: server.stdout }).on('line', (line) => {
    const answer = asJsonObject(JSON.parse(line));
    waiting.get(answer.id)?.(asJsonObject(answer.result));
  });
  const request = (id: number, method: string, params: JsonObject): Promise<JsonObject> => {
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  const clientInfo = { name: 'test', version: '1' };
  await request(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  // Each item is lines of the log: far more than a pipe holds.
  const says = { id: 's', type: 'say', data: { text: 'x'.repeat(1_000) } };
  const loop = { id: 'loop', type: 'forEach', data: { items: '{{ range(1, 2000) }}', nodes: [says] } };
  const workflow = { nodes: [loop], edges: [] };
  const answer = await request(2, 'tools/call', { name: 'workflow_run', arguments: { workflow } });
  expect(answer.structuredContent).toMatchObject({ ok: true });
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});
