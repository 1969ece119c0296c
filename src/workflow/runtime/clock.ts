/** How a runner knows the time and has itself called later. */
export interface Clock {
  /** Milliseconds since 1970, with fractions. */
  now(): number;
  /**
   * Calls back once that moment has come, at once when it has passed. `isHeld`: the process stays for it. Gives what takes the
   * call off again.
   */
  at(atMs: number, work: () => void, isHeld: boolean): () => void;
}

const { timeOrigin } = performance;

/** The clock of this machine. */
export const systemClock: Clock = { now: () => timeOrigin + performance.now(), at };

/** The longest a timer of Node can be set to; in steps of this it waits for years. */
const LONGEST_TIMER_MS = 2_147_483_647;

function at(atMs: number, work: () => void, isHeld: boolean): () => void {
  let timer: NodeJS.Timeout;
  const set = (): void => {
    // The wall clock, which goes on while a machine sleeps and may be set.
    const leftMs = Math.max(0, Math.ceil(atMs - Date.now()));
    timer = setTimeout(leftMs > LONGEST_TIMER_MS ? set : work, Math.min(leftMs, LONGEST_TIMER_MS));
    if (!isHeld) timer.unref();
  };
  set();
  return () => clearTimeout(timer);
}
