import { getHeapStatistics } from 'node:v8';

/** The memory that the process has in use while a run goes on: its heap and the buffers outside of it. */
export interface MemoryWatch {
  /** The most there was since then, in bytes. `sinceMs`, `nowMs`: of one clock. */
  peakSince(sinceMs: number, nowMs: number): number;
  /** The most there was so far. */
  readonly peakBytes: number;
  release(): void;
}

/**
 * Watches it from now on: at an interval, and when somebody asks, unless that was done just before. Nodes that are under way at once
 * have the same memory, so what one of them took alone is not known.
 */
export function watchMemory(now: () => number, bytesInUse: () => number = heapAndBuffers): MemoryWatch {
  const samples: { readonly atMs: number; readonly bytes: number }[] = [];
  let peakBytes = 0;
  const sample = (atMs: number): void => {
    const bytes = bytesInUse();
    samples.push({ atMs, bytes });
    peakBytes = Math.max(peakBytes, bytes);
  };
  sample(now());
  const timer = setInterval(() => sample(now()), EVERY_MS);
  timer.unref();
  return {
    peakSince: (sinceMs, nowMs) => {
      const last = samples[samples.length - 1];
      if (last === undefined || nowMs - last.atMs >= FRESH_MS) sample(nowMs);
      let peak = 0;
      // The one before it began holds too.
      for (let index = samples.length - 1; index >= 0; index--) {
        const { atMs = 0, bytes = 0 } = samples[index] ?? {};
        peak = Math.max(peak, bytes);
        if (atMs <= sinceMs) break;
      }
      return peak;
    },
    get peakBytes() {
      return peakBytes;
    },
    release: () => clearInterval(timer),
  };
}

const EVERY_MS = 25;
/** To look takes a few microseconds: thousands of nodes that take one themselves do not wait for it. */
const FRESH_MS = 5;

function heapAndBuffers(): number {
  const { used_heap_size: heap, external_memory: buffers, malloced_memory: own } = getHeapStatistics();
  return heap + buffers + own;
}
