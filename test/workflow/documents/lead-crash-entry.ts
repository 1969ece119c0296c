import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { RunStore } from '../../../src/core/stores/run-store.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { openLeadRuns } from './lead-room.ts';

/*
 * A process for the crash test of the leads: `lead-crash-entry ROOM DATABASE DOCUMENT PRESETS`. It runs the document and kills itself before or
 * after (CRASH_WHEN) the record of the run journal with the number CRASH_AT. It prints how many there were when it got to the end.
 */
const [, , room = '', address = '', documentPath = '', shipped = ''] = process.argv;
const crashAt = Number(process.env.CRASH_AT ?? 'NaN');
let points = 0;

async function atPoint<T>(write: () => Promise<T>): Promise<T> {
  const isHere = points === crashAt;
  points += 1;
  if (isHere && process.env.CRASH_WHEN === 'before') process.kill(process.pid, 'SIGKILL');
  const written = await write();
  if (isHere) process.kill(process.pid, 'SIGKILL');
  return written;
}

function crashing(store: RunStore): RunStore {
  return {
    ...store,
    begin: (...run) => atPoint(() => store.begin(...run)),
    append: (...transitions) => atPoint(() => store.append(...transitions)),
    end: (...ending) => atPoint(() => store.end(...ending)),
  };
}

const stores = openSqliteStores(room);
const { runs, compiled } = openLeadRuns({
  ...{ room, address, shipped, stores },
  store: crashing(stores.runs),
});
const { ok, error } = await runs.start(compiled(JSON.parse(readFileSync(documentPath, 'utf8')))).done;
process.stdout.write(`${JSON.stringify({ ok, error, points })}\n`);
process.exit(0);
