import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import { type EraClient, startEraClient } from '../facades/mcp/stdio/era-client.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { writeTone } from '../harness/wave.ts';

/** Somebody who follows a prompt with the server alone: a tool that is not listed cannot be called. */
export interface PromptRoom {
  readonly dir: string;
  /** Makes a tone for each of these paths below `dir`. */
  tones(...paths: readonly string[]): void;
  /** The answer of a listed tool. */
  call(tool: string, args: JsonObject): Promise<JsonObject>;
  /** Its data; throws what was refused. */
  done(tool: string, args?: JsonObject): Promise<JsonObject>;
  /** The outputs of commands as nodes of one workflow, by their types, which is how a command runs that is not listed. */
  asNodes(...nodes: readonly (readonly [type: string, data: JsonObject])[]): Promise<readonly JsonObject[]>;
  /** Compiles, previews, agrees and applies, as prompts say; gives the answer of the run. */
  applied(workflow: Json, input?: JsonObject): Promise<JsonObject>;
  /** The JSON of a resource. */
  read(uri: string): Promise<JsonObject>;
  /** The text of the prompt with these arguments. */
  prompt(name: string, args: JsonObject): Promise<string>;
  /** Tools and commands that the text names and nobody has called. */
  unused(): readonly string[];
}

/** A fresh project behind the built server as it is started by default. */
export async function withPrompts(work: (room: PromptRoom) => Promise<void>): Promise<void> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-prompts-')));
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  const places = ['--state', join(dir, 'state'), '--allow-dir', dir];
  const client = await startEraClient('2025 (sdk 1.x)', ['--project', projectPath, ...places], dir);
  try {
    await work(await roomOf(client, dir));
  } finally {
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function roomOf(client: EraClient, dir: string): Promise<PromptRoom> {
  const { tools } = await client.request('tools/list');
  const listed = new Set(asJsonArray(tools).map((tool) => asString(asJsonObject(tool).name) ?? ''));
  const used = new Set<string>();
  let text = '';
  const call: PromptRoom['call'] = (tool, args) => {
    if (!listed.has(tool)) throw new Error(`${tool} is not listed: nobody can call it.`);
    used.add(tool);
    for (const node of asJsonArray(asJsonObject(args.workflow).nodes)) noteNode(asJsonObject(node), used);
    return client.call(tool, args);
  };
  const done: PromptRoom['done'] = async (tool, args = {}) => {
    const result = await call(tool, args);
    if (result.ok === true) return asJsonObject(result.data);
    throw new Error(`${tool}: ${JSON.stringify(result).slice(0, 2_000)}`);
  };
  return {
    ...{ dir, call, done, read: client.read },
    tones: (...paths) => {
      for (const path of paths) writeTone(join(dir, path));
    },
    asNodes: async (...given) => {
      const nodes = given.map(([type, data], index) => ({ id: `n${index}`, type, data }));
      const run = await done('workflow_run', { workflow: { nodes, edges: [] } });
      return asJsonArray(run.results).map((row) => asJsonObject(asJsonObject(row).data));
    },
    applied: async (workflow, input = {}) => {
      await done('workflow_compile', { workflow });
      const preview = await done('workflow_run', { workflow, input, mode: 'preview' });
      if (preview.wouldSucceed !== true) throw new Error(JSON.stringify(preview).slice(0, 3_000));
      return done('workflow_run', { previewId: preview.previewId ?? null });
    },
    prompt: async (name, args) => {
      const { messages } = await client.request('prompts/get', { name, arguments: args });
      text = asString(asJsonObject(asJsonObject(asJsonArray(messages)[0]).content).text) ?? '';
      return text;
    },
    unused: () => {
      // What it says of tools that are not listed is no step of it.
      const [steps = ''] = text.split('This server does not list');
      const named = [...steps.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] ?? '');
      return [...new Set(named)].filter((name) => !used.has(name)).sort();
    },
  };
}

function noteNode({ type, data }: JsonObject, used: Set<string>): void {
  used.add((asString(type) ?? '').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  for (const inner of asJsonArray(asJsonObject(data).nodes)) noteNode(asJsonObject(inner), used);
}
