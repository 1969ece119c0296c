import { rmSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnyCommand, ExampleStep } from '../../src/core/command.ts';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { EngineSession } from '../../src/embedded/engine.ts';
import { WaapiError } from '../../src/wwise/connection/backend.ts';
import { onlyReads } from '../../src/wwise/connection/reading-functions.ts';
import { commands } from '../../tools/catalog.ts';
import { sample } from '../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../harness/command-examples.ts';
import { type McpRoom, withMcp } from '../harness/mcp-room.ts';
import { startEngine } from '../harness/start-engine.ts';
import { newTempDir, tempDir } from '../harness/temp-dir.ts';
import { fakeWwise, type SeenCall } from '../wwise/connection/fake-wwise.ts';

/**
 * A Wwise that says yes and does nothing: each changing call is executed, answered as ever, and rolled back at once. What
 * a command then reports as done, it never looked at.
 */

const seed = tempDir('deaf');

beforeAll(() => makeExampleProject(seed));

/** Their effect is on files, which nothing here rolls back. */
const onFiles: readonly string[] = ['create_work_unit', 'replace_audio_by_name'];

/** What an example needs besides, for there to be something to do. */
const more: Readonly<Record<string, readonly ExampleStep[]>> = {
  paste_properties: [
    ['set_property', { objectId: '\\Containers\\Default Work Unit\\Steps', property: 'Volume', value: -6 }],
  ],
};

const changing = commands.filter(
  ({ name, effect, checkedOn }) =>
    effect !== 'read' && effect !== 'barrier' && checkedOn !== 'scripted peer' && !onFiles.includes(name),
);

describe('a Wwise that says yes and does nothing', () => {
  it.each(
    sample(
      changing.flatMap((command) => examplesOf(command)),
      26,
    ),
  )('%s (%s)', async (name, _title, example) => {
    const result = await withDeafWwise(async (mcp, dir, deafen) => {
      const earlier: JsonObject[] = [];
      for (const [command, given] of [...(example.before ?? []), ...(more[name] ?? [])])
        earlier.push(await mcp.done(command, exampleInput(given, dir, earlier)));
      deafen();
      return mcp.call(name, exampleInput(example.input, dir, earlier));
    });
    if (result.ok === true) expect(achievements(asJsonObject(result.data))).toEqual([]);
    else expect(result.code).toMatch(/^(WAAPI_ERROR|OBJECT_NOT_FOUND|CREATE_FAILED|IMPORT_FAILED)$/);
  });
});

/** What an answer to many things says was done; an answer to one thing must not be a success at all. */
function achievements(data: JsonObject): unknown[] {
  const lists = [data.results, data.renamed, data.removed, data.synced].filter(Array.isArray);
  const many = lists.flat().filter((item) => asJsonObject(item).ok !== false);
  const isReported = ['failed', 'refused', 'notKept', 'results'].some((name) => {
    const reported = data[name];
    return Array.isArray(reported) ? reported.length > 0 : Number(reported) > 0;
  });
  return isReported ? many : [data];
}

function examplesOf(command: AnyCommand) {
  return (command.examples ?? [])
    .filter(({ input }) => input.preview !== true)
    .map((example) => [command.name, example.title, example] as const);
}

async function withDeafWwise<T>(
  work: (mcp: McpRoom, dir: string, deafen: () => void) => Promise<T>,
): Promise<T> {
  const dir = newTempDir('deaf');
  copyExampleProject(seed, dir);
  const engine = await startEngine(exampleProjectIn(dir), dir);
  const session = engine.openSession();
  const fake = await fakeWwise();
  let isDeaf = false;
  fake.onCall = async (call) => {
    try {
      const hears = !isDeaf || onlyReads(call.uri) || call.uri.startsWith('ak.wwise.core.undo.');
      call.result(
        await (hears ? session.call(call.uri, call.args, call.options) : rolledBack(call, session)),
      );
    } catch (error) {
      if (!(error instanceof WaapiError)) throw error;
      call.error(error.uri, error.message, error.details);
    }
  };
  try {
    return await withMcp(dir, ['--wwise', fake.url], (mcp) =>
      work(mcp, dir, () => {
        isDeaf = true;
      }),
    );
  } finally {
    await fake.close();
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function rolledBack({ uri, args, options }: SeenCall, session: EngineSession): Promise<JsonObject> {
  await session.call('ak.wwise.core.undo.beginGroup', {}, {});
  try {
    return await session.call(uri, args, options);
  } finally {
    await session.call('ak.wwise.core.undo.cancelGroup', { undo: true }, {}).catch(() => {});
  }
}
