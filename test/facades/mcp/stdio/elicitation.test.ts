import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { runProgram } from '../../../harness/command-line.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { openHttpRoom } from '../../../harness/http-room.ts';
import { withMcp } from '../../../harness/mcp-room.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { launch } from './stdio-client.ts';

const dir = tempDir('elicitation');
const fields = [
  { name: 'volume', type: 'number', unit: 'dB', min: -96, max: 12, label: 'Volume' },
  { name: 'loop', type: 'yesNo', label: 'Loop' },
];
const workflow = {
  workflowId: 'asks',
  nodes: [{ id: 'ask', type: 'askUser', data: { template: { fields } } }],
};

type Response = {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, string | number | boolean>;
};

/** A program whose client has the person asked; `answers` are what the person does, one after the other. */
async function start(era: '2026-07-28' | '2025-11-25', name: string, answers: readonly Response[]) {
  freshProject(join(dir, name, `${name}.wproj`));
  const places = ['--project', join(dir, name, `${name}.wproj`), '--state', join(dir, `state-${name}`)];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...launch, ...places, '--toolsets', 'default,workflow'],
    cwd: dir,
    stderr: 'ignore',
  });
  const mode = era === '2026-07-28' ? { pin: era } : 'legacy';
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode }, capabilities: { elicitation: {} } },
  );
  const asked: string[] = [];
  const left = [...answers];
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    asked.push(params.message);
    return left.shift() ?? { action: 'cancel' };
  });
  await client.connect(transport);
  const call = async (tool: string, args: JsonObject): Promise<JsonObject> => {
    const answer = await client.callTool({ name: tool, arguments: { verbose: true, ...args } });
    return asJsonObject(JSON.parse(JSON.stringify(answer.structuredContent)));
  };
  return { call, asked, places, close: () => client.close() };
}

const accept = (value: string | number | boolean): Response => ({ action: 'accept', content: { value } });
const valuesOf = (result: JsonObject): JsonObject => {
  const [row] = asJsonArray(asJsonObject(result.data).results).map(asJsonObject);
  const { volume, loop } = asJsonObject(row?.data);
  return { volume, loop };
};

describe.each(['2026-07-28', '2025-11-25'] as const)('a client of %s that can ask the person', (era) => {
  const named = `E${era.slice(0, 4)}`;

  it('asks what a run asks, until it has all', async () => {
    const room = await start(era, `${named}Asks`, [accept(40), accept(-6), accept(true)]);
    const result = await room.call('workflow_run', { workflow });
    expect(valuesOf(result), JSON.stringify(result)).toEqual({ volume: -6, loop: true });
    expect(room.asked).toEqual([
      'Volume? From -96 to 12 dB.',
      expect.stringContaining('I understood 40 dB; the largest is 12 dB.'),
      'Loop: yes or no?',
    ]);
    await room.close();
  });

  it('distinguishes a question that is declined from one that is dismissed, which stays open', async () => {
    const room = await start(era, `${named}Declines`, [{ action: 'cancel' }, { action: 'decline' }]);
    const dismissed = await room.call('workflow_run', { workflow });
    expect(dismissed).toMatchObject({ ok: true, data: { state: 'suspended' } });
    expect(JSON.stringify(dismissed.notices)).toContain('was dismissed: it stays open');
    expect(await room.call('workflow_run', { workflow })).toMatchObject({ ok: false, code: 'DECLINED' });
    const waiting = asJsonObject((await room.call('workflow_runs', { state: 'waiting' })).data);
    expect(waiting.runs).toMatchObject([{ waiting: [{ node: 'ask', question: 'ask#1' }] }]);
    await room.close();

    // What stayed open is answered at a terminal, in another process.
    const [open] = asJsonArray(waiting.runs).map(asJsonObject);
    const answer = (text: string) =>
      runProgram(['answer', String(open?.executionId), text, '--json', ...room.places], { cwd: dir });
    expect((await answer('minus six dB')).code).toBe(3);
    const last = await answer('sì');
    expect(last, last.out + last.err).toMatchObject({ code: 0 });
    expect(valuesOf(asJsonObject(JSON.parse(last.out)))).toEqual({ volume: -6, loop: true });
  });
});

it('at a terminal a run shows what it asks, and ends with exit code 3 until it is answered', async () => {
  freshProject(join(dir, 'Terminal', 'Terminal.wproj'));
  const places = [
    '--project',
    join(dir, 'Terminal', 'Terminal.wproj'),
    '--state',
    join(dir, 'state-terminal'),
  ];
  writeFileSync(join(dir, 'asks.json'), JSON.stringify(workflow));
  const begun = await runProgram(['run', 'asks.json', ...places], { cwd: dir });
  expect(begun.code).toBe(3);
  expect(begun.out).toContain('Volume? From -96 to 12 dB.');
  const listed = async (...wanted: readonly string[]) => {
    const { code, out } = await runProgram(['runs', ...wanted, '--json', ...places], { cwd: dir });
    expect(code).toBe(0);
    return asJsonArray(asJsonObject(asJsonObject(JSON.parse(out)).data).runs);
  };
  const waiting = [{ waiting: [{ node: 'ask', question: 'ask#1' }] }];
  expect(await listed('--state', 'waiting')).toMatchObject(waiting);
  expect(await listed('--state=waiting')).toMatchObject(waiting);
  expect(await listed()).toMatchObject(waiting);
  expect(await listed('--state', 'done')).toEqual([]);
  const env = { WWISEFLOW_STATE: join(dir, 'state-terminal') };
  const shown = await runProgram(['runs', '--state', 'waiting'], { cwd: dir, env });
  expect(shown.out).toContain('Volume? From -96 to 12 dB.');
  expect((await runProgram(['runs', '--state', 'failed'], { cwd: dir, env })).out).toBe(
    'No run is failed.\n',
  );
  expect(existsSync(join(dir, 'waiting'))).toBe(false);
});

it('one script gives the same questions and values through elicitation of both eras, workflow_answer, a terminal and REST', async () => {
  const script = [40, -6, true] as const;
  const promptOf = (data: JsonObject) => asJsonObject(asJsonArray(data.suspended)[0]).prompt;
  const seen: JsonObject[] = [];
  /** Answers what a run asks, one answer after the other; `give` gives the result that follows. */
  const follow = async (first: JsonObject, give: (id: string, value: Json) => Promise<JsonObject>) => {
    const executionId = String(asJsonObject(first.data).executionId);
    const asked: Json[] = [];
    let result = first;
    for (const value of script) {
      asked.push(promptOf(asJsonObject(result.data)) ?? null);
      result = await give(executionId, value);
    }
    seen.push({ asked, ...valuesOf(result) });
  };

  for (const era of ['2026-07-28', '2025-11-25'] as const) {
    const room = await start(era, `Script${era.slice(0, 4)}`, script.map(accept));
    const result = await room.call('workflow_run', { workflow });
    seen.push({ asked: room.asked, ...valuesOf(result) });
    await room.close();
  }
  freshProject(join(dir, 'ScriptTool', 'ScriptTool.wproj'));
  const target = ['--project', join(dir, 'ScriptTool', 'ScriptTool.wproj')];
  await withMcp(join(dir, 'ScriptTool'), target, async ({ call }) =>
    follow(await call('workflow_run', { workflow }), (executionId, answer) =>
      call('workflow_answer', { executionId, answer }),
    ),
  );
  const rest = await openHttpRoom(join(dir, 'ScriptRest'));
  const begun = await rest.ask('POST /workflows/execute', workflow);
  await follow(begun.json, async (executionId, answer) => {
    const { json } = await rest.ask(`POST /executions/${executionId}/answer?verbose=true`, {
      answer,
    });
    return json;
  });
  await rest.close();
  freshProject(join(dir, 'ScriptCli', 'ScriptCli.wproj'));
  const places = ['--project', join(dir, 'ScriptCli', 'ScriptCli.wproj'), '--state', join(dir, 'state-cli')];
  writeFileSync(join(dir, 'script.json'), JSON.stringify(workflow));
  const run = async (...args: readonly string[]) =>
    asJsonObject(JSON.parse((await runProgram([...args], { cwd: dir })).out));
  await follow(await run('run', 'script.json', '--json', '--verbose', ...places), (id, value) =>
    run('answer', '--json', '--verbose', ...places, id, '--', value === true ? 'yes' : String(value)),
  );

  const asked = [
    'Volume? From -96 to 12 dB.',
    'I understood 40 dB; the largest is 12 dB. Volume? From -96 to 12 dB.',
    'Loop: yes or no?',
  ];
  expect(seen).toEqual(Array.from({ length: 5 }, () => ({ asked, volume: -6, loop: true })));
});
