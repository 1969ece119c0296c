import process from 'node:process';
import { askedIn, openAsking } from './asking-room.ts';

/*
 * A process that comes after one that was killed: `recover DIR` reads lines of `<id> <answers acknowledged>` and prints, as JSON,
 * how long each took to be answered and asked on, and how long the first took from the start of this process. Each answer that was
 * acknowledged must be there.
 */
const [, , dir = ''] = process.argv;
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
const acknowledged = Buffer.concat(chunks)
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split(' '));

const room = await openAsking(dir, false);
const tookMs: number[] = [];
let firstMs = 0;
let lost = 0;
for (const [id = '', answers = '0'] of acknowledged) {
  const from = performance.now();
  await room.answer(id, 'minus 40 dB');
  tookMs.push(performance.now() - from);
  if (tookMs.length === 1) firstMs = performance.now();
  // Its answers, this one, and the question that is open now; one more may have been kept that nobody heard of.
  const asked = await askedIn(room.service, id);
  if (asked < Number(answers) + 2) lost += 1;
}
await room.close();
process.stdout.write(JSON.stringify({ tookMs, firstMs, lost }));
