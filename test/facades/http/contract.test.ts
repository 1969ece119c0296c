import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asJsonObject, asString, type JsonObject } from '../../../src/core/json.ts';
import { commands } from '../../../tools/catalog.ts';
import { sample } from '../../harness/amount.ts';
import { runProgram } from '../../harness/command-line.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('contract');
let room: HttpRoom;
let client: Client;
beforeAll(async () => {
  room = await openHttpRoom(dir, ['--toolsets', 'all']);
  client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(`${room.url}/mcp`)));
});
afterAll(async () => {
  await client.close();
  await room.close();
});

/** What reads, as its own examples call it; and with none; and every command with an argument it does not know. */
const calls: readonly (readonly [name: string, args: JsonObject])[] = [
  ...commands
    .filter(({ effect }) => effect === 'read')
    .flatMap(({ name, examples }) =>
      (examples ?? []).map(({ input }) => [name, asJsonObject(input)] as const),
    ),
  ...commands.flatMap(({ name }) => [
    [name, { colour: 'red' }] as const,
    [name, { objectId: 7, name: 7 }] as const,
  ]),
  ...commands.filter(({ effect }) => effect === 'read').map(({ name }) => [name, {}] as const),
];

it.each([false, true])(
  'MCP and REST answer the same calls with the same bytes (verbose: %s)',
  async (verbose) => {
    expect(calls.length).toBeGreaterThan(200);
    for (const [name, args] of sample(calls, 40)) {
      const given = verbose ? { ...args, verbose } : args;
      const { content } = await client.callTool({ name, arguments: given });
      const rest = await room.ask(`POST /wwise/${name}`, given);
      expect([name, timeless(rest.text)]).toEqual([
        name,
        timeless(asString(asJsonObject(content[0]).text) ?? ''),
      ]);
    }
  },
);

it('answers are as the description of REST says', async () => {
  const { paths } = (await room.ask('GET /openapi.json')).json;
  const ajv = new Ajv({ strict: false });
  for (const [name, args] of sample(calls, 40)) {
    const { post } = asJsonObject(asJsonObject(paths)[`/wwise/${name}`]);
    const success = asJsonObject(asJsonObject(asJsonObject(post).responses)['200']);
    const { schema } = asJsonObject(asJsonObject(success.content)['application/json']);
    const { json } = await room.ask(`POST /wwise/${name}`, args);
    if (json.ok !== true) continue;
    const isValid = ajv.compile(asJsonObject(schema));
    expect([name, isValid(json), isValid.errors]).toEqual([name, true, null]);
  }
});

it('MCP, REST and the command line give the same results of 200 calls in runs', async () => {
  const reads = commands.filter(({ effect }) => effect === 'read');
  const nodes = reads
    .flatMap(({ name, examples = [] }) => examples.map(({ input }) => ({ type: name, data: input })))
    .map((node, at) => ({ ...node, id: `n${at}`, onError: 'continue' }));
  const rounds = Array.from({ length: Math.ceil(200 / nodes.length) }, (_, round) =>
    nodes.map((node) => ({ ...node, id: `${node.id}_${round}` })),
  ).flat();
  expect(rounds.length).toBeGreaterThanOrEqual(200);
  const flows = Array.from({ length: Math.ceil(rounds.length / perRun) }, (_, at) => ({
    workflowId: 'contract',
    nodes: rounds.slice(at * perRun, (at + 1) * perRun),
    edges: [],
  }));
  const asked: { flow: object; verbose: boolean; rest: string; mcp: string }[] = [];
  for (const flow of sample(flows, 2)) {
    for (const verbose of [false, true]) {
      const rest = await room.ask('POST /workflows/execute', { workflow: flow, verbose });
      const { content } = await client.callTool({
        name: 'workflow_run',
        arguments: { workflow: flow, verbose },
      });
      asked.push({ flow, verbose, rest: rest.text, mcp: asString(asJsonObject(content[0]).text) ?? '' });
    }
  }
  await room.close();
  const places = ['--project', room.projectPath, '--state', join(dir, 'state'), '--log-level', 'silent'];
  const flowPath = join(dir, 'flow.json');
  for (const { flow, verbose, rest, mcp } of asked) {
    writeFileSync(flowPath, JSON.stringify(flow));
    const more = verbose ? ['--verbose'] : [];
    const { out } = await runProgram(['run', flowPath, '--json', ...more, ...places], { cwd: dir });
    expect(firstDifference(mcp, rest)).toBeNull();
    // A person reads it in lines.
    expect(firstDifference(JSON.stringify(JSON.parse(out)), rest)).toBeNull();
  }
});

/** As many as one answer shows the results of. */
const perRun = 16;

/** Without what is another at every moment. */
function timeless(text: string): string {
  return (
    text
      .replace(/"sub\d+"/g, '"sub"')
      .replace(/exec_[0-9a-f]+/g, 'exec_')
      // A new process asks for the project once more.
      .replace(/"waapiCalls":\d+/g, '"waapiCalls":0')
      // Each engine has a session of its own, each program its process, version and folder.
      .replace(/"sessionId":"[^"]*"/g, '"sessionId":""')
      .replace(/"processId":\d+/g, '"processId":0')
      .replace(/wwiseflow_v[\d.]+/g, 'wwiseflow_v')
      .replace(/"(install|authoring|bin|help)":"[^"]*"/g, '"$1":""')
      // Where callers of the server may send files.
      .replace(/,"[^"]*uploads.default"/g, '')
      .replace(/"(\w*Ms|atMs|time|timestamp|\w*Bytes)":[\d.]+/g, '"$1":0')
  );
}

/** Where two answers are not the same, and how they go on there; null where they are. */
function firstDifference(left: string, right: string): readonly string[] | null {
  const [a, b] = [timeless(left), timeless(right)];
  if (a === b) return null;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return [a, b].map((text) => text.slice(Math.max(0, at - 200), at + 200));
}
