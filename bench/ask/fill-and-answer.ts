import process from 'node:process';
import { openAsking } from './asking-room.ts';

/*
 * A process that is killed: `fill-and-answer DIR COUNT` starts COUNT runs that ask, prints their ids, then answers one after the
 * other for good, and prints each `<id> <number of answers>` once it was acknowledged.
 */
const [, , dir = '', count = '0'] = process.argv;
const room = await openAsking(dir, true);
const ids: string[] = [];
while (ids.length < Number(count))
  ids.push(
    ...(await Promise.all(
      Array.from({ length: Math.min(50, Number(count) - ids.length) }, () => room.begin()),
    )),
  );
process.stdout.write(`${JSON.stringify(ids)}\n`);
const answerAll = async (offset: number): Promise<void> => {
  for (let round = 1; ; round += 1) {
    for (let at = offset; at < ids.length; at += lanes) {
      const id = ids[at] ?? '';
      await room.answer(id, `minus ${round} dB`);
      process.stdout.write(`${id} ${round}\n`);
    }
  }
};
const lanes = 16;
await Promise.all(Array.from({ length: lanes }, (_, offset) => answerAll(offset)));
