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

/** How often others had the thread while `work` went on in long turns. Rejects as `work` does. */
export function turnsOfOthers(work: () => Promise<unknown>): Promise<number> {
  return turnsWhile(() => inLongTurns(work));
}

/** How many turns the event loop makes while `work` goes on. Rejects as `work` does. */
export async function turnsWhile(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  try {
    await work();
  } finally {
    isOver = true;
  }
  return turns;
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
