import { spawnSync } from 'node:child_process';

/** True where ffmpeg is installed: tests of conversions need it, and are skipped without. */
export const hasFfmpeg: boolean = spawnSync('ffmpeg', ['-version']).status === 0;

/** Makes `to`, in the format its ending names, of a WAVE file. */
export function encode(from: string, to: string, ...options: string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', from, ...options, to]);
  if (status !== 0) throw new Error(`ffmpeg could not make ${to}: ${String(stderr)}`);
}

/** Runs `work` with another PATH: programs are found there only. */
export async function withPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.PATH;
  process.env.PATH = path;
  try {
    return await work();
  } finally {
    process.env.PATH = before;
  }
}
