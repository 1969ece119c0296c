import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleProject } from '../../scripts/gen/example-project.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/base/json.ts';
import type { AnyCommand, CommandExample } from '../../src/bus/command.ts';
import { createProject } from '../../src/embedded/project/new-project.ts';
import { workflowTools } from '../../src/facades/mcp/workflow-tools.ts';
import { commands } from '../../tools/catalog.ts';
import { documentedAnswers } from '../harness/documented-answers.ts';
import { type McpRoom, withMcp } from '../harness/mcp-room.ts';
import { writeTone } from '../harness/wave.ts';
import { fakeWwise } from '../waapi/fake-wwise.ts';

let seed = '';

/** The example project is made once, by its commands, and copied for every example. */
beforeAll(async () => {
  seed = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-examples-')));
  createProject(projectIn(seed));
  writeAudio(seed);
  await withMcp(seed, ['--project', projectIn(seed)], async (room) => {
    for (const [command, input] of exampleProject) await room.done(command, inFolder(input, seed));
    await room.done('project_save', {});
  });
});
afterAll(() => rmSync(seed, { recursive: true, force: true }));

const tools: readonly Pick<AnyCommand, 'name' | 'output' | 'examples' | 'checkedOn'>[] = [
  ...commands,
  ...workflowTools.map(({ source }) => source),
];

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (name, command) => {
  it('has an example', () => expect(command.examples ?? []).not.toEqual([]));

  it.each((command.examples ?? []).map((example) => [example.title, example] as const))(
    'does what its example says: %s',
    async (_title, example) => {
      const room = command.checkedOn === 'scripted peer' ? withPeer : withCopy;
      const data = await room((mcp, dir) => carryOut(name, example, mcp, dir));
      expect(command.output.safeParse(data).error?.issues ?? []).toEqual([]);
    },
  );
});

async function carryOut(name: string, { before = [], input }: CommandExample, mcp: McpRoom, dir: string) {
  const earlier: JsonObject[] = [];
  for (const [command, given] of before) {
    earlier.push(await mcp.done(command, filled(inFolder(given, dir), earlier)));
  }
  return mcp.done(name, filled(inFolder(input, dir), earlier));
}

/** On a copy of the example project, with the embedded engine. */
async function withCopy<T>(work: (mcp: McpRoom, dir: string) => Promise<T>): Promise<T> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-example-')));
  try {
    for (const part of ['Game', 'audio']) cpSync(join(seed, part), join(dir, part), { recursive: true });
    const wwiseConsole = ['--wwise-console', standInConsole(dir)];
    return await withMcp(dir, ['--project', projectIn(dir), ...wwiseConsole], (mcp) => work(mcp, dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Against a WAMP peer on a real socket, that answers as Wwise is documented to. */
async function withPeer<T>(work: (mcp: McpRoom, dir: string) => Promise<T>): Promise<T> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-example-')));
  const peer = await fakeWwise();
  const answers = documentedAnswers(dir);
  peer.onCall = (call) => {
    const answer = answers[call.uri]?.(call) ?? new Error(`${call.uri} has no documented answer here.`);
    if (answer instanceof Error) call.error('ak.wwise.query_exception', answer.message);
    else call.result(answer);
  };
  try {
    return await withMcp(dir, ['--wwise', peer.url], (mcp) => work(mcp, dir));
  } finally {
    await peer.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A program that ends like WwiseConsole does when all is well. */
function standInConsole(dir: string): string {
  const path = join(dir, 'WwiseConsole');
  writeFileSync(path, `#!${process.execPath}\nconsole.log('Process completed successfully.');\n`);
  chmodSync(path, 0o755);
  return path;
}

function projectIn(dir: string): string {
  return join(dir, 'Game', 'Game.wproj');
}

function writeAudio(dir: string): void {
  for (const file of ['Step_1.wav', 'Step_2.wav', 'new/Step_1.wav']) writeTone(join(dir, 'audio', file));
  const rows = ['Audio File\tObject Path', `${join(dir, 'audio', 'Step_1.wav')}\t<Sound SFX>Listed`];
  writeFileSync(join(dir, 'audio', 'import.txt'), `${rows.join('\n')}\n`);
  const banks = join(dir, 'audio', 'GeneratedSoundBanks');
  mkdirSync(join(banks, 'Windows'), { recursive: true });
  writeFileSync(join(banks, 'ProjectInfo.json'), JSON.stringify({ ProjectInfo: { Project: {} } }));
  const info = { SoundBanksInfo: { Platform: 'Windows', SoundBanks: [] } };
  writeFileSync(join(banks, 'Windows', 'SoundbanksInfo.json'), JSON.stringify(info));
}

/** What an example calls /audio lies in `dir`. */
function inFolder(input: JsonObject, dir: string): JsonObject {
  return asJsonObject(JSON.parse(JSON.stringify(input).replaceAll('"/audio', `"${dir}/audio`)));
}

/** `$from:1:id` is what the first step before gave as id. */
function filled(input: JsonObject, earlier: readonly JsonObject[]): JsonObject {
  const value = (given: Json | undefined): Json => {
    const [, step, member] = /^\$from:(\d+):(\w+)$/.exec(asString(given) ?? '') ?? [];
    if (step !== undefined && member !== undefined) return earlier[Number(step) - 1]?.[member] ?? null;
    return Array.isArray(given) ? asJsonArray(given).map(value) : (given ?? null);
  };
  return Object.fromEntries(Object.entries(input).map(([name, given]) => [name, value(given)]));
}
