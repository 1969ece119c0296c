import type { Log } from '../core/log.ts';
import type { ReleasableEngine } from '../embedded/releasable-engine.ts';

export interface ReleaseRules {
  /** So long nothing is asked of a project before it is given up. */
  readonly idleMs: number;
  /** So often that is looked at. */
  readonly lookEveryMs: number;
  /** Called at once when a project is given up, with what resolves when others can have it. */
  onRelease(released: Promise<void>): void;
}

/**
 * Gives a project up that nobody asked anything of for a while and of which nothing is unsaved: another version, Wwise itself or a
 * tool that replaces its files can have it, and the memory is free. Gives what ends the watch.
 */
export function releaseWhenIdle(
  engine: ReleasableEngine,
  { idleMs, lookEveryMs, onRelease }: ReleaseRules,
  log: Log,
): () => void {
  const timer = setInterval(() => {
    if (engine.idleForMs < idleMs) return;
    const { projectPath } = engine;
    const released = engine.release();
    if (released === undefined) return;
    clearInterval(timer);
    log.info({ project: projectPath }, 'nobody needs the project: it is closed until somebody does');
    onRelease(released);
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
