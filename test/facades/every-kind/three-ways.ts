import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../src/core/json.ts';
import { answerQuestion } from '../../../src/facades/cli/answer.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { runFlow } from '../../../src/facades/cli/run.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { openHttpRoom } from '../../harness/http-room.ts';
import { mcpClient } from '../../harness/mcp-client.ts';

/** A way to run workflows: one facade over a project of its own. */
export interface Way {
  readonly name: 'MCP' | 'REST' | 'CLI';
  readonly dir: string;
  /** Runs a workflow to its end, or until it asks; the whole answer. */
  run(workflow: JsonObject, input: JsonObject): Promise<JsonObject>;
  /** Answers what a run asks. */
  answer(executionId: string, value: string): Promise<JsonObject>;
  close(): Promise<void>;
}

/** The three facades, each over a new project in a folder of its own below `dir`, with a database and a program. */
export async function openWays(dir: string): Promise<readonly Way[]> {
  return [
    await overMcp(place(dir, 'mcp')),
    await overRest(place(dir, 'rest')),
    await overCli(place(dir, 'cli')),
  ];
}

interface Place {
  readonly dir: string;
  readonly options: readonly string[];
}

function place(parent: string, name: string): Place {
  const dir = join(parent, name);
  mkdirSync(dir, { recursive: true });
  const config = join(dir, 'config.json');
  writeFileSync(join(dir, 'rows.db'), '');
  writeFileSync(config, '{"databases": {"rows": {"sqlite": "rows.db", "write": true}}}');
  return { dir, options: ['--config', config, '--allow-program', 'wc', '--allow-dir', dir] };
}

/** The same without a server, which makes its own. */
function withProject({ dir, options }: Place): readonly string[] {
  freshProject(join(dir, 'project', 'Test.wproj'));
  return ['--project', join(dir, 'project', 'Test.wproj'), '--state', join(dir, 'state'), ...options];
}

async function overMcp(here: Place): Promise<Way> {
  const { client, close } = await mcpClient(appIn(here.dir, [...withProject(here), '--toolsets', 'all']));
  const call = async (name: string, args: JsonObject): Promise<JsonObject> => {
    const answer = await client.callTool({ name, arguments: { verbose: true, ...args } });
    return asJsonObject(answer.structuredContent);
  };
  return {
    ...{ name: 'MCP', dir: here.dir, close },
    run: (workflow, input) => call('workflow_run', { workflow, input }),
    answer: (executionId, answer) => call('workflow_answer', { executionId, answer }),
  };
}

async function overRest(here: Place): Promise<Way> {
  const room = await openHttpRoom(here.dir, here.options);
  const post = async (path: string, body: JsonObject) =>
    (await room.ask(`POST ${path}`, { verbose: true, ...body })).json;
  return {
    ...{ name: 'REST', dir: here.dir, close: room.close },
    run: (workflow, input) => post('/workflows/execute', { workflow, input }),
    answer: (executionId, answer) => post(`/executions/${executionId}/answer`, { answer }),
  };
}

async function overCli(here: Place): Promise<Way> {
  const app = appIn(here.dir, withProject(here));
  const parts = { openBus: app.openBus, openService: app.openService, signal: new AbortController().signal };
  const how = { json: true, verbose: true } as const;
  /** What a subcommand prints as JSON. */
  const printed = async (
    work: (print: ReturnType<typeof printTo>) => Promise<number>,
  ): Promise<JsonObject> => {
    let out = '';
    await work(
      printTo((text) => {
        out += stripVTControlCharacters(text);
      }),
    );
    return asJsonObject(JSON.parse(out));
  };
  return {
    ...{ name: 'CLI', dir: here.dir, close: app.close },
    run: (workflow, input) => {
      const flowPath = join(here.dir, 'flow.json');
      writeFileSync(flowPath, JSON.stringify(workflow));
      return printed((print) =>
        runFlow({ flowPath, mode: 'run', input, forceRerun: false, ...how }, parts, print),
      );
    },
    answer: (executionId, text) => {
      const given = {
        executionId,
        text,
        data: undefined,
        decline: false,
        question: undefined,
        node: undefined,
      };
      return printed((print) => answerQuestion({ ...given, ...how }, parts, print));
    },
  };
}

/** What the nodes of a run gave, by their ids, without what is another one in each project. */
export function givenIn(answer: JsonObject, dir: string): JsonObject {
  const rows = asJsonArray(asJsonObject(answer.ok === true ? answer.data : answer.details).results);
  return Object.fromEntries(
    rows
      .map(asJsonObject)
      .map(({ node, ok, data, code }) => [String(node), tidy(ok === true ? data : code, dir)]),
  );
}

/** Files by their names below the folder; no times, and no ids of runs. */
function tidy(value: Json | undefined, dir: string): Json {
  if (typeof value === 'string')
    return value
      .replaceAll(dir, '')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replaceAll(/\{[0-9A-F-]{36}\}/g, 'GUID')
      .replaceAll(/exec_\w+/g, 'RUN')
      .replaceAll(/<[0-9a-f]{32}@/g, '<MESSAGE@');
  if (Array.isArray(value)) return asJsonArray(value).map((item) => tidy(item, dir));
  return value === undefined || typeof value !== 'object' || value === null
    ? (value ?? null)
    : Object.fromEntries(
        Object.entries(value)
          // Who answers is the facade.
          .filter(([name]) => name !== 'waitedMs' && name !== 'by')
          .map(([name, member]) => [name, tidy(member, dir)]),
      );
}

/** The id of a run that was answered. */
export function executionIn(answer: JsonObject): string {
  return asString(asJsonObject(answer.data).executionId) ?? '';
}
