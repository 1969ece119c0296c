import { isTurnLong, nextTurn } from './turns.ts';

/**
 * Executes what an input brings in the order it came, one task after the other, and gives others their turn in between. The
 * first begins at once. While tasks of more than `mostBytes` together wait, the input is paused; until then it is read on, so
 * that its end is seen behind what waits. `fail` gets what a task rejects with; the next one follows.
 */
export function createBacklog(
  input: { pause(): void; resume(): void },
  mostBytes: number,
  fail: (thrown: unknown) => void,
): (bytes: number, task: () => Promise<void> | void) => void {
  const waiting: { readonly bytes: number; readonly task: () => Promise<void> | void }[] = [];
  let waitingBytes = 0;
  let isWorking = false;
  let isPaused = false;

  const work = async (): Promise<void> => {
    isWorking = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        await next.task();
      } catch (thrown) {
        fail(thrown);
      }
      waitingBytes -= next.bytes;
      if (isPaused && waitingBytes < mostBytes) {
        isPaused = false;
        input.resume();
      }
      if (isTurnLong()) await nextTurn();
    }
    isWorking = false;
  };

  return (bytes, task) => {
    waiting.push({ bytes, task });
    waitingBytes += bytes;
    if (!isPaused && waitingBytes >= mostBytes) {
      isPaused = true;
      input.pause();
    }
    if (!isWorking) void work();
  };
}
