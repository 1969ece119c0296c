/** One page of rows that are all at hand, in the order asked for; `total`: on all pages. Rows that are equal in it keep theirs. */
export function pageOf<Row, Column extends keyof Row>(
  rows: readonly Row[],
  {
    take,
    skip = 0,
    sortBy,
    sortOrder = 'asc',
  }: {
    readonly take: number;
    readonly skip?: number | undefined;
    readonly sortBy?: Column | undefined;
    readonly sortOrder?: 'asc' | 'desc' | undefined;
  },
): { readonly rows: readonly Row[]; readonly total: number } {
  const direction = sortOrder === 'asc' ? 1 : -1;
  const ordered =
    sortBy === undefined
      ? sortOrder === 'asc'
        ? rows
        : [...rows].reverse()
      : [...rows].sort((a, b) => direction * compared(a[sortBy], b[sortBy]));
  return { rows: ordered.slice(skip, skip + take), total: rows.length };
}

/** What has no value comes first. */
function compared(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}
