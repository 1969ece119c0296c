import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when `done` has, when so many milliseconds have passed, or when the signal aborts. Does not keep the process. */
export async function waitAtMost(
  done: Promise<unknown>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const over = new AbortController();
  const until = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  const late = delay(timeoutMs, undefined, { signal: until, ref: false }).catch(() => {});
  await Promise.race([done, late]);
  over.abort();
}
