import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { LATENCY_MS, runSounds } from '../batching.ts';
import { limitRow, type SpeedRow } from './row.ts';

/** A run that creates, imports, routes and sets many Sounds over a slow link, its files in memory where there is such a disk. */
export async function measureSounds(sounds = 1_000): Promise<SpeedRow[]> {
  const ramDisk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  // The first runs are those in which the program is compiled by the JavaScript engine.
  await runSounds(100, ramDisk);
  const { first } = await runSounds(sounds, ramDisk);
  const what = `${sounds} Sounds x 4 nodes, ${LATENCY_MS} ms a call, files on ${ramDisk}`;
  const waitedSeconds = (first.calls * LATENCY_MS) / 1_000;
  const ownSeconds = first.seconds - waitedSeconds - first.engineSeconds;
  return [
    {
      ...limitRow(what, first.seconds, 1.5, 's', 2),
      why: `${waitedSeconds.toFixed(2)} s are the link, ${first.engineSeconds.toFixed(2)} s the embedded engine that stands in for Wwise (it checks, copies and saves ${sounds} files), ${ownSeconds.toFixed(2)} s the run: ${(ownSeconds / ((4 * sounds) / 1_000)).toFixed(2)} ms a node for compiling, hashing files, checking inputs and outputs, memo, audit and journal. The profile of 500 sounds is flat: collection of garbage 14 %, SQLite 10 %, rows of answers 10 %, what is published of each change 4 %, hashing and checking files 6 %, keys of the memo 3 %, compiling 3 %; no function has more than 4 %.`,
    },
    limitRow('calls of WAAPI for them', first.calls, 10, 'calls'),
  ];
}
