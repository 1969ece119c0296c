import { readFileSync } from 'node:fs';
import process from 'node:process';
import { asJsonArray } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { ArtifactStore } from '../../../../src/core/stores/artifact-store.ts';
import type { RunStore } from '../../../../src/core/stores/run-store.ts';
import { createEngine } from '../../../../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../../../../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { readPresets } from '../../../../src/workflow/remote/presets/read-presets.ts';
import { createRemote } from '../../../../src/workflow/remote/remote.ts';
import { systemClock } from '../../../../src/workflow/runtime/clock.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { createSessions } from '../../../../src/workflow/runtime/sessions/sessions.ts';
import type { WaapiBackend } from '../../../../src/wwise/connection/backend.ts';
import { connectWamp } from '../../../../src/wwise/connection/connect-wamp.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { createDispatcher } from '../../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../../tools/catalog.ts';
import { outsideOf } from '../../../harness/outside.ts';
import { planFor } from '../../plan-for.ts';

/*
 * A process for the crash tests: `crash-entry STATE TARGET FLOW ALLOWED_DIR`. It runs the workflow against a project file
 * or a WAAPI server, and kills itself at a record of the run journal, or, with CRASH_CALLS, at a record or a WAAPI call:
 * CRASH_AT counts from 0, CRASH_WHEN is `before` or `after`. With CRASH_ALONE every node is executed alone.
 * CRASH_OUTPUT_CAP makes artifacts of outputs over so many bytes, and points of writing them.
 * CRASH_ANSWERS are what is answered, one after the other, to what the run asks; an answer is a point as well.
 * CRASH_PROGRAMS are those it may run. CRASH_PRESETS is a folder of presets.
 * With CRASH_ROLLBACK it rolls back the run of that id instead. It prints how many points it counted when it got to the end.
 */
const [, , stateDir = '', target = '', flowPath = '', allowedDir = ''] = process.argv;
const crashAt = Number(process.env.CRASH_AT ?? 'NaN');
const crashWhen = process.env.CRASH_WHEN ?? 'before';
const countsCalls = process.env.CRASH_CALLS === '1';
let points = 0;

async function atPoint<T>(write: () => Promise<T>): Promise<T> {
  const isHere = points === crashAt;
  points += 1;
  if (isHere && crashWhen === 'before') process.kill(process.pid, 'SIGKILL');
  const written = await write();
  if (isHere) process.kill(process.pid, 'SIGKILL');
  return written;
}

/** Kills before a call is sent, or when its answer has arrived and nobody heard of it. */
function crashingLink(backend: WaapiBackend): WaapiBackend {
  return {
    ...backend,
    call: async (...call) => {
      const isHere = points === crashAt;
      points += 1;
      if (isHere && crashWhen === 'before') process.kill(process.pid, 'SIGKILL');
      const answer = await backend.call(...call);
      if (isHere) process.kill(process.pid, 'SIGKILL');
      return answer;
    },
  };
}

function crashing(store: RunStore): RunStore {
  return {
    ...store,
    begin: (...run) => atPoint(() => store.begin(...run)),
    append: (...transitions) => atPoint(() => store.append(...transitions)),
    end: (...ending) => atPoint(() => store.end(...ending)),
    claim: (...claimed) => atPoint(() => store.claim(...claimed)),
    suspend: (...suspended) => atPoint(() => store.suspend(...suspended)),
    answer: (...answered) => atPoint(() => store.answer(...answered)),
  };
}

async function openBackend() {
  if (target.startsWith('ws:')) return connectWamp(target);
  const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: stateDir, userDir: stateDir });
  return inProcessBackend(
    createEngine({ openProject: await openProject(target), functions, log: silentLog }),
  );
}

const waapi = createConnection({
  open: async () => (countsCalls ? crashingLink(await openBackend()) : openBackend()),
  address: target,
  log: silentLog,
});
const stores = openSqliteStores(stateDir);
const bus = createDispatcher({
  commands,
  waapi,
  memo: stores.memo,
  audit: stores.audit,
  files: { allowedDirs: [allowedDir], startDir: allowedDir },
  readOnly: false,
  expectProject: null,
  log: silentLog,
});
const store = crashing(stores.runs);
const outputCapBytes = Number(process.env.CRASH_OUTPUT_CAP ?? 'NaN');
const artifacts: ArtifactStore = {
  ...stores.artifacts,
  put: (...content) => atPoint(() => stores.artifacts.put(...content)),
};
const spilling = Number.isNaN(outputCapBytes) ? {} : { artifacts, outputCapBytes };
const outside = outsideOf(allowedDir);
const kept = stores.sessions;
const sessions = createSessions({
  ...stores,
  clock: systemClock,
  log: silentLog,
  sessions: {
    ...kept,
    save: (...saved) => atPoint(() => kept.save(...saved)),
    archive: (...ended) => atPoint(() => kept.archive(...ended)),
  },
});
const { CRASH_PROGRAMS: programs = '', CRASH_PRESETS: presetsDir } = process.env;
const presets = readPresets(presetsDir === undefined ? [] : [{ dir: presetsDir, isOwn: false }]);
const remote = createRemote({ programs: programs === '' ? [] : programs.split(','), presets });
const runs = createRuns({ bus, log: silentLog, store, sessions, stateDir, outside, remote, ...spilling });
const rolledBack = process.env.CRASH_ROLLBACK;
const begin = async () => {
  const flow: unknown = JSON.parse(readFileSync(flowPath, 'utf8'));
  const { executionId, done } = runs.start(planFor(flow, bus, process.env.CRASH_ALONE === '1'));
  let ended = await done;
  for (const value of asJsonArray(JSON.parse(process.env.CRASH_ANSWERS ?? '[]')))
    ended = await (await runs.answer(executionId, { value })).done;
  return ended;
};
const result = await (rolledBack === undefined ? begin() : runs.rollback(rolledBack));
process.stdout.write(`${JSON.stringify({ ok: result.ok, error: result.error, points })}\n`);
process.exit(0);
