import { join } from 'node:path';
import { asJsonArray } from '../../../src/core/json.ts';
import type { Attack, AttackRoom } from '../attack.ts';
import { filesBelow, newGround } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';
import { mountSmall, whyNoMount } from './mounted.ts';

/** The file system with the project may not be written for a while. */
export const readOnly: Attack = {
  name: 'read-only',
  does: 'The file system with the project becomes read-only between two calls, and can be written again later.',
  missing: whyNoMount,
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await locked(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function locked(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `read-only-${round}`;
  const disk = mountSmall(room.dir, name, 20_000);
  try {
    const ground = await newGround(room.dir, `${name}/Game`);
    const session = await openSession(
      [
        room.program('main'),
        'mcp',
        '--project',
        ground.projectPath,
        '--state',
        join(room.dir, `${name}-state`),
      ],
      { cwd: room.dir },
    );
    const work = startWork(tally, random, `R${round}`);
    for (let nth = 0; nth < random() * 4; nth++) await work.create(session);
    if (random() < 0.7) await work.save(session);
    const before = filesBelow(ground.projectDir);
    disk.readOnly(true);
    tally.harm += 1;
    for (let nth = 0; nth < 4; nth++) await work.create(session);
    const { ok, data } = await work.call(session, 'project_save', {});
    const isSavedThere = ok && asJsonArray(data.savedFiles).length > 0;
    look(tally, 'answered', isSavedThere ? [`${name}: says it saved where nobody may write`] : []);
    const after = filesBelow(ground.projectDir);
    look(tally, 'untouched', [
      ...[...before].flatMap(([file, bytes]) =>
        after.get(file)?.equals(bytes) === true ? [] : [`${name}: ${file} is changed`],
      ),
      ...[...after.keys()].filter((file) => !before.has(file)).map((file) => `${name}: ${file} is new`),
    ]);
    disk.readOnly(false);
    const isSaved = await work.save(session);
    look(tally, 'answered', isSaved ? [] : [`${name}: cannot save when it may write again`]);
    look(tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
    lookAtFiles(tally, ground, work.made, isSaved, name);
  } finally {
    disk.unmount();
  }
}
