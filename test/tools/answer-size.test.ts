import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CommandExample } from '../../src/core/command.ts';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { workflowTools } from '../../src/facades/mcp/workflow-tools.ts';
import { commands } from '../../tools/catalog.ts';
import { amount } from '../harness/amount.ts';
import { exampleInput, exampleProjectIn, makeExampleProject } from '../harness/command-examples.ts';
import { documentedAnswers } from '../harness/documented-answers.ts';
import { type McpRoom, withMcp } from '../harness/mcp-room.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { type WideCall, wideCalls } from '../harness/wide/wide-calls.ts';
import { widen } from '../harness/wide/wide-project.ts';
import { fakeWwise } from '../wwise/connection/fake-wwise.ts';

/** About 8,000 tokens. */
const mostBytes = 21_000;

const tools = [
  ...commands.map(({ name, effect, input, output, examples = [], checkedOn }) => ({
    ...{ name, effect, input, output, examples, checkedOn },
  })),
  ...workflowTools.map(({ source: { name, effect, input, output, examples } }) => ({
    ...{ name, effect, input, output, examples, checkedOn: undefined },
  })),
];
const onProject = tools.filter(({ checkedOn }) => checkedOn !== 'scripted peer');
const onPeer = tools.filter(({ checkedOn }) => checkedOn === 'scripted peer');

describe('no answer of any command is over 8,000 tokens', () => {
  it('on a project with very much of everything', { timeout: 600_000 }, async () => {
    const dir = newTempDir('answer-size');
    const many = amount(130, 500);
    const calls = wideCalls(dir, many);
    try {
      await makeExampleProject(dir);
      await withMcp(dir, ['--project', exampleProjectIn(dir)], async (room) => {
        await widen(room, dir, many);
        const meter = createMeter(room);
        const reads = onProject.filter(({ effect }) => effect === 'read');
        for (const tool of reads) await meter.examples(tool.name, tool.examples, tool.input, dir);
        for (const call of [...calls.reads, ...calls.changes, ...calls.reads, ...calls.endings])
          await meter.mustSucceed(call);
        for (const tool of onProject.filter(({ effect }) => effect !== 'read'))
          await meter.examples(tool.name, tool.examples, tool.input, dir);
        await meter.mustSucceed(['undo', { steps: 50 }]);
        await meter.mustSucceed(['redo', { steps: 50 }]);
        expect(meter.tooLong).toEqual([]);
        expect(meter.failed).toEqual([]);
        expect(onProject.map(({ name }) => name).filter((name) => !meter.called.has(name))).toEqual([]);
      });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('against a Wwise whose every list is long', { timeout: 120_000 }, async () => {
    const dir = newTempDir('answer-size-peer');
    const peer = await fakeWwise();
    const answers = documentedAnswers(dir);
    peer.onCall = (call) => {
      const answer = answers[call.uri]?.(call) ?? new Error(`${call.uri} has no documented answer here.`);
      if (answer instanceof Error) call.error('ak.wwise.query_exception', answer.message);
      else call.result(call.uri.endsWith('object.get') ? answer : asJsonObject(repeated(answer)));
    };
    try {
      await withMcp(dir, ['--wwise', peer.url], async (room) => {
        const meter = createMeter(room);
        for (const tool of onPeer) await meter.examples(tool.name, tool.examples, tool.input, dir);
        const files = Array.from({ length: 500 }, (_, nth) => `${dir}/Originals/SFX/Take_${nth}.wav`);
        await meter.call('source_control_status', { files });
        await meter.call('source_control_change', { action: 'checkOut', files });
        await meter.call('source_control_revert', { files, confirm: true });
        expect(meter.tooLong).toEqual([]);
        expect(onPeer.map(({ name }) => name).filter((name) => !meter.called.has(name))).toEqual([]);
      });
    } finally {
      await peer.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

/** Calls as a client does that asks for nothing more, and notes what came back. */
function createMeter(room: McpRoom) {
  const tooLong: string[] = [];
  const failed: string[] = [];
  const called = new Set<string>();
  const call = async (name: string, input: JsonObject): Promise<JsonObject> => {
    const answer = await room.call(name, { ...input, verbose: false });
    called.add(name);
    const bytes = Buffer.byteLength(JSON.stringify(answer));
    if (bytes > mostBytes) tooLong.push(`${name} ${JSON.stringify(input).slice(0, 100)}: ${bytes} bytes`);
    return answer;
  };
  return {
    tooLong,
    failed,
    called,
    call,
    async mustSucceed([name, input]: WideCall) {
      const { ok, error } = await call(name, input);
      if (ok !== true) failed.push(`${name}: ${String(error)}`);
    },
    /** Each as it stands, then with as many rows as the command takes. An error is an answer too. */
    async examples(name: string, all: readonly CommandExample[], input: z.ZodType, dir: string) {
      for (const { before = [], input: given } of all) {
        const earlier: JsonObject[] = [];
        for (const [step, args] of before)
          earlier.push(asJsonObject((await call(step, exampleInput(args, dir, earlier))).data));
        const args = exampleInput(given, dir, earlier);
        await call(name, args);
        const most = widest(input);
        if (Object.keys(most).length > 0) await call(name, { ...args, ...most });
      }
    },
  };
}

/** The largest value of each input that says how much is shown. */
function widest(input: z.ZodType): JsonObject {
  const schema = asJsonObject(
    JSON.parse(JSON.stringify(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }))),
  );
  const fields = Object.entries(asJsonObject(schema.properties));
  return Object.fromEntries(
    fields.flatMap(([name, field]): [string, string | number][] => {
      const { maximum } = asJsonObject(field);
      if (name === 'response_format') return [[name, 'detailed']];
      const isSize = ['limit', 'depth', 'maxChildren', 'numPeaks'].includes(name);
      return isSize && typeof maximum === 'number' ? [[name, maximum]] : [];
    }),
  );
}

/** Every list in it three hundred times as long. */
function repeated(answer: unknown): unknown {
  if (Array.isArray(answer)) return Array.from({ length: 300 }, () => answer.map(repeated)).flat();
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, repeated(value)]));
}
