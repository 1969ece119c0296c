/** Where a piece of a long list begins, in a row that does not hold its first entries. */
interface RowPiece {
  readonly from?: number;
}

/**
 * The rows, each with a longer list of its own in several of them, one after the other: so a page may end within a row. `from` says
 * which entry a piece begins with, where that is not the first.
 */
export function inPieces<
  Entry,
  Row extends { readonly [name in Member]: readonly Entry[] },
  Member extends string,
>(rows: readonly Row[], member: Member, mostEntries: number): (Row & RowPiece)[] {
  return rows.flatMap((row) => {
    const entries = row[member];
    if (entries.length <= mostEntries) return [row];
    return Array.from({ length: Math.ceil(entries.length / mostEntries) }, (_, index) => {
      const from = index * mostEntries;
      return { ...row, [member]: entries.slice(from, from + mostEntries), ...(from === 0 ? {} : { from }) };
    });
  });
}
