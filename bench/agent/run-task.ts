import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { appIn } from '../../test/harness/app-in.ts';
import { mcpClient } from '../../test/harness/mcp-client.ts';
import { newTempDir } from '../../test/harness/temp-dir.ts';
import { bytesBelow } from './project-bytes.ts';
import { type AgentTask, type Step, turnsOf } from './task.ts';
import { readSaved } from './wwu.ts';

/** What a session cost, in calls and in bytes of JSON, as an agent reads and writes them. */
export interface Cost {
  readonly calls: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Of these what only served to learn how calls are written: tools/list, instructions and the catalogue. */
  readonly discoveryCalls: number;
  readonly discoveryBytes: number;
  /** Of what it wrote, the part that asked the catalogue. */
  readonly discoveryBytesIn: number;
  readonly listBytes: number;
}

export interface Outcome extends Cost {
  readonly id: string;
  /** Undefined where it was done. */
  readonly problem: string | undefined;
}

/** Does the steps of a task on a copy of `seed` (project `Game/Game.wproj` and `audio`), in a session of its own, and checks the files. */
export async function runTask(task: AgentTask, seed: string): Promise<Outcome> {
  const dir = newTempDir('agent');
  try {
    mkdirSync(dir, { recursive: true });
    cpSync(seed, dir, { recursive: true });
    task.prepare?.(join(dir, 'Game'));
    const { cost, answers, problem } = await inSession(dir, task);
    return { id: task.id, ...cost, problem: problem ?? checked(task, dir, answers) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function checked(task: AgentTask, dir: string, answers: readonly string[]): string | undefined {
  try {
    return task.check(readSaved(join(dir, 'Game'))) ?? task.saw?.(answers);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** A client that sees the server for the first time: it reads the instructions and lists the tools, then makes the calls. */
async function inSession(dir: string, task: AgentTask) {
  const places = ['--state', join(dir, 'state'), '--allow-dir', dir];
  const app = appIn(dir, ['--project', join(dir, 'Game', 'Game.wproj'), ...places]);
  const { client, close } = await mcpClient(app);
  try {
    const { tools } = await client.listTools();
    const offered = new Set(tools.map(({ name }) => name));
    const listBytes = bytesOf(JSON.stringify(tools)) + bytesOf(client.getInstructions() ?? '');
    const cost = {
      calls: 0,
      bytesIn: 0,
      bytesOut: 0,
      discoveryCalls: 0,
      discoveryBytesIn: 0,
      discoveryBytes: listBytes,
      listBytes,
    };
    const answers: string[] = [];
    const take = async (step: Step): Promise<string | undefined> => {
      // No client lets a model call what is not listed.
      if (!offered.has(step.tool)) return `${step.tool} is not listed`;
      const given = withLast(JSON.stringify(step.args), answers.at(-1));
      const args: JsonObject = asJsonObject(JSON.parse(given.replaceAll('"/audio', `"${dir}/audio`)));
      const { content, structuredContent } = await client.callTool({ name: step.tool, arguments: args });
      const text = asString(asJsonObject(asJsonArray(content)[0]).text) ?? '';
      const sent = bytesOf(JSON.stringify({ name: step.tool, arguments: asJsonObject(JSON.parse(given)) }));
      cost.calls += 1;
      cost.bytesIn += sent;
      cost.bytesOut += bytesOf(text);
      if (step.isDiscovery === true) {
        cost.discoveryCalls += 1;
        cost.discoveryBytesIn += sent;
        cost.discoveryBytes += sent + bytesOf(text);
      }
      answers.push(text);
      const { ok, code } = asJsonObject(structuredContent);
      const isAsMeant = step.refused === undefined ? ok === true : code === step.refused;
      return isAsMeant ? undefined : `${step.tool} answers ${text.slice(0, 600)}`;
    };
    for (const turn of turnsOf(task)) {
      turn.meanwhile?.(join(dir, 'Game'));
      const before = bytesBelow(join(dir, 'Game'));
      for (const step of turn.steps) {
        const problem = await take(step);
        if (problem !== undefined) return { cost, answers, problem };
      }
      if (turn.outcome !== 'done' && bytesBelow(join(dir, 'Game')) !== before)
        return { cost, answers, problem: `files changed where nothing was to be: ${turn.says}` };
    }
    return { cost, answers, problem: undefined };
  } finally {
    await close();
  }
}

/** `$last:previewId` is what the answer before has under this name. */
export function withLast(text: string, answer: string | undefined): string {
  const data = asJsonObject(asJsonObject(JSON.parse(answer ?? '{}')).data);
  return text.replaceAll(/\$last:(\w+)/g, (_, name: string) => asString(data[name]) ?? '');
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
