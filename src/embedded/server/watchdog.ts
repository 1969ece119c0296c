import type { SessionHost } from './session-host.ts';

export interface WatchedEngine {
  /** The same, with calls that feed the watchdog. */
  readonly engine: SessionHost;
  /** Resolves when no call came for the whole time. Never resolves for a time of 0. */
  readonly starved: Promise<void>;
  stop(): void;
}

/** Each call feeds the watchdog when it comes and when it is done; while one is under way nobody starves. */
export function watchCalls(engine: SessionHost, timeoutMs: number): WatchedEngine {
  if (timeoutMs <= 0) return { engine, starved: new Promise(() => {}), stop: () => {} };
  let underWay = 0;
  let bark = (): void => {};
  const starved = new Promise<void>((resolve) => {
    bark = resolve;
  });
  const timer = setTimeout(() => {
    if (underWay === 0) bark();
    else timer.refresh();
  }, timeoutMs);

  async function fed<T>(call: () => Promise<T>): Promise<T> {
    underWay += 1;
    timer.refresh();
    try {
      return await call();
    } finally {
      underWay -= 1;
      timer.refresh();
    }
  }

  const watched: SessionHost = {
    openSession(from) {
      const session = engine.openSession(from);
      return { ...session, call: (...call) => fed(() => session.call(...call)) };
    },
  };
  return { engine: watched, starved, stop: () => clearTimeout(timer) };
}
