import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSaved, savedValue } from '../../../bench/agent/wwu.ts';
import type { Attack, AttackRoom } from '../attack.ts';
import { home, newGround } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';
import { mostGrowthMb, settledMb } from './memory.ts';

const sounds = 500;
const perCall = 250;
/** Calls between two saves. */
const perSave = 40;

/** One server, one project, and values that change a million times. */
export const mutations: Attack = {
  name: 'mutations',
  does: 'One server changes values of 500 Sounds, up to a million times, 250 with a call, and saves after every 10,000; the last value of each must be in the file.',
  run: async (room) => {
    await mutate(room);
    room.tally.rounds += 1;
  },
};

async function mutate(room: AttackRoom): Promise<void> {
  const { tally, random } = room;
  const ground = await newGround(room.dir, 'mutations');
  const session = await openSession(
    [
      room.program('main'),
      'mcp',
      ...['--project', ground.projectPath, '--state', join(room.dir, 'mutations-state')],
    ],
    { cwd: room.dir },
  );
  const work = startWork(tally, random, 'M');
  const names = Array.from({ length: sounds }, (_, at) => `Many_${at}`);
  const children = names.map((name) => ({ type: 'Sound', name }));
  const created = await work.call(session, 'set_objects', { objects: [{ objectId: home, children }] });
  for (const name of names) work.made.set(name, created.ok ? 'made' : 'refused');
  const values = new Map<string, number>();
  let done = 0;
  let before: number | undefined;
  const isWarm = () => done >= Math.min(room.mutations / 10, 50_000);
  for (let call = 0; done < room.mutations && (call < perSave * 2 || !room.isOver()); call++) {
    const from = (call * perCall) % sounds;
    const chosen = names
      .slice(from, from + perCall)
      .map((name) => [name, -1 - Math.floor(random() * 90)] as const);
    const { ok, code } = await work.call(session, 'set_objects', {
      objects: chosen.map(([name, value]) => ({
        objectId: `${home}\\${name}`,
        properties: { Volume: value },
      })),
    });
    look(tally, 'answered', ok ? [] : [`mutations: call ${call}: ${code}`]);
    if (!ok) break;
    for (const [name, value] of chosen) values.set(name, value);
    done += chosen.length;
    if (call % perSave === perSave - 1) await work.save(session);
    if (before === undefined && isWarm()) before = await settledMb(session);
  }
  tally.harm += done;
  const isSaved = await work.save(session);
  look(tally, 'answered', isSaved ? [] : ['mutations: cannot save']);
  const after = await settledMb(session);
  tally.memoryMb = { before: before ?? after, after };
  look(
    tally,
    'memory',
    after - (before ?? after) > mostGrowthMb ? [`mutations: ${before} MB when warm, ${after} MB after`] : [],
  );
  look(tally, 'answered', (await session.end()) === '0' ? [] : ['mutations: did not end well']);
  lookAtFiles(tally, ground, work.made, isSaved, 'mutations');
  look(tally, 'once', wrongValues(ground.projectDir, values));
  rmSync(ground.projectDir, { recursive: true });
}

function wrongValues(projectDir: string, values: ReadonlyMap<string, number>): string[] {
  const saved = new Map(
    readSaved(projectDir)
      .all('Sound')
      .map((sound) => [sound.attributes.Name, savedValue(sound, 'Volume')]),
  );
  return [...values].flatMap(([name, value]) =>
    Number(saved.get(name)) === value ? [] : [`mutations: ${name} has ${saved.get(name)}, not ${value}`],
  );
}
