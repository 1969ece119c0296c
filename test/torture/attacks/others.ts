import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attack, AttackRoom } from '../attack.ts';
import { type Ground, newGround, touched } from '../ground.ts';
import { lookAtFiles } from '../laws.ts';
import { openSession } from '../session.ts';
import { look } from '../tally.ts';
import { startWork } from '../work.ts';

const steps = 30;

/** Somebody else edits the same file, and others, between the calls: as Wwise, git and people do. */
export const others: Attack = {
  name: 'others',
  does: 'Somebody else adds Sounds to the file that the server edits, and changes another one, between its calls; what he wrote must be there in the end.',
  run: async (room) => {
    for (let round = 0; round === 0 || !room.isOver(); round++) {
      await edited(room, round);
      room.tally.rounds += 1;
    }
  },
};

async function edited(room: AttackRoom, round: number): Promise<void> {
  const { tally, random } = room;
  const name = `others-${round}`;
  const ground = await newGround(room.dir, name);
  const theirs = new Map(ground.files);
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
  const work = startWork(tally, random, `O${round}`);
  let nth = 0;
  for (let step = 0; step < steps; step++) {
    const kind = random();
    if (kind < 0.5) await work.create(session);
    else if (kind < 0.7) await saveOrReload();
    else if (kind < 0.9) {
      const sound = `Theirs${round}_${++nth}`;
      addSound(ground, sound, random);
      work.made.set(sound, 'made');
      tally.harm += 1;
    } else {
      const file = join('Containers', 'Others.wwu');
      theirs.set(file, changeOther(ground, file, nth));
      tally.harm += 1;
    }
  }
  await saveOrReload();
  look(tally, 'answered', (await session.end()) === '0' ? [] : [`${name}: did not end well`]);
  lookAtFiles(tally, { ...ground, files: theirs }, work.made, true, name);
  rmSync(ground.projectDir, { recursive: true });

  /** Where a file is another one by now, what the server has not saved is given up, as its answer says. */
  async function saveOrReload(): Promise<void> {
    if (await work.save(session)) return;
    const reloaded = await work.call(session, 'project_reload', { discardUnsaved: true });
    look(tally, 'answered', reloaded.ok ? [] : [`${name}: can neither save nor reload: ${reloaded.code}`]);
    // What others wrote is on the disk, and never was the server's to lose.
    const before = new Map(work.made);
    work.loseUnsaved();
    for (const [sound, known] of before) if (sound.startsWith('Theirs')) work.made.set(sound, known);
  }
}

/** Writes the file anew with one Sound more, as editors do: beside it, then into its place. */
function addSound({ projectDir }: Ground, name: string, random: () => number): void {
  const path = join(projectDir, touched);
  const text = readFileSync(path, 'utf8');
  const sound = /([\t ]*)<Sound Name="Old_1"[\s\S]*?\n\1<\/Sound>\r?\n/.exec(text);
  if (sound === null) throw new Error('Old_1 is not there.');
  const copy = sound[0]
    .replace('Name="Old_1"', `Name="${name}"`)
    .replaceAll(/ID="\{[0-9A-F-]{36}\}"/g, (id, at: number) =>
      at < 200 ? `ID="{${randomUUID().toUpperCase()}}"` : id,
    )
    .replace(/ShortID="\d+"/, `ShortID="${100_000_000 + Math.floor(random() * 800_000_000)}"`);
  writeFileSync(`${path}.new`, text.replace(sound[0], `${sound[0]}${copy}`));
  renameSync(`${path}.new`, path);
}

/** Changes a value in a file that the server does not edit; gives its bytes. */
function changeOther({ projectDir }: Ground, file: string, nth: number): Buffer {
  const path = join(projectDir, file);
  const text = readFileSync(path, 'utf8').replace(/Theirs_1(x\d+)?"/, `Theirs_1x${nth}"`);
  writeFileSync(path, text);
  return Buffer.from(text);
}
