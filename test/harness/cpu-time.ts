import { readFileSync } from 'node:fs';

/**
 * What a process has used of the processor so far, in ms; 0 once it is gone, and where the system is not Linux. On a machine
 * with nothing else to do it is the time that passed while the process worked; on a busy one it stays that.
 */
export function cpuTimeMs(processId: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // utime and stime, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
