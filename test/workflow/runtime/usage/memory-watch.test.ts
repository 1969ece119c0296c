import { expect, it } from 'vitest';
import { watchMemory } from '../../../../src/workflow/runtime/usage/memory-watch.ts';

it('reports the most memory there was while something went on, and overall', () => {
  let nowMs = 0;
  let bytes = 100;
  const at = (ms: number, used: number): void => {
    nowMs = ms;
    bytes = used;
  };
  const watch = watchMemory(
    () => nowMs,
    () => bytes,
  );
  at(10, 300);
  expect(watch.peakSince(0, nowMs)).toBe(300);
  at(20, 200);
  expect(watch.peakSince(15, nowMs)).toBe(300);
  at(40, 150);
  expect(watch.peakSince(30, nowMs)).toBe(200);
  at(41, 900);
  // Just looked: nothing is looked at again.
  expect(watch.peakSince(40, nowMs)).toBe(150);
  at(60, 250);
  expect(watch.peakSince(60, nowMs)).toBe(250);
  expect(watch.peakBytes).toBe(300);
  watch.release();
});
