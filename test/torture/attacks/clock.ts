import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Attack, AttackRoom } from '../attack.ts';
import { newGround } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';

const steps = 24;
const jumping = pathToFileURL(fileURLToPath(new URL('jumping-clock.mjs', import.meta.url))).href;

/** The clock of one of two servers of a project jumps by hours, days and years, forwards and back. */
export const clock: Attack = {
  name: 'clock',
  does: 'The clock of the server jumps by hours, days and a year, forwards and back, between and during its calls; another one with the right time has the same project.',
  missing: () => (process.platform === 'win32' ? 'Windows has no SIGUSR2' : undefined),
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await jumps(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function jumps(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `clock-${round}`;
  const ground = await newGround(room.dir, name);
  const args = (nth: number) => [
    room.program('main'),
    'mcp',
    ...['--project', ground.projectPath, '--state', join(room.dir, `${name}-state-${nth}`)],
  ];
  const session = await openSession(['--import', jumping, ...args(1)], { cwd: room.dir });
  const work = startWork(tally, random, `C${round}`);
  await work.create(session);
  const right = await openSession(args(2), { cwd: room.dir });
  for (let step = 0; step < steps; step++) {
    const under = [work.create(random() < 0.8 ? session : right)];
    if (random() < 0.5) under.push(waiting(step));
    session.process.kill('SIGUSR2');
    tally.harm += 1;
    await Promise.all(under);
    if (random() < 0.3) await work.save(session);
  }
  const isSaved = await work.save(session);
  look(tally, 'answered', isSaved ? [] : [`${name}: cannot save`]);
  for (const one of [right, session])
    look(tally, 'answered', (await one.end()) === '0' ? [] : [`${name}: did not end well`]);
  lookAtFiles(tally, ground, work.made, isSaved, name);
  rmSync(ground.projectDir, { recursive: true });

  /** A run that waits a moment by the clock, and ends. */
  async function waiting(step: number): Promise<boolean> {
    const nodes = [{ id: 'pause', type: 'wait', data: { forMs: 200 } }];
    const { ok, code } = await work.call(session, 'workflow_run', {
      workflow: { workflowId: `pause-${step}`, nodes },
    });
    look(tally, 'answered', ok ? [] : [`${name}: a wait of 200 ms ends with ${code}`]);
    return ok;
  }
}
