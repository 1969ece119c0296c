import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMinHeap } from '../../../src/core/turns/min-heap.ts';

describe('a heap of numbers', () => {
  it('gives what a sorted list would, however pushes and pops are mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { maxLength: 200 }), (steps) => {
        const heap = createMinHeap();
        const list: number[] = [];
        for (const step of steps) {
          if (step === null) expect(heap.pop()).toBe(list.shift());
          else {
            heap.push(step);
            list.push(step);
            list.sort((a, b) => a - b);
          }
          expect(heap.size).toBe(list.length);
        }
        for (const least of list) expect(heap.pop()).toBe(least);
        expect(heap.pop()).toBeUndefined();
      }),
    );
  });
});
