import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pick } from '../../harness/fuzz/values.ts';
import type { Attack, AttackRoom } from '../attack.ts';
import { newGround } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { harms, startProxy } from '../proxy/proxy.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';
import { startWwise } from '../wwise.ts';

/** Calls of a round, some of them at once. */
const callsOfRound = 24;
/** Of a hundred frames so many are harmed. */
const harmedOfHundred = 6;

/** What goes wrong on the wire between the server and Wwise: `wwiseflow waapi-server`, which has the same project open. */
export const wire: Attack = {
  name: 'wire',
  does: 'A proxy between the server and Wwise drops, delays, doubles and swaps frames, cuts them in the middle, puts garbage before them and closes the connection, both ways.',
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await harmed(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function harmed(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `wire-${round}`;
  const ground = await newGround(room.dir, name);
  const wwise = await startWwise(room.program('main'), ground.projectPath, room.dir);
  const proxy = await startProxy(wwise.port, random);
  const session = await openSession(
    [
      room.program('main'),
      'mcp',
      ...['--wwise', `ws://127.0.0.1:${proxy.port}/waapi`, '--state', join(room.dir, `${name}-state`)],
      ...['--call-timeout', 'default=2', '--call-timeout', 'ak.wwise.core.object.set=2'],
    ],
    { cwd: room.dir },
  );
  const work = startWork(tally, random, `W${round}`);
  await work.call(session, 'project_info', {});
  const done: string[] = [];
  proxy.fate = (way) => {
    if (random() * 100 >= harmedOfHundred) return 'pass';
    const fate = pick(harms, random);
    done.push(`${fate} ${way}`);
    tally.harm += 1;
    return fate;
  };
  for (let nth = 0; nth < callsOfRound; ) {
    const together = 1 + Math.floor(random() * 4);
    await Promise.all(Array.from({ length: together }, () => work.create(session)));
    if (random() < 0.2) await work.save(session);
    nth += together;
  }
  proxy.fate = () => 'pass';
  let isSaved = await work.save(session);
  // The server may be about to give a link up, and opens no other one at once.
  for (let tries = 0; tries < 10 && !isSaved; tries++) {
    await delay(2_000);
    isSaved = await work.save(session);
  }
  look(tally, 'answered', isSaved ? [] : [`${name}: cannot save when all is well again`]);
  look(tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
  await proxy.close();
  look(tally, 'answered', (await wwise.end()) === 'late' ? [`${name}: Wwise did not end`] : []);
  lookAtFiles(tally, ground, work.made, isSaved, `${name} (${done.join(', ')})`);
  rmSync(ground.projectDir, { recursive: true });
}
