import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { systemClock } from '../../../../src/workflow/runtime/clock.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { createSessions } from '../../../../src/workflow/runtime/sessions/sessions.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { createDispatcher } from '../../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { program } from '../../../harness/program.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { edges, node } from '../../harness.ts';
import { planFor } from '../../plan-for.ts';

const dir = tempDir('dialogue-crash');
const volume = { type: 'number', unit: 'dB', min: -96, max: 12, label: 'Volume' };
const busses = [{ value: 'SFX' }, { value: 'Music' }];

/** A dialogue, and the answers of the person, one after the other, each to the question that is open then. */
interface Script {
  readonly name: string;
  readonly template: JsonObject;
  readonly answers: readonly string[];
  /** What the run comes to. */
  readonly state: string;
  readonly values: JsonObject;
}

/** Through every state of a dialogue. */
const scripts: readonly Script[] = [
  {
    name: 'start, no input, no match, confirmation, not confirmed, success, escalated to a default',
    template: {
      fields: [
        { name: 'name', type: 'text', label: 'Name' },
        { name: 'volume', ...volume, confirm: true, tries: 5 },
        { name: 'bus', type: 'choice', choices: busses, default: 'SFX', tries: 2, escalation: 'default' },
        { name: 'loop', type: 'yesNo', label: 'Loop' },
      ],
    },
    answers: ['', 'Gust', 'purple', '40 dB', '-6 dB', 'no', '-3 dB', 'yes', 'purple', 'dunno', 'no'],
    state: 'done',
    values: { name: 'Gust', volume: -3, bus: 'SFX', loop: false },
  },
  {
    name: 'escalated to somebody with a role',
    template: {
      ...{ escalation: 'handoff', role: 'audio lead', tries: 2 },
      fields: [
        { name: 'name', type: 'text', label: 'Name' },
        { name: 'volume', ...volume },
      ],
    },
    answers: ['Gust', 'purple', 'dunno', '-6 dB'],
    state: 'done',
    values: { name: 'Gust', volume: -6 },
  },
  {
    name: 'failed',
    template: { tries: 2, fields: [{ name: 'name', type: 'choice', choices: busses, label: 'Bus' }] },
    answers: ['purple', 'dunno'],
    state: 'failed',
    values: {},
  },
];

const flowOf = ({ template }: Script): JsonObject => ({
  workflowId: 'asks',
  nodes: [
    node('ask', 'ask_user', { template }),
    node('made', 'create_object', {
      ...{ type: 'Folder', name: '$from:ask:$output:name', parentPath: '\\Events\\Default Work Unit' },
    }),
    node('save', 'project_save'),
  ],
  edges: edges('ask made', 'made save'),
});

interface Left {
  readonly values: JsonObject;
  readonly folders: readonly string[];
  /** The questions that were answered, each once, with the answer that counts. */
  readonly answered: readonly string[];
  /** What was collected, as it is archived. */
  readonly session: JsonObject;
}

/** Goes on with the run in this process, and answers what it asks, until it is done. */
async function goOn(room: string, script: Script): Promise<Left> {
  const projectPath = join(room, 'project', 'Crash.wproj');
  const engine = await startEngine(projectPath, room);
  const open = async () => inProcessBackend(engine);
  const waapi = createConnection({ open, address: projectPath, log: silentLog });
  const stores = openSqliteStores(join(room, 'state'));
  const { memo, audit, runs: store } = stores;
  const parts = { commands, waapi, memo, audit, readOnly: false, expectProject: null, log: silentLog };
  const bus = createDispatcher({ ...parts, files: { allowedDirs: [room], startDir: room } });
  const sessions = createSessions({ ...stores, clock: systemClock, log: silentLog });
  const runs = createRuns({ bus, log: silentLog, store, sessions });
  try {
    const [left] = (await runs.list()).runs;
    const begun = left?.executionId ?? runs.start(planFor(flowOf(script), bus, true)).executionId;
    if (left === undefined) await runs.wait(begun, 60_000);
    else if (left.state !== script.state) await (await runs.resume(begun)).done;
    // A person gives each answer once: the next one is for the question that is open now.
    for (;;) {
      const { state, waiting = [] } = await runs.status(begun);
      const value = script.answers[(await store.answers(begun)).length];
      if (state === script.state || waiting.length === 0 || value === undefined) break;
      await (await runs.answer(begun, { value })).done;
    }
    const { state, result } = await runs.status(begun);
    expect(state).toBe(script.state);
    const [row] = asJsonArray(asJsonObject(result?.ok === true ? result.data : {}).results).map(asJsonObject);
    const { found: _, ...values } = asJsonObject(row?.data);
    const waql = '$ "\\Events\\Default Work Unit" select children orderby name';
    const listed = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['name'] });
    const given = await store.answers(begun);
    return {
      values,
      folders: asJsonArray(listed.return).map((one) => asString(asJsonObject(one).name) ?? ''),
      answered: given.map(({ question, value }) => `${question}: ${JSON.stringify(value)}`),
      session: asJsonObject((await stores.sessions.archived(begun))?.variables),
    };
  } finally {
    runs.close();
    await stores.close();
    await waapi.close();
    await engine.close();
  }
}

/** Runs and answers in a process that kills itself there; gives how many points it came by otherwise. */
function execute(
  room: string,
  script: Script,
  crash?: { readonly at: number; readonly when: string },
): Promise<number> {
  const projectPath = join(room, 'project', 'Crash.wproj');
  freshProject(projectPath);
  mkdirSync(join(room, 'state'), { recursive: true });
  const flowPath = join(room, 'flow.json');
  writeFileSync(flowPath, JSON.stringify(flowOf(script)));
  const there = crash === undefined ? {} : { CRASH_AT: String(crash.at), CRASH_WHEN: crash.when };
  const env = { ...process.env, CRASH_ALONE: '1', CRASH_ANSWERS: JSON.stringify(script.answers), ...there };
  const args = [program('crash-entry'), join(room, 'state'), projectPath, flowPath, room];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (crash !== undefined && error?.signal === 'SIGKILL') resolve(-1);
      else if (error === null && JSON.parse(stdout).ok === (script.state === 'done'))
        resolve(Number(JSON.parse(stdout).points));
      else reject(new Error(`${stderr}${stdout}`));
    });
  });
}

it.each(scripts.map((script, index) => [script.name, script, String(index)] as const))(
  'a run with a dialogue whose process is killed at any record gives the same values and asks nothing twice: %s',
  async (_, script, folder) => {
    const whole = join(dir, folder, 'whole');
    const points = await execute(whole, script);
    const expected = await goOn(whole, script);
    const { answers, values, state } = script;
    expect(expected).toEqual({
      values,
      folders: state === 'done' ? ['Gust'] : [],
      answered: answers.map((answer, at) => `ask#${at + 1}: ${JSON.stringify(answer)}`),
      session: state === 'done' ? { ask: values } : {},
    });
    expect(points).toBeGreaterThan(5 * answers.length);
    const all = Array.from({ length: points }, (_one, at) =>
      ['before', 'after'].map((when) => ({ at, when })),
    ).flat();
    for (const crash of sample(all, 5)) {
      const room = join(dir, folder, `${crash.when}-${crash.at}`);
      await execute(room, script, crash);
      expect({ crash, left: await goOn(room, script) }).toEqual({ crash, left: expected });
    }
  },
);
