import { WaapiLinkError } from '../wwise/connection/backend.ts';
import type { Engine } from './engine.ts';

/** An engine that can be given up while nobody needs it. */
export interface ReleasableEngine extends Engine {
  /** How long nothing was asked of it, in milliseconds; 0 while something is. Who only listens asks nothing. */
  readonly idleForMs: number;
  /**
   * Closes the project when it is idle and nothing is unsaved: from then on every call rejects with WaapiLinkError, and whoever
   * calls opens another engine. Undefined where it is needed; otherwise what resolves once others can have the project.
   */
  release(): Promise<void> | undefined;
}

/** Each call, and each work on the project, is one that needs the engine. */
export function releasableEngine(engine: Engine, nowMs: () => number): ReleasableEngine {
  let needs = 0;
  let lastAtMs = nowMs();
  let isReleased = false;
  async function needed<T>(work: () => Promise<T>): Promise<T> {
    needs += 1;
    try {
      return await work();
    } finally {
      needs -= 1;
      lastAtMs = nowMs();
    }
  }
  const whileHeld = (): void => {
    if (isReleased) throw new WaapiLinkError('The project was closed while nobody needed it.', false);
  };

  return {
    get projectPath() {
      return engine.projectPath;
    },
    get project() {
      return engine.project;
    },
    get isReleased() {
      return isReleased;
    },
    get idleForMs() {
      return needs > 0 ? 0 : nowMs() - lastAtMs;
    },
    unreadableFiles: () => engine.unreadableFiles(),
    upToDate: () => needed(() => engine.upToDate()),
    whileStill: (work) => needed(() => engine.whileStill(work)),
    unsaved: () => engine.unsaved(),
    recover: (work) => needed(() => engine.recover(work)),
    openSession(from) {
      const session = engine.openSession(from);
      return {
        ...session,
        async call(...asked) {
          whileHeld();
          return needed(() => session.call(...asked));
        },
        async subscribe(...asked) {
          whileHeld();
          return needed(() => session.subscribe(...asked));
        },
      };
    },
    close: () => engine.close(),
    release() {
      const { project } = engine;
      if (needs > 0 || project === null || project.isDirty || project.undo.isGroupOpen) return undefined;
      isReleased = true;
      return engine.close();
    },
  };
}
