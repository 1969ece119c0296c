import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { createProject } from '../../../src/embedded/project/new-project.ts';
import { fuzzBounds } from '../../harness/fuzz/bounds.ts';
import {
  hostileQuery,
  hostileRegex,
  hostileTable,
  hostileText,
  hostileUnit,
  hostileWorkflow,
} from '../../harness/fuzz/hostile.ts';
import { generator, pick } from '../../harness/fuzz/values.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { launch } from './stdio-client.ts';

const { inputs, limitMs, seed, tell } = fuzzBounds({ few: 25, many: 500 });
/** One request may take so long; while it does, another one is answered within a second. */
const callLimitMs = 30_000;
const otherLimitMs = 1_000;
const home = '\\Containers\\Default Work Unit';
const tools = 'query_waql,rename_by_pattern,import_tab_delimited,workflow_compile,workflow_run';

it('every hostile expression, line and document is answered or refused, and another request within a second', async () => {
  const dir = tempDir('hostile');
  const project = join(dir, 'Game.wproj');
  createProject(project);
  const unit = join(dir, 'Events', 'Default Work Unit.wwu');
  const whole = readFileSync(unit, 'utf8');
  const args = ['mcp', '--project', project, '--state', join(dir, 'state'), '--allow-dir', dir];
  const server = spawn(process.execPath, [...launch, ...args, '--toolsets', 'default', '--tools', tools], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = new Map<unknown, (answer: JsonObject) => void>();
  let refused = 0;
  createInterface({ input: server.stdout }).on('line', (text) => {
    const answer = asJsonObject(JSON.parse(text));
    const resolve = waiting.get(answer.id);
    if (resolve === undefined && answer.error !== undefined) refused++;
    waiting.delete(answer.id);
    resolve?.(answer);
  });
  let lastId = 0;
  const request = (method: string, params: unknown): Promise<JsonObject> => {
    const id = ++lastId;
    const answered = new Promise<JsonObject>((resolve) => waiting.set(id, resolve));
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return answered;
  };
  const call = (name: string, given: unknown) => request('tools/call', { name, arguments: given });
  const clientInfo = { name: 'c', version: '1' };
  await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  server.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  const names = ['a'.repeat(200), `${'a'.repeat(150)}b`, ...Array.from({ length: 60 }, (_, i) => `aaaa${i}`)];
  for (const name of names) await call('create_sound', { name, parentPath: home });
  await call('project_save', {});

  const random = generator(seed);
  const sound = `$ from type Sound`;
  const kinds: Readonly<Record<string, () => Promise<JsonObject> | null>> = {
    query: () => call('query_waql', { query: hostileQuery(random) }),
    regex: () => call('query_waql', { query: `${sound} where name = /${hostileRegex(random)}/` }),
    rename: () =>
      call('rename_by_pattern', { query: sound, find: hostileRegex(random), regex: true, preview: true }),
    compile: () => call('workflow_compile', { workflow: hostileWorkflow(random) }),
    preview: () => call('workflow_run', { workflow: hostileWorkflow(random), mode: 'preview' }),
    table: () => call('import_tab_delimited', { filePath: hostileTable(dir, random), importLocation: home }),
    unit: () => {
      writeFileSync(unit, hostileUnit(whole, random));
      return call('query_waql', { query: '$ from type Event' });
    },
    line: () => {
      server.stdin.write(`${hostileText(random)}\n`);
      return null;
    },
    message: () =>
      request(pick(['tools/call', 'tools/list', 'nothing', '__proto__'], random), hostileWorkflow(random)),
  };
  const done: Record<string, number> = {};
  const slowest: Record<string, number> = {};
  const slowestOther: Record<string, number> = {};
  const endMs = Date.now() + limitMs;
  for (let input = 0; input < inputs && Date.now() < endMs; input++) {
    const kind = pick(Object.keys(kinds), random);
    const startedMs = performance.now();
    const answered = kinds[kind]?.() ?? null;
    await request('ping', {});
    const otherMs = performance.now() - startedMs;
    const answer = await answered;
    if (answer !== null) expect(answer.result ?? answer.error).toBeDefined();
    done[kind] = (done[kind] ?? 0) + 1;
    slowest[kind] = Math.round(Math.max(slowest[kind] ?? 0, performance.now() - startedMs));
    slowestOther[kind] = Math.round(Math.max(slowestOther[kind] ?? 0, otherMs));
  }
  writeFileSync(unit, whole);
  server.stdin.end();
  expect(await once(server, 'exit')).toEqual([0, null]);
  for (const [kind, ms] of Object.entries(slowest))
    expect([kind, ms < callLimitMs, ms]).toEqual([kind, true, ms]);
  for (const [kind, ms] of Object.entries(slowestOther))
    expect([kind, ms < otherLimitMs, ms]).toEqual([kind, true, ms]);
  tell('hostile', { ...done, refused, slowestMs: Math.max(...Object.values(slowestOther)) });
});
