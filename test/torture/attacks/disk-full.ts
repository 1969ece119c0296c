import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack, AttackRoom } from '../attack.ts';
import { filesBelow, newGround, touched } from '../ground.ts';
import { countsIn, lookAtFiles, tornIn } from '../laws.ts';
import { openSession, type Session } from '../session.ts';
import { look } from '../tally.ts';
import { startWork, type Work } from '../work.ts';
import { mountSmall, whyNoMount } from './mounted.ts';

const mostCalls = 60;
const notes = 'Full to the brim. '.repeat(400);

/** The disk with the project, and every second time with the state too, fills up under the server, and has room again. */
export const diskFull: Attack = {
  name: 'disk-full',
  does: 'The file system with the project, every second time with the state directory as well, is full while Sounds are created and saved, and has room again later; without root the kernel limits the length of files instead.',
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      if (whyNoMount() === undefined) await onSmallDisk(room, round);
      else await withShortFiles(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function onSmallDisk(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const withState = round % 2 === 1;
  const disk = mountSmall(room.dir, `full-${round}`, withState ? 6_000 : 3_000);
  try {
    const ground = await newGround(room.dir, `full-${round}/Game`);
    const stateDir = withState ? join(disk.dir, 'state') : join(room.dir, `full-${round}-state`);
    const session = await openSession(
      [room.program('main'), 'mcp', '--project', ground.projectPath, '--state', stateDir],
      { cwd: room.dir },
    );
    const work = startWork(tally, random, `F${round}`);
    await work.create(session);
    await work.save(session);
    const filler = join(room.dir, `full-${round}`, 'filler');
    fill(filler, Math.floor(random() * 8) * 4096);
    const before = readFileSync(join(ground.projectDir, touched));
    const isRefused = await untilRefused(work, session);
    tally.harm += 1;
    const name = `full-${round}`;
    look(tally, 'whole', [
      ...(isRefused ? [] : [`${name}: the disk never was full`]),
      ...tornIn(ground.projectPath).map((wrong) => `${name}, while full: ${wrong}`),
    ]);
    const lost = [...countsIn(before.toString('utf8')).keys()].filter(
      (sound) => !countsIn(readFileSync(join(ground.projectDir, touched), 'utf8')).has(sound),
    );
    look(
      tally,
      'untouched',
      lost.map((sound) => `${name}, while full: lost ${sound}`),
    );
    rmSync(filler);
    const isSaved = (await work.save(session)) || (await work.save(session));
    look(tally, 'answered', isSaved ? [] : [`${name}: cannot save when there is room again`]);
    look(tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
    lookAtFiles(tally, ground, work.made, isSaved, name);
  } finally {
    disk.unmount();
  }
}

/** Leaves so many bytes free. */
function fill(path: string, leaveBytes: number): void {
  const { bavail, bsize } = statfsSync(join(path, '..'));
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
}

/** Creates and saves until a save is refused. */
async function untilRefused(work: Work, session: Session): Promise<boolean> {
  for (let nth = 0; nth < mostCalls; nth++) {
    await work.create(session, notes);
    if (!(await work.save(session))) return true;
  }
  return false;
}

async function withShortFiles(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `short-${round}`;
  const ground = await newGround(room.dir, name);
  const longest = Math.max(...[...filesBelow(ground.projectDir).values()].map(({ length }) => length));
  const session = await openSession(
    [
      room.program('main'),
      'mcp',
      '--project',
      ground.projectPath,
      '--state',
      join(room.dir, `${name}-state`),
    ],
    { cwd: room.dir, shell: `trap '' XFSZ; ulimit -f ${Math.ceil(longest / 1024) + 400}` },
  );
  const work = startWork(tally, random, `F${round}`);
  const isRefused = await untilRefused(work, session);
  tally.harm += 1;
  look(tally, 'whole', isRefused ? [] : [`${name}: nothing was refused`]);
  await session.kill();
  work.loseUnsaved();
  lookAtFiles(tally, ground, work.made, true, name);
}
