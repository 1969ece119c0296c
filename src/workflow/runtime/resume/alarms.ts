import type { Clock } from '../clock.ts';

/** What goes on by itself with the runs that this process suspended. */
export interface Alarms {
  /** Calls `wake` at that moment. The process does not stay for it. `wake` must not reject. */
  set(executionId: string, atMs: number, wake: () => Promise<void>): void;
  off(executionId: string): void;
  /** Resolves once the alarm of a run has rung and `wake` is through; undefined where none is set. */
  rung(executionId: string): Promise<void> | undefined;
  allOff(): void;
}

export function createAlarms(clock: Clock): Alarms {
  const set = new Map<string, { readonly callOff: () => void; readonly rung: Promise<void> }>();
  const off: Alarms['off'] = (executionId) => {
    set.get(executionId)?.callOff();
    set.delete(executionId);
  };
  return {
    set: (executionId, atMs, wake) => {
      off(executionId);
      let resolve = (): void => {};
      const rung = new Promise<void>((done) => {
        resolve = done;
      });
      const ring = (): void => {
        wake().finally(() => {
          if (set.get(executionId)?.rung === rung) set.delete(executionId);
          resolve();
        });
      };
      set.set(executionId, { callOff: clock.at(atMs, ring, false), rung });
    },
    off,
    rung: (executionId) => set.get(executionId)?.rung,
    allOff: () => {
      for (const executionId of [...set.keys()]) off(executionId);
    },
  };
}
