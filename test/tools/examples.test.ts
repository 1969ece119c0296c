import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyCommand, CommandExample } from '../../src/core/command.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { workflowTools } from '../../src/facades/mcp/workflow-tools.ts';
import { commands } from '../../tools/catalog.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../harness/command-examples.ts';
import { documentedAnswers } from '../harness/documented-answers.ts';
import { type McpRoom, withMcp } from '../harness/mcp-room.ts';
import { newTempDir, tempDir } from '../harness/temp-dir.ts';
import { fakeWwise } from '../wwise/connection/fake-wwise.ts';

const seed = tempDir('examples');

/** The example project is made once, by its commands, and copied for every example. */
beforeAll(() => makeExampleProject(seed));

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
    earlier.push(await mcp.done(command, exampleInput(given, dir, earlier)));
  }
  return mcp.done(name, exampleInput(input, dir, earlier));
}

/** On a copy of the example project, with the embedded engine. */
async function withCopy<T>(work: (mcp: McpRoom, dir: string) => Promise<T>): Promise<T> {
  const dir = newTempDir('example');
  try {
    copyExampleProject(seed, dir);
    const wwiseConsole = ['--wwise-console', standInConsole(dir)];
    return await withMcp(dir, ['--project', exampleProjectIn(dir), ...wwiseConsole], (mcp) => work(mcp, dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Against a WAMP peer on a real socket, that answers as Wwise is documented to. */
async function withPeer<T>(work: (mcp: McpRoom, dir: string) => Promise<T>): Promise<T> {
  const dir = newTempDir('example');
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
