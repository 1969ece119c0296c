import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { compareFlows, printSchema, tryNode } from '../../../src/facades/cli/trials.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { openHttpRoom } from '../../harness/http-room.ts';
import { withMcp } from '../../harness/mcp-room.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';

const dir = tempDir('trials');
const unit = '\\Containers\\Default Work Unit';
const rows = [{ name: 'Door Open' }, { name: 'Door Close' }];
const snake = { operations: [{ type: 'format', field: 'name', as: 'snake' }] };

const sounds = (...names: readonly string[]): JsonObject => ({
  workflowId: 'sounds',
  nodes: names.map((name, index) => node(`s${index}`, 'createSound', { name, parentPath: unit })),
});

/** Works with every tool over a new project. */
async function tried<T>(
  name: string,
  work: (call: (tool: string, args: JsonObject) => Promise<JsonObject>) => Promise<T>,
) {
  const room = join(dir, name);
  freshProject(join(room, 'Game', 'Game.wproj'));
  return withMcp(room, ['--project', join(room, 'Game', 'Game.wproj')], ({ call }) => work(call));
}

describe('the test of one node', () => {
  it('gives what it makes of what flows in, whatever looks like a reference there', async () => {
    await tried('flow', async (call) => {
      const answer = await call('workflow_test_node', { type: 'transform', data: snake, flow: rows });
      expect(answer).toMatchObject({
        ok: true,
        data: { state: 'done', output: { items: [{ name: 'door_open' }, { name: 'door_close' }], count: 2 } },
      });
      expect(asJsonObject(asJsonObject(answer.data).took).durationMs).toBeGreaterThanOrEqual(0);
      const odd = { text: '$from:nowhere:$output:x {{ nodes.nowhere }}' };
      const said = await call('workflow_test_node', {
        type: 'say',
        data: { text: '{{ input.text }}' },
        flow: odd,
      });
      expect(said).toMatchObject({ data: { output: odd, messages: [odd.text] } });
    });
  });

  it('shows how it fails, with code and next step, and refuses what does not compile', async () => {
    await tried('fails', async (call) => {
      const data = { operations: [{ type: 'format', field: 'n', as: 'number' }] };
      const failing = await call('workflow_test_node', { type: 'transform', data, flow: [{ n: 'loud' }] });
      expect(failing).toMatchObject({
        ok: true,
        data: { state: 'failed', failure: { code: 'INVALID_INPUT', hint: expect.any(String) } },
      });
      expect(await call('workflow_test_node', { type: 'transfrom', data })).toMatchObject({
        ok: false,
        code: 'UNKNOWN_COMMAND',
      });
    });
  });

  it('tries what changes the project on a copy, and for real only when it is asked to', async () => {
    await tried('project', async (call) => {
      const made = { type: 'createSound', data: { name: 'Tried', parentPath: unit } };
      const found = async () =>
        asJsonArray(
          asJsonObject((await call('query_waql', { query: '$ where name = "Tried"' })).data).objects,
        ).length;
      const answer = await call('workflow_test_node', made);
      expect(answer).toMatchObject({
        data: { state: 'done', objects: [{ change: 'created', path: `${unit}\\Tried` }] },
      });
      expect(await found()).toBe(0);
      expect(await call('workflow_test_node', { ...made, mode: 'run' })).toMatchObject({
        data: { state: 'done' },
      });
      expect(await found()).toBe(1);
    });
  });

  it('asks a service only for real, says so otherwise, and counts what it cost', async () => {
    const service = await standIn((app) => {
      app.get('/word', (context) => context.json({ word: 'rain' }));
    });
    await tried('service', async (call) => {
      const asking = {
        type: 'http',
        data: { url: `${service.url}/word`, fieldMapping: { word: 'word' } },
        options: { cost: { perCall: 0.5, currency: 'EUR' } },
      };
      expect(await call('workflow_test_node', asking)).toMatchObject({
        data: {
          state: 'notExecuted',
          why: expect.stringContaining('mode "run"'),
          estimatedCosts: { totals: [{ currency: 'EUR', totalCost: 0.5 }] },
        },
      });
      expect(service.asked).toEqual([]);
      const mocked = { ...asking, mode: 'demo', options: { mock: { output: { word: 'mocked' } } } };
      expect(await call('workflow_test_node', mocked)).toMatchObject({
        data: { output: { word: 'mocked' } },
      });
      expect(service.asked).toEqual([]);
      expect(await call('workflow_test_node', { ...asking, mode: 'run' })).toMatchObject({
        data: { output: { word: 'rain' }, costs: [{ currency: 'EUR', totalCost: 0.5 }] },
      });
    });
  });
});

describe('the comparison of two workflows', () => {
  it('finds them the same where they give the same, whatever the ids of new objects are', async () => {
    await tried('same', async (call) => {
      const both = { a: { workflow: sounds('A', 'B') }, b: { workflow: sounds('A', 'B') } };
      expect(await call('workflow_compare', both)).toMatchObject({
        ok: true,
        data: { isSame: true, nodes: [], objects: [], a: { succeeded: true, changedObjects: 2 } },
      });
    });
  });

  it('says which nodes and objects differ, what each takes and costs, and touches nothing', async () => {
    await tried('differ', async (call) => {
      const input = { shout: true };
      const first = { ...sounds('A'), inputs: { shout: { type: 'boolean' } } };
      const second = {
        ...sounds('A', 'B'),
        inputs: { shout: { type: 'boolean' } },
        nodes: [
          ...asJsonArray(sounds('A').nodes),
          {
            ...node('s1', 'createSound', { name: 'B', parentPath: unit }),
            cost: { perCall: 1, currency: 'USD' },
          },
        ],
      };
      const answer = await call('workflow_compare', {
        a: { workflow: first },
        b: { workflow: second },
        input,
      });
      expect(answer).toMatchObject({
        data: {
          isSame: false,
          nodes: [{ node: 's1', a: null, b: { name: 'B' } }],
          objects: [{ path: `${unit}\\B`, a: null, b: { change: 'created' } }],
          b: { costs: [{ currency: 'USD', totalCost: 1 }] },
        },
      });
      const { a, b } = asJsonObject(answer.data);
      for (const variant of [a, b])
        expect(asJsonObject(asJsonObject(variant).took).durationMs).toBeGreaterThan(0);
      const found = await call('query_waql', { query: '$ where name = "A"' });
      expect(asJsonArray(asJsonObject(found.data).objects)).toEqual([]);
    });
  });

  it('says which variant does not compile', async () => {
    await tried('invalid', async (call) => {
      const bad = { workflow: { nodes: [node('x', 'nothing')] } };
      expect(await call('workflow_compare', { a: { workflow: sounds('A') }, b: bad })).toMatchObject({
        ok: false,
        code: 'UNKNOWN_COMMAND',
        error: expect.stringContaining('Variant b'),
      });
    });
  });
});

describe('trials by REST and on the command line', () => {
  it('answer the same over REST, where what is done for real needs the right to run', async () => {
    const room = await openHttpRoom(join(dir, 'rest'));
    const tested = await room.ask('POST /workflows/blocks/transform/test', { data: snake, flow: rows });
    expect(tested.data).toMatchObject({ state: 'done', output: { count: 2 } });
    const compared = await room.ask('POST /workflows/compare', {
      a: { workflow: sounds('A') },
      b: { workflow: sounds('A', 'B') },
    });
    expect(compared.data).toMatchObject({ isSame: false, nodes: [{ node: 's1' }] });
    await room.close();
  });

  it('print what a person reads, and say by the exit code how it went', async () => {
    const place = join(dir, 'cli');
    freshProject(join(place, 'Game', 'Game.wproj'));
    const app = appIn(place, [
      '--project',
      join(place, 'Game', 'Game.wproj'),
      '--state',
      join(place, 'state'),
    ]);
    let out = '';
    const print = printTo((text) => {
      out += stripVTControlCharacters(text);
    });
    const parts = {
      openBus: app.openBus,
      openService: app.openService,
      signal: new AbortController().signal,
    };
    const how = { mode: 'preview', json: false, verbose: false } as const;
    expect(await tryNode({ type: 'transform', data: snake, flow: rows, ...how }, parts, print)).toBe(0);
    expect(out).toContain('✓ transform  done');
    expect(out).toContain('\n      "name": "door_open"\n');
    const failing = {
      type: 'transform',
      data: { operations: [{ type: 'format', field: 'n', as: 'number' }] },
    };
    expect(await tryNode({ ...failing, flow: [{ n: 'x' }], ...how }, parts, print)).toBe(1);
    const [a, b] = ['a.json', 'b.json'].map((name) => join(place, name));
    writeFileSync(a ?? '', JSON.stringify(sounds('A')));
    writeFileSync(b ?? '', JSON.stringify(sounds('A', 'B')));
    out = '';
    expect(await compareFlows({ flowPaths: [a ?? '', b ?? ''], input: {}, ...how }, parts, print)).toBe(1);
    expect(out).toContain('~ s1');
    expect(out).toContain('They differ.');
    expect(await compareFlows({ flowPaths: [a ?? '', a ?? ''], input: {}, ...how }, parts, print)).toBe(0);
    out = '';
    expect(await printSchema(await app.openService(), print)).toBe(0);
    const schema = asJsonObject(JSON.parse(out));
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(new Ajv2020({ strict: false }).compile(schema)(sounds('A'))).toBe(true);
    await app.close();
  });
});
