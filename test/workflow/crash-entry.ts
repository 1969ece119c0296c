import { readFileSync } from 'node:fs';
import process from 'node:process';
import { silentLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/create-bus.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import { waapiFunctions } from '../../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../../src/embedded/in-process-backend.ts';
import { openProject } from '../../src/embedded/project/open.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import type { RunStore } from '../../src/store/run-store.ts';
import { sqliteAudit } from '../../src/store/sqlite-audit.ts';
import { sqliteMemo } from '../../src/store/sqlite-memo.ts';
import { sqliteRuns } from '../../src/store/sqlite-runs.ts';
import { connectWamp } from '../../src/waapi/connect-wamp.ts';
import { createConnection } from '../../src/waapi/connection.ts';
import { compileWorkflow } from '../../src/workflow/compile.ts';
import { createRuns } from '../../src/workflow/runs.ts';
import { commands } from '../../tools/catalog.ts';

/*
 * A process for the crash tests: `crash-entry STATE TARGET FLOW ALLOWED_DIR`. It runs the workflow against a project file
 * or a WAAPI server, and kills itself at a record of the run journal: CRASH_AT counts from 0, CRASH_WHEN is `before` or
 * `after`. It prints the number of records when it got to the end.
 */
const [, , stateDir = '', target = '', flowPath = '', allowedDir = ''] = process.argv;
const crashAt = Number(process.env.CRASH_AT ?? 'NaN');
const crashWhen = process.env.CRASH_WHEN ?? 'before';
// What a killed process wrote is there without syncing: only a power cut takes it away.
const durability = { durable: false };
let records = 0;

function atRecord<T>(write: () => T): T {
  const isHere = records === crashAt;
  records += 1;
  if (isHere && crashWhen === 'before') process.kill(process.pid, 'SIGKILL');
  const written = write();
  if (isHere) process.kill(process.pid, 'SIGKILL');
  return written;
}

function crashing(store: RunStore): RunStore {
  return {
    ...store,
    begin: (...run) => atRecord(() => store.begin(...run)),
    append: (...transitions) => atRecord(() => store.append(...transitions)),
    end: (...ending) => atRecord(() => store.end(...ending)),
  };
}

async function openBackend() {
  if (target.startsWith('ws:')) return connectWamp(target);
  const functions = waapiFunctions({ productVersion: '0.0.0', installDir: stateDir, userDir: stateDir });
  return inProcessBackend(
    createEngine({ openProject: await openProject(target), functions, log: silentLog }),
  );
}

const waapi = createConnection({ open: openBackend, address: target, log: silentLog });
const bus = createBus({
  commands,
  waapi,
  memo: sqliteMemo(openDatabase(stateDir, durability)),
  audit: sqliteAudit(openDatabase(stateDir, durability)),
  files: { allowedDirs: [allowedDir] },
  readOnly: false,
  expectProject: null,
  log: silentLog,
});
const store = crashing(sqliteRuns(openDatabase(stateDir, durability)));
const flow: unknown = JSON.parse(readFileSync(flowPath, 'utf8'));
const result = await createRuns({ bus, log: silentLog, store, stateDir }).start(compileWorkflow(flow, bus))
  .done;
process.stdout.write(`${JSON.stringify({ ok: result.ok, error: result.error, records })}\n`);
process.exit(0);
