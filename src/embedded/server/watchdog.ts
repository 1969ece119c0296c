import type { Engine } from '../engine.ts';

export interface WatchedEngine {
  /** The engine, with calls that feed the watchdog. */
  readonly engine: Engine;
  /** Resolves when no call came for the whole time. Never resolves for a time of 0. */
  readonly starved: Promise<void>;
  stop(): void;
}

/** Each call feeds the watchdog when it comes and when it is done; while one is under way nobody starves. */
export function watchCalls(engine: Engine, timeoutMs: number): WatchedEngine {
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

  const watched: Engine = {
    get projectPath() {
      return engine.projectPath;
    },
    get project() {
      return engine.project;
    },
    unreadableFiles: () => engine.unreadableFiles(),
    upToDate: () => engine.upToDate(),
    whileStill: (work) => engine.whileStill(work),
    unsaved: () => engine.unsaved(),
    recover: (work) => engine.recover(work),
    openSession() {
      const session = engine.openSession();
      return { ...session, call: (...call) => fed(() => session.call(...call)) };
    },
    close: () => engine.close(),
  };
  return { engine: watched, starved, stop: () => clearTimeout(timer) };
}
