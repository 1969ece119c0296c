import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuTimeMs } from '../cpu-time.ts';

/** What processes have used of the processors, in ms. */
export const cpuMs = (pids: readonly (number | undefined)[]): number =>
  pids.reduce((sum: number, pid) => sum + cpuTimeMs(pid), 0);

export function residentMb(pid: number | undefined): number {
  const [, pages = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
  return Math.round((pages * 4096) / 1e6);
}

/** Asks for something small again and again; keeps the longest wait, in ms of the processors' time of `pids`. */
export function askForEver(pids: readonly (number | undefined)[], ask: () => Promise<unknown>) {
  let isOver = false;
  let asked = 0;
  let longestMs = 0;
  const loop = (async () => {
    while (!isOver) {
      const from = cpuMs(pids);
      await ask();
      longestMs = Math.max(longestMs, cpuMs(pids) - from);
      asked++;
      await delay(20);
    }
  })();
  return {
    /** How often it was answered, and the longest wait, since the last look. */
    look() {
      const seen = { asked, longestMs };
      asked = 0;
      longestMs = 0;
      return seen;
    },
    async stop() {
      isOver = true;
      await loop;
    },
  };
}
