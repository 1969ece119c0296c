import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import { workflowTools } from '../../src/facades/mcp/workflow-tools.ts';
import { commands } from '../../tools/catalog.ts';
import { exampleProjectIn, makeExampleProject } from '../harness/command-examples.ts';
import { documentedAnswers } from '../harness/documented-answers.ts';
import { type McpRoom, withMcp } from '../harness/mcp-room.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { writeTone } from '../harness/wave.ts';
import { type FakeWwise, fakeWwise } from '../wwise/connection/fake-wwise.ts';

const home = '\\Containers\\Default Work Unit';

/** How a tool is asked for a list of several pages. */
interface Paged {
  readonly input: JsonObject;
  /** The member of the answer that is paged. */
  readonly list: string;
  /** Arguments that ask for another list. */
  readonly other: JsonObject;
  /** How many rows there are, where a larger page cannot show them once more. */
  readonly count?: number;
  /** What a running Wwise answers. */
  readonly on?: 'peer';
}

/** The lists of a project of the examples that `makeMany` has added to. `$run`, `$events`: what it made. */
const paged: Readonly<Record<string, Paged>> = {
  audio_facts: { input: { objectId: `${home}\\Steps` }, list: 'files', other: { objectId: home } },
  audio_files_report: { input: { show: 'unused' }, list: 'files', other: { show: 'used' } },
  audit_query: { input: { command: 'create_sound' }, list: 'records', other: { command: 'create_bus' } },
  blend_tracks: {
    input: { container: `${home}\\Engine` },
    list: 'tracks',
    other: { container: `${home}\\Blend` },
  },
  bus_tree: { input: {}, list: 'busses', other: { root: 'Bus:Main Audio Bus' } },
  check_delivery: {
    input: { folder: '$dir/audio/GeneratedSoundBanks' },
    list: 'problems',
    other: { folder: '$dir/audio' },
  },
  describe_type: { input: { of: 'Sound' }, list: 'members', other: { of: 'Sound', find: 'Volume' } },
  find_unused: { input: {}, list: 'unused', other: { kind: 'gameSyncs' } },
  get_attenuation_curve: {
    input: { objectId: 'Attenuation:Far' },
    list: 'curves',
    other: { objectId: 'Attenuation:Far', curve: 'VolumeDry' },
  },
  get_inclusions: {
    input: { soundbank: 'SoundBank:Main' },
    list: 'inclusions',
    other: { soundbank: 'SoundBank:Other' },
  },
  get_log: { input: { channel: 'general' }, list: 'items', other: { channel: 'waapi' }, on: 'peer' },
  get_object: {
    input: { objectId: home, maxChildren: 1 },
    list: 'children',
    other: { objectId: `${home}\\Steps`, maxChildren: 1 },
  },
  get_states: {
    input: { objectId: 'Bus:Main Audio Bus' },
    list: 'values',
    other: { objectId: `${home}\\Wind` },
  },
  list_assignments: {
    input: { container: `${home}\\Ground` },
    list: 'assignments',
    other: { container: `${home}\\Switch` },
  },
  list_event_actions: {
    input: { objectId: '\\Events\\Default Work Unit' },
    list: 'events',
    other: { objectId: 'Event:Play_Steps' },
  },
  list_rtpcs: {
    input: { objectId: `${home}\\Steps` },
    list: 'rtpcs',
    other: { objectId: `${home}\\Wind` },
  },
  memo_inspect: { input: { command: 'create_sound' }, list: 'entries', other: { command: 'create_bus' } },
  profiler_snapshot: { input: { what: 'voices' }, list: 'items', other: { what: 'cpu' }, on: 'peer' },
  project_lint: { input: {}, list: 'findings', other: { rules: ['emptyEvents'] } },
  project_tree: {
    input: { root: '\\Containers', response_format: 'detailed' },
    list: 'objects',
    other: { root: '\\Busses' },
  },
  query_waql: {
    input: { query: '$ from type Sound' },
    list: 'objects',
    other: { query: '$ from type Sound', return: ['@Volume'] },
  },
  references_to: {
    input: { objectId: `${home}\\Steps` },
    list: 'references',
    other: { objectId: `${home}\\Steps`, descendants: true },
  },
  search: { input: { words: 'bird' }, list: 'objects', other: { words: 'step' } },
  search_media: { input: { searchText: 'a' }, list: 'files', other: { searchText: 'b' }, on: 'peer' },
  selected_objects: { input: {}, list: 'objects', other: {}, on: 'peer' },
  voice_coverage: { input: {}, list: 'incomplete', other: { under: `${home}\\Voices` } },
  waapi_events: {
    input: { subscription: '$events' },
    list: 'events',
    count: 3,
    other: { subscription: '$noEvents' },
  },
  waapi_functions: { input: {}, list: 'uris', other: { topics: true } },
  workflow_compile: {
    input: { workflow: '$flow' },
    list: 'nodes',
    count: 400,
    other: { workflow: '$small' },
  },
  workflow_explain: {
    input: { workflow: '$flow' },
    list: 'steps',
    count: 400,
    other: { workflow: '$small' },
  },
  workflow_get: {
    input: { workflowId: 'many' },
    list: 'document/nodes',
    count: 400,
    other: { workflowId: 'kept_1' },
  },
  workflow_list: { input: {}, list: 'workflows', other: { text: 'kept' } },
  workflow_node_types: {
    input: {
      types: [
        'objects',
        'audio',
        'music',
        'query',
        'containers',
        'gamesyncs',
        'batch',
        'waapi',
        'soundbanks',
        'effects',
        'routing',
        'events',
        'project',
        'attenuations',
      ],
    },
    list: 'nodeTypes',
    other: {},
  },
  workflow_runs: { input: {}, list: 'runs', other: { workflowId: 'small' } },
  workflow_status: {
    input: { executionId: '$run' },
    list: 'nodes',
    count: 400,
    other: { executionId: '$smallRun' },
  },
};

const tools: readonly { readonly name: string; readonly input: z.ZodType }[] = [
  ...commands,
  ...workflowTools.map(({ source }) => source),
];
/** There are some only where workers are: tried in test/jobs/dead-letters.test.ts. */
const triedElsewhere: ReadonlySet<string> = new Set(['dead_letters']);
const keysOf = (schema: z.ZodType) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);
const withCursor = tools.filter(
  ({ name, input }) =>
    !triedElsewhere.has(name) && keysOf(input).some((key) => ['cursor', 'limit'].includes(key)),
);
const dir = tempDir('every-cursor');

describe('the pages of every list', () => {
  const rooms: Partial<Record<'project' | 'peer', McpRoom>> = {};
  const closing: (() => void)[] = [];
  const ended: Promise<unknown>[] = [];
  let wwise: FakeWwise | undefined;
  let made: JsonObject = {};

  beforeAll(async () => {
    await makeExampleProject(dir);
    const open = (name: 'project' | 'peer', target: readonly string[]) =>
      new Promise<void>((isOpen, fails) => {
        const work = (room: McpRoom) => {
          rooms[name] = room;
          isOpen();
          return new Promise<void>((close) => closing.push(close));
        };
        const own = join(dir, name);
        mkdirSync(own);
        ended.push(withMcp(name === 'project' ? dir : own, target, work).catch(fails));
      });
    wwise = await peer();
    await open('project', ['--project', exampleProjectIn(dir)]);
    await open('peer', ['--wwise', wwise.url]);
    made = await makeMany(roomOf('project'));
  });

  afterAll(async () => {
    for (const close of closing) close();
    await Promise.all(ended);
    await wwise?.close();
  });

  it('are all tried here', () => {
    expect(withCursor.map(({ name }) => name).sort()).toEqual(Object.keys(paged));
  });

  it.each(Object.keys(paged))('%s gives each row once and ends', async (tool) => {
    const { list, count } = known(tool);
    const pages = await rowsOf(tool, 1);
    const rows = pages.flat();
    expect(pages.length, 'pages').toBeGreaterThanOrEqual(3);
    if (count === undefined) expect(rows.map(lasting)).toEqual((await rowsOf(tool, 500)).flat().map(lasting));
    else expect(rows).toHaveLength(count);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size, list).toBe(rows.length);
  });

  it.each(Object.keys(paged))('%s refuses every cursor that it did not give for this', async (tool) => {
    const { input, other, on = 'project' } = known(tool);
    const cursor = cursorOf(await roomOf(on).done(tool, asked(tool, input, 1)), known(tool).list) ?? '';
    const foreign = tool === 'bus_tree' ? 'search' : 'bus_tree';
    const others = cursorOf(
      await roomOf('project').done(foreign, asked(foreign, known(foreign).input, 1)),
      known(foreign).list,
    );
    const attempts: [JsonObject, string][] = [
      ...['junk', '1', '0.0000000000', '-1.x', 'nodes:0', others ?? ''].map((wrong): [JsonObject, string] => [
        input,
        wrong,
      ]),
      [input, `9${cursor}`],
      ...(Object.keys(other).length + Object.keys(input).length === 0
        ? []
        : [[other, cursor] as [JsonObject, string]]),
    ];
    for (const [given, wrong] of attempts) {
      expect(await roomOf(on).call(tool, { ...asked(tool, given, 1), cursor: wrong })).toMatchObject({
        ok: false,
        code: 'INVALID_INPUT',
        error: `The cursor "${wrong}" was not given by an answer to this call.`,
        hint: 'Give a cursor exactly as an answer gave it, with the same arguments; or leave it out to start again.',
        details: { cursor: wrong },
      });
    }
  });

  function roomOf(name: 'project' | 'peer'): McpRoom {
    const room = rooms[name];
    if (room === undefined) throw new Error(`The room "${name}" is not open.`);
    return room;
  }

  function asked(tool: string, input: JsonObject, limit: number): JsonObject {
    const fills = (value: Json | undefined): Json =>
      typeof value === 'string' && value.startsWith('$') && made[value.slice(1)] !== undefined
        ? (made[value.slice(1)] ?? null)
        : typeof value === 'string'
          ? value.replace('$dir', dir)
          : (value ?? null);
    const filled = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, fills(value)]));
    const schema = tools.find(({ name }) => name === tool)?.input;
    const most = { audio_facts: 100, memo_inspect: 200, workflow_list: 100, workflow_runs: 100 }[tool] ?? 500;
    const isLimited = schema !== undefined && keysOf(schema).includes('limit');
    return isLimited ? { ...filled, limit: Math.min(limit, most) } : filled;
  }

  /** The pages of a list. */
  async function rowsOf(tool: string, limit: number): Promise<(readonly Json[])[]> {
    const { input, list, on = 'project' } = known(tool);
    const pages: (readonly Json[])[] = [];
    let cursor: string | undefined;
    do {
      if (pages.length > 400) throw new Error(`${tool} does not end.`);
      const data: JsonObject = await roomOf(on).done(tool, {
        ...asked(tool, input, limit),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const member = list.split('/').reduce<Json>((value, name) => asJsonObject(value)[name] ?? null, data);
      pages.push(asJsonArray(member));
      cursor = cursorOf(data, list);
    } while (cursor !== undefined);
    return pages;
  }
});

function known(tool: string): Paged {
  const entry = paged[tool];
  if (entry === undefined) throw new Error(`${tool} has no entry in the table of this test.`);
  return entry;
}

/** Where a list goes on; events go on for ever, so they end when nothing waits. */
function cursorOf(data: JsonObject, list: string): string | undefined {
  if (data.waiting === 0 && asJsonArray(data.events).length === 0) return undefined;
  return asString(data.cursor) ?? asString(asJsonObject(data.cursors)[list]);
}

/** A row without what changes from answer to answer. */
function lasting(row: Json): Json {
  const { durationMs, ...rest } = asJsonObject(row);
  return typeof row === 'object' && !Array.isArray(row) ? rest : row;
}

/** Adds to the project of the examples what makes three pages of every list. */
async function makeMany(room: McpRoom): Promise<JsonObject> {
  for (const name of ['Bird_1', 'Bird_2', 'Bird_3', 'Bird_4'])
    await room.done('create_sound', { name, parentPath: home });
  for (const name of ['Rain_1', 'Rain_2'])
    await room.done('create_event', { name, targetPath: `${home}\\Steps` });
  for (const name of ['One.wav', 'Two.wav', 'Three.wav'])
    writeTone(join(dir, 'Game', 'Originals', 'SFX', 'Unused', name));
  for (const file of ['Step_3', 'Step_4']) {
    writeTone(join(dir, 'audio', `${file}.wav`));
    const filePath = join(dir, 'audio', `${file}.wav`);
    await room.done('audio_import', { filePath, parentPath: `${home}\\Steps`, name: file });
  }
  for (const name of ['Motor', 'Gear', 'Belt'])
    await room.done('add_blend_track', {
      ...{ container: `${home}\\Engine`, name, gameParameter: 'GameParameter:Speed' },
      children: [{ child: `${home}\\Engine\\Low`, from: 0, to: 30 }],
    });
  const { id: group } = await room.done('create_state_group', {
    ...{ name: 'Mood', members: ['Calm', 'Tense', 'Happy', 'Sad'] },
  });
  await room.done('set_states', {
    ...{ objectId: 'Bus:Main Audio Bus', stateGroups: [group ?? ''], properties: ['Volume'] },
    values: ['Calm', 'Tense', 'Happy'].map((state) => ({ state, values: { Volume: -3 } })),
  });
  for (const property of ['Pitch', 'Lowpass'])
    await room.done('set_rtpc', {
      ...{ objectId: `${home}\\Steps`, property, gameParameter: 'GameParameter:Speed' },
      points: [
        { x: 0, y: 0 },
        { x: 50, y: 10 },
      ],
    });
  await room.done('assign_switch', {
    container: `${home}\\Ground`,
    assignments: [
      { child: 'OnStone', switch: 'Stone' },
      { child: 'OnStone', switch: 'Grass' },
    ],
  });
  for (const [kind, name] of [
    ['blend', 'Blend'],
    ['switch', 'Switch'],
  ] as const)
    await room.done('create_container', { kind, name, parentPath: home });
  await room.done('set_inclusions', {
    soundbank: 'SoundBank:Main',
    inclusions: [{ object: `${home}\\Wind` }, { object: `${home}\\Bird_1` }],
  });
  await room.done('create_soundbank', { name: 'Other' });
  await room.done('create_container', {
    ...{ kind: 'random', name: 'Voices', parentPath: home, sounds: ['Yes', 'No', 'Perhaps'] },
  });
  for (const name of ['Yes', 'No', 'Perhaps'])
    await room.done('set_property', {
      objectId: `${home}\\Voices\\${name}`,
      property: 'IsVoice',
      value: true,
    });
  const topic = 'ak.wwise.core.object.notesChanged';
  const { subscription: events } = await room.done('waapi_subscribe', { topic });
  const { subscription: noEvents } = await room.done('waapi_subscribe', { topic });
  for (const notes of ['a', 'b', 'c']) await room.done('set_notes', { objectId: `${home}\\Wind`, notes });
  const said = (workflowId: string, count: number): JsonObject => ({
    ...{ workflowId, name: workflowId, edges: [] },
    nodes: Array.from({ length: count }, (_, index) => ({
      ...{ id: `n${index}`, type: 'say', data: { text: `${index} ${'and so on '.repeat(30)}` } },
    })),
  });
  const flow = said('many', 400);
  const small = said('small', 1);
  const run = await room.done('workflow_run', { workflow: flow, waitMs: 60_000 });
  const smallRun = await room.done('workflow_run', { workflow: small, waitMs: 60_000 });
  await room.done('workflow_run', { workflow: small, waitMs: 60_000 });
  await room.done('workflow_save', { workflow: flow });
  for (const workflowId of ['kept_1', 'kept_2', 'kept_3'])
    await room.done('workflow_save', { workflow: small, workflowId });
  const ids = { run: run.executionId ?? null, smallRun: smallRun.executionId ?? null };
  return { ...ids, flow, small, events: events ?? null, noEvents: noEvents ?? null };
}

/** A Wwise whose lists of the moment have five rows. */
async function peer(): Promise<FakeWwise> {
  const fake = await fakeWwise();
  const rows = (row: (index: number) => JsonObject): JsonObject[] => [0, 1, 2, 3, 4].map(row);
  const lists: Readonly<Record<string, JsonObject>> = {
    'ak.wwise.core.log.get': {
      items: rows((index) => ({
        severity: 'Message',
        message: `Line ${index}`,
        time: 1_700_000_000 + index,
      })),
    },
    'ak.wwise.core.mediaPool.get': {
      return: rows((index) => ({ FileId: `${index}`, Path: `${index}.wav` })),
    },
    'ak.wwise.core.profiler.getVoices': { return: rows((index) => ({ pipelineID: index })) },
    'ak.wwise.core.profiler.getCpuUsage': { return: rows((index) => ({ elementName: `${index}` })) },
    'ak.wwise.ui.getSelectedObjects': {
      objects: rows((index) => ({
        ...{ id: `{0000000${index}-0000-0000-0000-000000000000}`, name: `S${index}` },
        ...{ type: 'Sound', path: `${home}\\S${index}` },
      })),
    },
  };
  const answers = documentedAnswers(dir);
  fake.onCall = (call) => {
    const answer =
      lists[call.uri] ?? answers[call.uri]?.(call) ?? new Error(`${call.uri} has no answer here.`);
    if (answer instanceof Error) call.error('ak.wwise.query_exception', answer.message);
    else call.result(answer);
  };
  return fake;
}
