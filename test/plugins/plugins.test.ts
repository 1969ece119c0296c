import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { runDoctor } from '../../src/facades/cli/doctor.ts';
import { printTo } from '../../src/facades/cli/print.ts';
import { runFlow } from '../../src/facades/cli/run.ts';
import { appIn, packageDir } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { openHttpRoom } from '../harness/http-room.ts';
import { mcpClient } from '../harness/mcp-client.ts';
import { tempDir } from '../harness/temp-dir.ts';

const dir = tempDir('plugins');
const example = join(packageDir, 'examples', 'plugin-loudness');
const unit = '\\Containers\\Default Work Unit';

/** A workflow that uses what the example brings: two kinds of its own, a command among them. */
const flow: JsonObject = {
  workflowId: 'ranked',
  nodes: [
    { id: 'sound', type: 'createSound', data: { name: 'Metal', parentPath: unit } },
    {
      id: 'ranked',
      type: 'rank_by_loudness',
      data: {
        items: [
          { name: 'Grass', lufs: -30 },
          { name: 'Metal', lufs: -12 },
        ],
      },
    },
    {
      id: 'marked',
      type: 'mark_loudness',
      data: { object: '$from:sound:$output:id', lufs: '{{ nodes.ranked.loudest }}' },
    },
  ],
  edges: [{ source: 'ranked', target: 'marked' }],
};

let rooms = 0;

/** The folder of a new project, and the options of a program that works on it with these plug-ins. */
function place(...plugins: readonly string[]): { readonly room: string; readonly argv: readonly string[] } {
  const room = join(dir, `room-${rooms++}`);
  freshProject(join(room, 'Game', 'Game.wproj'));
  const options = ['--project', join(room, 'Game', 'Game.wproj'), '--state', join(room, 'state')];
  return { room, argv: [...options, '--plugin', plugins.join(',')] };
}

/** A plug-in in a folder of its own, of this module. */
function pluginOf(name: string, module: string, description: JsonObject = {}): string {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', ...description }));
  writeFileSync(join(folder, 'index.js'), module);
  return folder;
}

/** Why a program with this plug-in does not open. */
async function refusal(folder: string): Promise<unknown> {
  const { room, argv } = place(folder);
  const app = appIn(room, argv);
  const thrown: unknown = await app.openBus().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await app.close();
  return thrown;
}

const kind = `{ type: 'echo_it', title: 'Echo', description: 'Echo.', input: z.strictObject({ a: z.any().optional() }), output: z.object({ a: z.number() }), run: async ({ a }) => ({ a }) }`;

describe('the example of a plug-in', () => {
  it('runs its nodes and its command in a workflow, and its command is rolled back with it', async () => {
    const { room, argv } = place(example);
    const app = appIn(room, argv);
    const service = await app.openService();
    const begun = await service.run({ workflow: flow, caller: 'test' });
    const result = begun.ok ? await begun.data.done : begun;
    expect(result).toMatchObject({
      ok: true,
      data: {
        results: [
          { node: 'sound' },
          { node: 'ranked', data: { items: [{ class: 'quiet' }, { class: 'loud' }], loudest: -12 } },
          { node: 'marked', data: { notes: 'Loudness -12 LUFS' } },
        ],
      },
    });
    const executionId = begun.ok ? begun.data.executionId : '';
    expect(await service.rollBack(executionId)).toMatchObject({ ok: true });
    const bus = await app.openBus();
    const found = await bus.dispatch('query_waql', { query: '$ where name = "Metal"' });
    expect(found).toMatchObject({ ok: true, data: { objects: [] } });
    await app.close();
  });

  it('is previewed and listed with the kinds of nodes, by its toolset', async () => {
    const { room, argv } = place(example);
    const app = appIn(room, argv);
    const service = await app.openService();
    expect(await service.preview({ workflow: flow, caller: 'test' })).toMatchObject({
      ok: true,
      data: { result: { ok: true } },
    });
    const types = await service.nodeTypes({ toolset: 'loudness' });
    expect(JSON.stringify(types)).toContain('rank_by_loudness');
    expect(JSON.stringify(types)).toContain('mark_loudness');
    const examples = await service.nodeTypes({ types: ['rank_by_loudness'] });
    expect(JSON.stringify(examples)).toContain('quietBelow');
    await app.close();
  });

  it('is a tool of MCP, listed beside the usual ones, and held to the profile', async () => {
    const { room, argv } = place(example);
    const { client, close } = await mcpClient(appIn(room, argv));
    const names = (await client.listTools()).tools.map((tool) => tool.name);
    expect(names).toContain('mark_loudness');
    const answer = await client.callTool({ name: 'mark_loudness', arguments: { object: unit, lufs: -20 } });
    expect(asJsonObject(answer.structuredContent)).toMatchObject({
      ok: true,
      data: { notes: 'Loudness -20 LUFS' },
    });
    await close();
    const reading = place(example);
    const reader = await mcpClient(appIn(reading.room, [...reading.argv, '--read-only']), 'reader');
    expect((await reader.client.listTools()).tools.map((tool) => tool.name)).not.toContain('mark_loudness');
    await reader.close();
  });

  it('is in the catalogue of REST, and called by it', async () => {
    const room = await openHttpRoom(join(dir, 'rest'), ['--plugin', example]);
    const listed = await room.ask('GET /catalog?toolset=loudness');
    expect(asJsonArray(listed.data.commands).map((one) => asJsonObject(one).name)).toEqual(['mark_loudness']);
    const called = await room.ask('POST /wwise/mark_loudness', { object: unit, lufs: -9 });
    expect(called.data).toEqual({ notes: 'Loudness -9 LUFS' });
    const run = await room.ask('POST /workflows/execute', { workflow: flow });
    expect(run.json).toMatchObject({ ok: true });
    await room.close();
  });

  it('runs on the command line', async () => {
    const { room, argv } = place(example);
    const app = appIn(room, argv);
    const flowPath = join(room, 'flow.json');
    writeFileSync(flowPath, JSON.stringify(flow));
    let out = '';
    const print = printTo((text) => {
      out += stripVTControlCharacters(text);
    });
    const parts = {
      openBus: app.openBus,
      openService: app.openService,
      signal: new AbortController().signal,
    };
    const how = { flowPath, mode: 'run', input: {}, forceRerun: false, json: false, verbose: false } as const;
    expect(await runFlow(how, parts, print)).toBe(0);
    expect(out).toContain('mark_loudness');
    await app.close();
  });

  it('is reported by the doctor, and so is one that cannot be loaded', async () => {
    const said = async (plugin: string): Promise<string> => {
      const { room, argv } = place(plugin);
      const app = appIn(room, argv);
      let out = '';
      const print = printTo((text) => {
        out += stripVTControlCharacters(text);
      });
      const configured = {
        ...{ version: '0', nodeVersion: 'v20.19.0', target: 'x', stateDir: room, allowedDirs: [room] },
        ...{ expectProject: null, readOnly: false, tools: ['x'], files: [], settings: [], warnings: [] },
      };
      await runDoctor(configured, app, 'findings', print);
      await app.close();
      return out;
    };
    expect(await said(example)).toMatch(
      /✓ Plug-in .*loudness 1\.0\.0 in .*plugin-loudness: node kinds rank_by_loudness; commands mark_loudness/,
    );
    expect(await said('./nowhere')).toMatch(/✗ Plug-in .*There is no plug-in "\.\/nowhere"/);
  });
});

describe('a plug-in', () => {
  it('may be a package that is installed around where the program is started', async () => {
    const { room, argv } = place('wwiseflow-plugin-echo');
    const folder = join(room, 'node_modules', 'wwiseflow-plugin-echo');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      '{"name":"wwiseflow-plugin-echo","type":"module","exports":{".":{"import":"./main.js"}}}',
    );
    writeFileSync(
      join(folder, 'main.js'),
      `export default ({ z }) => ({ description: 'Echo.', nodeKinds: [${kind}] });`,
    );
    const app = appIn(room, argv);
    expect((await app.loadPlugins()).map(({ name }) => name)).toEqual(['wwiseflow-plugin-echo']);
    await app.close();
  });

  it.each([
    ['is not there', './nowhere', 'PACKAGE_MISSING', 'There is no plug-in'],
    ['is no package name', 'a b', 'PACKAGE_MISSING', 'There is no plug-in'],
    ['throws', pluginOf('throws', 'throw new Error("boom");'), 'INVALID_INPUT', 'cannot be loaded: .*boom'],
    ['exports nothing', pluginOf('nothing', ''), 'INVALID_INPUT', 'default export is no object'],
    ['has no entry', pluginOf('no-entry', '', { main: 'gone.js' }), 'FILE_UNREADABLE', 'has no module'],
    [
      'brings nothing',
      pluginOf('brings', `export default { description: 'x' };`),
      'INVALID_INPUT',
      'neither commands nor nodeKinds',
    ],
    [
      'takes a name that is taken',
      pluginOf(
        'taken',
        `export default ({ z }) => ({ description: 'x', nodeKinds: [{ ...${kind}, type: 'for_each' }] });`,
      ),
      'INVALID_INPUT',
      'the name "for_each" is taken',
    ],
    [
      'calls itself as a toolset',
      pluginOf('events', `export default ({ z }) => ({ description: 'x', nodeKinds: [${kind}] });`),
      'INVALID_INPUT',
      'name of a toolset',
    ],
    [
      'wants more than a kind may',
      pluginOf(
        'more',
        `export default ({ z }) => ({ description: 'x', nodeKinds: [{ ...${kind}, reachesOutside: true }] });`,
      ),
      'INVALID_INPUT',
      'reachesOutside',
    ],
    [
      'has a command that does not say how it is rolled back',
      pluginOf(
        'no-revert',
        `export default ({ z, defineCommand }) => ({ description: 'x', commands: [defineCommand({ name: 'do_it', title: 'Do', description: 'Do.', toolset: 'x', effect: 'update', input: z.strictObject({}), output: z.object({}), memo: { never: 'x' }, run: async () => ({}) })] });`,
      ),
      'INVALID_INPUT',
      'how it is rolled back',
    ],
  ])('is refused by name when it %s', async (_what, folder, code, message) => {
    expect(await refusal(folder)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('can read the project by reading commands where it says so, and do nothing else', async () => {
    const module = `export default ({ z }) => ({ description: 'Asks.', nodeKinds: ['read', 'none'].map((effect) => ({
      type: 'ask_' + effect, title: 'Ask', description: 'Ask.', effect,
      input: z.strictObject({ command: z.string(), input: z.record(z.string(), z.any()) }), output: z.looseObject({}),
      run: async ({ command, input }, context) => ({ keys: Object.keys(context).sort(), ...(await context.read(command, input)) }),
    })) });`;
    const { room, argv } = place(pluginOf('asks', module));
    const app = appIn(room, argv);
    const service = await app.openService();
    const ask = async (type: string, command: string, input: JsonObject): Promise<JsonObject> => {
      const tested = await service.testNode({ type, data: { command, input }, mode: 'run', caller: 'test' });
      return asJsonObject(tested.ok ? tested.data : tested);
    };
    const read = await ask('ask_read', 'query_waql', { query: '$ from type WorkUnit' });
    expect(read).toMatchObject({ state: 'done' });
    expect(asJsonArray(asJsonObject(read.output).keys)).toEqual([
      ...['flow', 'given', 'inflow', 'inputs', 'isPreview', 'now', 'read', 'say', 'signal'],
    ]);
    const changing = [
      'create_object',
      { type: 'Folder', name: 'X', parentPath: '\\Events\\Default Work Unit' },
    ] as const;
    expect(await ask('ask_read', ...changing)).toMatchObject({ failure: { code: 'NOT_PERMITTED' } });
    expect(await ask('ask_none', 'query_waql', { query: '$' })).toMatchObject({
      failure: { code: 'NOT_PERMITTED' },
    });
    await app.close();
  });

  it('is held to what it says it gives', async () => {
    const { room, argv } = place(
      pluginOf('echo', `export default ({ z }) => ({ description: 'x', nodeKinds: [${kind}] });`),
    );
    const app = appIn(room, argv);
    const service = await app.openService();
    const tested = await service.testNode({
      type: 'echo_it',
      data: { a: 'x' },
      mode: 'preview',
      caller: 'test',
    });
    expect(tested).toMatchObject({ ok: true, data: { failure: { code: 'SCHEMA_MISMATCH' } } });
    expect(asString(asJsonObject(asJsonObject(tested.ok ? tested.data : {}).failure).error)).toContain(
      'echo_it',
    );
    await app.close();
  });
});
