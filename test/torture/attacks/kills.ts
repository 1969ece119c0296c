import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import type { Attack, AttackRoom } from '../attack.ts';
import { home, newGround } from '../ground.ts';
import { type Known, lookAtFiles } from '../laws.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';

const sounds = 6;

/**
 * A process runs a workflow and dies at a record of its journal, one after the other, or at a moment of chance; the next one is
 * handed the same workflow, and saves.
 */
export const kills: Attack = {
  name: 'kills',
  does: 'A process that runs a workflow is killed before or after each record of its journal in turn, and at moments of chance; the next process is handed the same workflow.',
  run: async (room) => {
    const points = await countPoints(room);
    const crashes = Array.from({ length: points }, (_, at) =>
      ['before', 'after'].map((when) => ({ at, when })),
    )
      .flat()
      .map((crash) => ({ crash, order: room.random() }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ crash }) => crash);
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      const crash = crashes[(round >> 1) % crashes.length];
      if (round % 2 === 0 && crash !== undefined) await atRecord(room, round, crash);
      else await atMoment(room, round);
      room.tally.rounds += 1;
    }
  },
};

interface Crash {
  readonly at: number;
  readonly when: string;
}

async function atRecord(room: AttackRoom, round: number, crash: Crash): Promise<void> {
  const name = `kill-${round}`;
  const ground = await newGround(room.dir, name);
  await crashing(room, name, ground.projectPath, crash);
  room.tally.harm += 1;
  await recover(room, name, ground.projectPath);
  lookAtFiles(room.tally, ground, allMade(), true, `killed ${crash.when} record ${crash.at}`);
  rmSync(ground.projectDir, { recursive: true });
}

async function atMoment(room: AttackRoom, round: number): Promise<void> {
  const name = `kill-${round}`;
  const ground = await newGround(room.dir, name);
  const doomed = await openOn(room, name, ground.projectPath);
  const afterMs = room.random() * 400;
  const run = doomed.call('workflow_run', { workflow: flow });
  await Promise.race([run, delay(afterMs)]);
  await doomed.kill();
  await run;
  room.tally.harm += 1;
  await recover(room, name, ground.projectPath);
  lookAtFiles(room.tally, ground, allMade(), true, `killed after ${Math.round(afterMs)} ms`);
  rmSync(ground.projectDir, { recursive: true });
}

const openOn = (room: AttackRoom, name: string, projectPath: string) =>
  openSession(
    [room.program('main'), 'mcp', '--project', projectPath, '--state', join(room.dir, `${name}-state`)],
    { cwd: room.dir },
  );

async function recover(room: AttackRoom, name: string, projectPath: string): Promise<void> {
  const session = await openOn(room, name, projectPath);
  const work = startWork(room.tally, room.random, name);
  const again = await work.call(session, 'workflow_run', { workflow: flow });
  const isSaved = await work.save(session);
  look(room.tally, 'answered', again.ok && isSaved ? [] : [`${name}: again says ${again.code}`]);
  look(room.tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
}

const flow: JsonObject = {
  workflowId: 'killed',
  nodes: [
    ...Array.from({ length: sounds }, (_, at): JsonObject[] => [
      { id: `sound${at}`, type: 'create_sound', data: { name: `Made_${at}`, parentPath: home } },
      {
        id: `volume${at}`,
        type: 'set_property',
        data: { objectId: `$from:sound${at}:$output:id`, property: 'Volume', value: -at - 1 },
      },
    ]).flat(),
    { id: 'save', type: 'project_save' },
  ],
};

function allMade(): ReadonlyMap<string, Known> {
  return new Map(Array.from({ length: sounds }, (_, at) => [`Made_${at}`, 'made']));
}

/** How many records a run writes that nobody kills. */
async function countPoints(room: AttackRoom): Promise<number> {
  const { projectPath } = await newGround(room.dir, 'unharmed');
  return crashing(room, 'unharmed', projectPath);
}

/** Runs the workflow in a process that kills itself there; gives how many records it counted. */
function crashing(room: AttackRoom, name: string, projectPath: string, crash?: Crash): Promise<number> {
  const stateDir = join(room.dir, `${name}-state`);
  mkdirSync(stateDir, { recursive: true });
  const flowPath = join(room.dir, 'flow.json');
  writeFileSync(flowPath, JSON.stringify(flow));
  const where = crash === undefined ? {} : { CRASH_AT: String(crash.at), CRASH_WHEN: crash.when };
  const env = { ...process.env, CRASH_ALONE: '1', ...where };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [room.program('crash-entry'), stateDir, projectPath, flowPath, room.dir],
      { env },
      (error, stdout, stderr) => {
        if (error?.signal === 'SIGKILL') return resolve(0);
        // What is recorded together depends on time: a run may be over one record sooner than the one that was counted.
        const { ok, points } = asJsonObject(JSON.parse(stdout === '' ? '{}' : stdout));
        if (ok === true) resolve(Number(points));
        else reject(new Error(`The workflow to be killed did not run: ${stderr}${stdout}`));
      },
    );
  });
}
