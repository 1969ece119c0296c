/**
 * Executes tasks, at most so many at once and of each owner one, so that what one of them waits for keeps no other for longer
 * than what it is at. Who has waited longest is next.
 */
export function createFairQueue(
  mostAtOnce: number,
): <T>(owner: string, task: () => Promise<T>) => Promise<T> {
  const waiting: { readonly owner: string; readonly start: () => Promise<void> }[] = [];
  const busy = new Set<string>();

  const startThose = (): void => {
    while (busy.size < mostAtOnce) {
      const next = waiting.findIndex(({ owner }) => !busy.has(owner));
      const [one] = next === -1 ? [] : waiting.splice(next, 1);
      if (one === undefined) return;
      busy.add(one.owner);
      void one.start().then(() => {
        busy.delete(one.owner);
        startThose();
      });
    }
  };

  return (owner, task) =>
    new Promise((resolve, reject) => {
      waiting.push({ owner, start: () => task().then(resolve, reject) });
      startThose();
    });
}
