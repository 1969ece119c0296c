/** Files are read side by side, but not thousands at once. Of several failures the first in order is thrown. */
export async function together<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 64) {
    const settled = await Promise.allSettled(items.slice(start, start + 64).map(work));
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}
