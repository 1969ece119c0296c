/** A binary heap of numbers: the least comes out first. */
export interface MinHeap {
  readonly size: number;
  /** Undefined when there is none. */
  readonly least: number | undefined;
  push(value: number): void;
  /** The least, taken out; undefined when there is none. */
  pop(): number | undefined;
}

/** Both operations take time logarithmic in the size; a push of ascending numbers takes none beyond the push. */
export function createMinHeap(): MinHeap {
  const heap: number[] = [];
  return {
    get size() {
      return heap.length;
    },
    get least() {
      return heap[0];
    },
    push: (value) => rise(heap, value),
    pop: () => {
      const [least] = heap;
      const last = heap.pop();
      if (least !== undefined && last !== undefined && heap.length > 0) sink(heap, last);
      return least;
    },
  };
}

/** Adds a value at the end and moves larger parents down until it has its place. */
function rise(heap: number[], value: number): void {
  let index = heap.length;
  heap.push(value);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || parent <= value) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = value;
}

/** Puts a value at the root and moves smaller children up until it has its place. */
function sink(heap: number[], value: number): void {
  let index = 0;
  for (;;) {
    let childIndex = 2 * index + 1;
    let child = heap[childIndex];
    const right = heap[childIndex + 1];
    if (child !== undefined && right !== undefined && right < child) {
      childIndex += 1;
      child = right;
    }
    if (child === undefined || child >= value) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = value;
}
