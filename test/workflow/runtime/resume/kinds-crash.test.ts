import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createRemote } from '../../../../src/workflow/remote/remote.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { createDispatcher } from '../../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import { packageDir } from '../../../harness/app-in.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { mailRoom } from '../../../harness/mail-room.ts';
import { outsideOf } from '../../../harness/outside.ts';
import { program } from '../../../harness/program.ts';
import { type StandIn, startStandIn } from '../../../harness/stand-in-service.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { edges, node } from '../../harness.ts';
import { planFor } from '../../plan-for.ts';
import { shippedPresets } from '../../remote/run-remote.ts';

const dir = tempDir('kinds-crash');
let service: StandIn;
/** Of each request that changed something: its key, by the room of the run. */
let sent: { readonly room: string; readonly key: string }[] = [];

beforeAll(async () => {
  service = await startStandIn((app) => {
    app.get('/words', (c) => c.json({ word: `about ${c.req.query('of')}` }));
    app.post('/in/:room', async (c) => {
      sent.push({ room: c.req.param('room'), key: c.req.header('idempotency-key') ?? '' });
      return c.json({ ok: true });
    });
    app.post('/jobs', (c) => c.json({ id: 'j1' }));
    app.get('/jobs/j1', (c) => c.json({ state: 'done', text: 'rain.wav' }));
  });
});
afterAll(() => service.close());

/** What a person answers, one after the other. */
const answers = ['-6 dB', 'Take 2'];

/** Every kind: rows of a file, looked at, changed, asked about, branched on, merged, judged by people, handed on, mailed, put away. */
const flow = (room: string, mailPort: number): JsonObject => ({
  workflowId: 'kinds',
  nodes: [
    node('rows', 'input', { source: 'file', path: 'rows.csv', types: { db: 'number' } }),
    node('loud', 'filter', { conditions: { field: 'db', operator: 'gt', value: -10 } }),
    node('named', 'transform', {
      operations: [
        { type: 'format', field: 'name', as: 'snake' },
        { type: 'jsonata', expression: '$.{"name": name, "db": db}' },
      ],
    }),
    node('asked', 'http', {
      url: `${service.url}/words`,
      items: '$from:named:$output:items',
      itemMapping: { of: 'item.name' },
      fieldMapping: { word: 'word' },
    }),
    node('job', 'submit_and_poll', {
      ...{ url: `${service.url}/jobs`, method: 'POST', everyMs: 10, onUnknown: 'retry' },
      poll: {
        ...{ handle: 'input.body.id', address: '"/jobs/" + input.handle' },
        ...{ isDone: 'input.body.state == "done"', result: 'input.body.text' },
      },
    }),
    node('count', 'exec', { program: 'wc', args: ['-c'], stdin: 'rain' }),
    node('many', 'branch', { condition: { of: '{{ nodes.named.count }}', operator: 'gt', value: 1 } }),
    node('more', 'say', { text: 'Many' }),
    node('fewer', 'say', { text: 'Few' }),
    node('both', 'merge', { sources: ['more', 'fewer'] }),
    node('loud_enough', 'ask_user', {
      template: { fields: [{ name: 'volume', type: 'number', unit: 'dB', label: 'Volume' }] },
    }),
    node('heard', 'handoff', {
      role: 'audio lead',
      text: 'Which take, at {{ nodes.loud_enough.volume }} dB?',
    }),
    node('pause', 'wait', { forMs: 1 }),
    node('each', 'forEach', {
      items: '$from:asked:$output:items',
      nodes: [
        node('folder', 'create_object', {
          ...{ type: 'Folder', name: '{{ item.name }}', parentPath: '\\Events\\Default Work Unit' },
        }),
        node('inner', 'subworkflow', {
          inputs: { name: { type: 'string' } },
          input: { name: '{{ item.name }}' },
          nodes: [
            node('line', 'output', {
              ...{ destination: 'csv', path: 'out.csv', mode: 'append' },
              mapping: { name: '$input:name' },
            }),
          ],
        }),
      ],
    }),
    node('sent', 'output', {
      ...{ destination: 'api', url: `${service.url}/in/${room}`, idempotent: true, batchSize: 1 },
      items: '$from:asked:$output:items',
    }),
    node('written', 'output', { destination: 'json', path: 'all.json', items: '$from:asked:$output:items' }),
    node('away', 'move_files', { from: '.', to: 'kept', files: ['all.json'] }),
    node('mailed', 'mail', {
      ...{ preset: 'smtp-relay', settings: { host: '127.0.0.1', port: mailPort, from: 'w@example.com' } },
      ...{ to: 'team@example.com', subject: 'Done', text: '{{ nodes.heard.answer }}', onUnknown: 'retry' },
    }),
    node('save', 'project_save'),
    node('over', 'end', { message: 'Done' }),
  ],
  edges: [
    ...edges(
      'rows loud',
      'loud named',
      'both loud_enough',
      'loud_enough heard',
      'heard pause',
      'pause each',
      'each sent',
      'sent written',
      'written away',
      'away mailed',
      'mailed save',
      'save over',
    ),
    { source: 'many', target: 'more', sourceHandle: 'true' },
    { source: 'many', target: 'fewer', sourceHandle: 'false' },
    ...edges('count many', 'job many'),
  ],
});

/** What a run left behind, as somebody finds it who looks. */
interface Left {
  readonly csv: readonly string[];
  readonly json: Json;
  readonly folders: readonly string[];
  /** What was sent, each once by its key. */
  readonly sent: number;
  /** The questions that were answered, each once. */
  readonly answered: readonly string[];
}

async function leftIn(name: string, mailPort: number, goOn: boolean): Promise<Left> {
  const room = join(dir, name);
  const projectPath = join(room, 'project', 'Crash.wproj');
  const engine = await startEngine(projectPath, room);
  const waapi = createConnection({
    open: async () => inProcessBackend(engine),
    ...{ address: projectPath, log: silentLog },
  });
  const stores = openSqliteStores(join(room, 'state'));
  const { memo, audit, runs: store } = stores;
  const parts = { commands, waapi, memo, audit, readOnly: false, expectProject: null, log: silentLog };
  const bus = createDispatcher({ ...parts, files: { allowedDirs: [room], startDir: room } });
  const remote = createRemote({ programs: ['wc'], presets: shippedPresets });
  const runs = createRuns({ bus, log: silentLog, store, outside: outsideOf(room), remote });
  const [left] = (await runs.list()).runs;
  if (goOn && left?.state !== 'done') {
    const begun =
      left === undefined
        ? runs.start(planFor(flow(name, mailPort), bus, true))
        : await runs.resume(left.executionId);
    let ended = await begun.done;
    // Of a program that was cut off nobody knows how far it came: somebody looks, and says that it may run again.
    if (ended.code === 'OUTCOME_UNKNOWN') {
      expect(ended.error).toContain('Node count (exec)');
      ended = await (await runs.resume(begun.executionId, { force: ['count'] })).done;
    }
    while (asJsonObject(ended.data).state === 'suspended') {
      const value = answers[(await store.answers(begun.executionId)).length];
      ended = await (await runs.answer(begun.executionId, { value })).done;
    }
    expect(ended).toMatchObject({ ok: true, error: null });
  }
  const given = await store.answers((await runs.list()).runs[0]?.executionId ?? '');
  const waql = '$ "\\Events\\Default Work Unit" select children orderby name';
  const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['name'] });
  await stores.close();
  await waapi.close();
  await engine.close();
  const csv = existsSync(join(room, 'out.csv')) ? readFileSync(join(room, 'out.csv'), 'utf8') : '';
  expect(existsSync(join(room, 'all.json'))).toBe(false);
  const json = readFileSync(join(room, 'kept', 'all.json'), 'utf8');
  const keys = csv.trimEnd().split('\n').slice(1);
  expect(new Set(keys).size).toBe(keys.length);
  return {
    csv: keys.map((line) => line.split(',')[0] ?? '').sort(),
    json: JSON.parse(json),
    folders: asJsonArray(answer.return).map((row) => String(asJsonObject(row).name)),
    sent: new Set(sent.filter((one) => one.room === name).map(({ key }) => key)).size,
    answered: given.map(({ question, value }) => `${question}: ${value}`),
  };
}

/** Runs the workflow in a process that kills itself there; gives how many points it came by otherwise. */
function execute(name: string, mailPort: number, crashAt?: number): Promise<number> {
  const room = join(dir, name);
  const projectPath = join(room, 'project', 'Crash.wproj');
  freshProject(projectPath);
  mkdirSync(join(room, 'state'), { recursive: true });
  writeFileSync(join(room, 'rows.csv'), 'name,db\nDoor Open,-3\nDoor Shut,-6\nFar Away,-40\n');
  const flowPath = join(room, 'flow.json');
  writeFileSync(flowPath, JSON.stringify(flow(name, mailPort)));
  const crash = crashAt === undefined ? {} : { CRASH_AT: String(crashAt), CRASH_WHEN: 'after' };
  const how = {
    CRASH_PROGRAMS: 'wc',
    CRASH_PRESETS: join(packageDir, 'presets'),
    CRASH_ANSWERS: JSON.stringify(answers),
  };
  const env = { ...process.env, CRASH_ALONE: '1', ...how, ...crash };
  const args = [program('crash-entry'), join(room, 'state'), projectPath, flowPath, room];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (crashAt !== undefined && error?.signal === 'SIGKILL') resolve(-1);
      else if (error === null && JSON.parse(stdout).ok === true) resolve(Number(JSON.parse(stdout).points));
      else reject(new Error(`${stderr}${stdout}`));
    });
  });
}

it('a run of every kind of node, killed at any record and resumed, leaves what one leaves that was not', async () => {
  sent = [];
  const { port, taken } = await mailRoom();
  /** A mail that was sent twice is seen to be the same by its id. */
  const mails = (): readonly string[] => {
    const ids = taken.splice(0).map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1] ?? '');
    return [...new Set(ids)];
  };
  const points = await execute('whole', port);
  const expected = await leftIn('whole', port, false);
  expect(mails()).toHaveLength(1);
  expect(expected).toEqual({
    csv: ['door_open', 'door_shut'],
    json: [
      { name: 'door_open', db: -3, word: 'about door_open' },
      { name: 'door_shut', db: -6, word: 'about door_shut' },
    ],
    folders: ['door_open', 'door_shut'],
    sent: 2,
    answered: ['loud_enough#1: -6 dB', 'heard#1: Take 2'],
  });
  expect(points).toBeGreaterThan(30);
  const all = Array.from({ length: points }, (_, at) => at);
  for (const at of sample(all, 5)) {
    await execute(`at-${at}`, port, at);
    expect({ at, left: await leftIn(`at-${at}`, port, true) }).toEqual({ at, left: expected });
    expect({ at, mails: mails().length }).toEqual({ at, mails: 1 });
  }
});
