import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { silentLog } from '../src/core/log.ts';
import { success } from '../src/core/result.ts';
import { openSqliteStores } from '../src/stores/sqlite/sqlite-stores.ts';
import { systemClock } from '../src/workflow/runtime/clock.ts';
import { createRuns } from '../src/workflow/runtime/runs.ts';
import { createSessions } from '../src/workflow/runtime/sessions/sessions.ts';
import { openAsking } from './ask/asking-room.ts';
import { keepSection } from './keep-section.ts';
import type { SpeedRow } from './speed/row.ts';

/** As many sessions wait in the store. `ASK_SESSIONS=500 npm run bench -- ask` is a short one. */
const SESSIONS = Number(process.env.ASK_SESSIONS ?? 10_000);
const RECOVERED = Math.min(1_000, SESSIONS);
const ANSWERED_AT_ONCE = 250;
const KEPT = 4_000;
const ANSWERS = 4_000;
const PER_SECOND = 200;

/** Prints goals and verdicts of dialogues, and keeps them in RESULTS.md. */
export async function benchAsk(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-ask-'));
  try {
    const { ids, acknowledged } = await answeredUntilKilled(dir);
    const rows = [
      ...(await recoveryRows(dir, acknowledged)),
      // Of those behind nobody was answered yet.
      await keptRow(dir, ids.slice(RECOVERED + 500).slice(0, KEPT)),
      ...(await answerRows(join(dir, 'answers'))),
    ];
    const lines = [
      '## Dialogues',
      '',
      `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}; load of the machine while it was measured: ${loadavg()[0]?.toFixed(1)}.`,
      '',
      'An answer goes through the service that every facade calls, with a real project and a state directory on disk: it is checked,',
      'written so that a power cut does not take it, understood, and the next question is written in the same way before it is asked.',
      '',
      '| what | goal | measured | verdict |',
      '| --- | --- | --- | --- |',
      ...rows.map(
        ({ what, goal, measured, isMet }) =>
          `| ${what} | ${goal} | ${measured} | ${goal === 'none' ? '' : isMet ? 'met' : 'missed'} |`,
      ),
    ];
    for (const line of lines) print(line);
    keepSection('dialogues', lines);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const recovered = z.object({ tookMs: z.array(z.number()), firstMs: z.number(), lost: z.number() });

/** Sessions are answered by a process that is killed meanwhile, and gone on with by another one. */
async function recoveryRows(
  dir: string,
  acknowledged: ReadonlyMap<string, number>,
): Promise<readonly SpeedRow[]> {
  const wanted = [...acknowledged].slice(-RECOVERED);
  const { tookMs, firstMs, lost } = await recoveredBy(dir, wanted);
  const [p95, median] = [quantile(tookMs, 0.95), quantile(tookMs, 0.5)];
  return [
    {
      what: `a session recovered after kill -9, of ${SESSIONS}: to its next question (p95 of ${tookMs.length})`,
      goal: '<= 500 ms',
      measured: `${p95.toFixed(1)} ms (median ${median.toFixed(1)})`,
      isMet: p95 <= 500,
    },
    {
      what: 'answers that were acknowledged and are lost',
      goal: '0',
      measured: `${lost} of ${tookMs.length} sessions`,
      isMet: lost === 0,
    },
    {
      what: 'the first session after the start of a process, the start included',
      goal: 'none',
      measured: `${firstMs.toFixed(0)} ms`,
      isMet: true,
    },
  ];
}

/** All sessions, and by id how many answers were acknowledged before the process was killed, in the middle of answers. */
async function answeredUntilKilled(dir: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'ask', 'fill-and-answer.ts'), dir, String(SESSIONS)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const acknowledged = new Map<string, number>();
  let answers = 0;
  let ids: readonly string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('[')) {
      ids = z.array(z.string()).parse(JSON.parse(line));
      continue;
    }
    const [id = '', count = '0'] = line.split(' ');
    // The last ones answered are the last ones in the map.
    acknowledged.delete(id);
    acknowledged.set(id, Number(count));
    answers += 1;
    if (answers === RECOVERED + 50) child.kill('SIGKILL');
  }
  return { ids, acknowledged };
}

async function recoveredBy(dir: string, wanted: readonly (readonly [string, number])[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'ask', 'recover.ts'), dir],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(wanted.map(([id, count]) => `${id} ${count}`).join('\n'));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(Buffer.from(chunk));
  return recovered.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
}

/** Answers to as many dialogues that are checked and kept, where other processes go on with the runs, as workers do. */
async function keptRow(dir: string, ids: readonly string[]): Promise<SpeedRow> {
  const room = await openAsking(dir, false);
  const stores = openSqliteStores(join(dir, 'state'));
  const sessions = createSessions({ ...stores, clock: systemClock, log: silentLog });
  const done = Promise.resolve(success({}));
  const runs = createRuns({
    ...{ bus: await room.openBus(), store: stores.runs, sessions, log: silentLog },
    resumeAnswered: async (executionId) => ({ executionId, done }),
  });
  const left = [...ids];
  const from = performance.now();
  await Promise.all(
    Array.from({ length: ANSWERED_AT_ONCE }, async () => {
      for (let id = left.pop(); id !== undefined; id = left.pop()) await runs.answer(id, { value: '-6 dB' });
    }),
  );
  const perSecond = (ids.length * 1_000) / (performance.now() - from);
  runs.close();
  await sessions.flush();
  await stores.close();
  await room.close();
  return {
    what: `answers a second, checked and power-safe in groups, of ${ids.length} dialogues that others go on with`,
    goal: '>= 1000',
    measured: perSecond.toFixed(0),
    isMet: perSecond >= 1_000,
  };
}

async function answerRows(dir: string): Promise<readonly SpeedRow[]> {
  const room = await openAsking(dir, true);
  const ids: string[] = [];
  for (let at = 0; at < ANSWERED_AT_ONCE; at += 50)
    ids.push(...(await Promise.all(Array.from({ length: 50 }, () => room.begin()))));
  const cpuFrom = process.cpuUsage();
  const from = performance.now();
  const each = ANSWERS / ids.length;
  await Promise.all(
    ids.map(async (id) => {
      for (let round = 0; round < each; round += 1) await room.answer(id, `minus ${round} dB`);
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(cpuFrom);
  const perSecond = ANSWERS / seconds;
  const cpuMs = (user + system) / 1_000 / ANSWERS;
  const latenciesMs = await atRate(ids, room.answer);
  const p95 = quantile(latenciesMs, 0.95);
  await room.close();
  return [
    {
      what: `the same to the next question, which is power-safe too, ${ids.length} dialogues at once`,
      goal: 'none',
      measured: `${perSecond.toFixed(0)} (${cpuMs.toFixed(2)} ms of processor time each)`,
      isMet: true,
    },
    {
      what: `an answer until the next question, at ${PER_SECOND} a second (p95 of ${latenciesMs.length})`,
      goal: '<= 100 ms',
      measured: `${p95.toFixed(1)} ms (median ${quantile(latenciesMs, 0.5).toFixed(1)})`,
      isMet: p95 <= 100,
    },
  ];
}

/** Answers at a fixed rate, whether earlier ones are through or not: how long each took from when it was due. */
async function atRate(
  ids: readonly string[],
  answer: (id: string, text: string) => Promise<void>,
): Promise<readonly number[]> {
  const tookMs: number[] = [];
  const from = performance.now();
  const works: Promise<void>[] = [];
  const free = [...ids];
  for (let index = 0; index < PER_SECOND * 10; index += 1) {
    const dueMs = from + (index * 1_000) / PER_SECOND;
    const leftMs = dueMs - performance.now();
    if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
    // A dialogue whose next question is not there yet has nobody who could answer it.
    while (free.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const id = free.shift() ?? '';
    const work = answer(id, 'minus 3 dB').then(() => {
      tookMs.push(performance.now() - dueMs);
      free.push(id);
    });
    works.push(work);
  }
  await Promise.all(works);
  return tookMs;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
