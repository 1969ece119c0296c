import { vi } from 'vitest';

/**
 * Does `work` while every turn of the thread is a long one: how often the work gives the thread away then depends on its steps
 * alone, not on how fast the machine is.
 */
export async function inLongTurns<T>(work: () => Promise<T>): Promise<T> {
  const restore = lengthenTurns();
  try {
    return await work();
  } finally {
    restore();
  }
}

/** Lets the clock go on by a second whenever it is read, until the returned function is called. */
export function lengthenTurns(): () => void {
  nowMs = Math.max(nowMs, performance.now());
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    nowMs += 1_000;
    return nowMs;
  });
  return () => clock.mockRestore();
}

/** Kept between two uses: a turn that began under one clock may be looked at under the next. */
let nowMs = 0;
