import type { Clock } from '../../src/workflow/runtime/clock.ts';

export interface HandClock extends Clock {
  set(ms: number): void;
}

/** A clock that stands still until it is set. */
export function handClock(): HandClock {
  let nowMs = 1_000_000;
  const calls = new Set<{ readonly atMs: number; readonly work: () => void }>();
  return {
    now: () => nowMs,
    at: (atMs, work) => {
      const call = { atMs, work };
      calls.add(call);
      return () => calls.delete(call);
    },
    set: (ms) => {
      nowMs = ms;
      for (const call of [...calls]) {
        if (call.atMs > ms) continue;
        calls.delete(call);
        call.work();
      }
    },
  };
}
