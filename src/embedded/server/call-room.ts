/** How much of one client is under way at once. Who sends more is read on when something has ended. */
export interface CallRoom {
  /** Counts work on a message of so many bytes until it ends. */
  hold<T>(bytes: number, work: Promise<T>): Promise<T>;
  /** Resolves when there is room; at once when it was opened. */
  free(): Promise<void>;
  /** Nobody waits any more, however much is under way. */
  open(): void;
}

export function createCallRoom(most: { readonly calls: number; readonly bytes: number }): CallRoom {
  let [calls, bytes] = [0, 0];
  let isOpen = false;
  let goOn = (): void => {};
  const hasRoom = (): boolean => isOpen || (calls < most.calls && bytes < most.bytes);
  return {
    async hold(size, work) {
      calls += 1;
      bytes += size;
      try {
        return await work;
      } finally {
        calls -= 1;
        bytes -= size;
        if (hasRoom()) goOn();
      }
    },
    async free() {
      while (!hasRoom()) {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      }
    },
    open() {
      isOpen = true;
      goOn();
    },
  };
}
