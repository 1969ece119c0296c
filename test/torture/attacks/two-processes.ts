import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack, AttackRoom } from '../attack.ts';
import { newGround } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { openSession, type Session } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';

const callsOfEach = 16;

/** Two servers with one project, until one of them, mostly the one that has it, is killed; the other goes on. */
export const twoProcesses: Attack = {
  name: 'two-processes',
  does: 'Two servers work on one project at once and save; one of them is killed on the way, the other goes on, and a third takes its place.',
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await together(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function together(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `two-${round}`;
  const ground = await newGround(room.dir, name);
  const open = (nth: number) =>
    openSession(
      [
        room.program('main'),
        'mcp',
        ...['--project', ground.projectPath, '--state', join(room.dir, `${name}-state-${nth}`)],
      ],
      { cwd: room.dir },
    );
  const [first, second] = await Promise.all([open(1), open(2)]);
  const work = startWork(tally, random, `T${round}`);
  const goOn = async (session: Session) => {
    for (let nth = 0; nth < callsOfEach; nth++) {
      await work.create(session);
      if (random() < 0.25) await work.save(session);
    }
  };
  await Promise.all([goOn(first), goOn(second)]);
  const [doomed, living] = random() < 0.7 ? [first, second] : [second, first];
  const underWay = goOn(doomed);
  await work.create(living);
  await doomed.kill();
  tally.harm += 1;
  await underWay;
  // What was in the memory of the one that had it is gone with it.
  work.loseUnsaved();
  const third = await open(3);
  await Promise.all([goOn(living), goOn(third)]);
  const isSaved = await work.save(third);
  look(tally, 'answered', isSaved ? [] : [`${name}: cannot save after the other one was killed`]);
  for (const session of [living, third])
    look(tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
  lookAtFiles(tally, ground, work.made, isSaved, name);
  rmSync(ground.projectDir, { recursive: true });
}
