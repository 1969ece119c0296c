/**
 * What one answer may hold, in bytes of its JSON: about 8,000 tokens where it is full of GUIDs. Clients of MCP warn at 10,000
 * tokens and refuse at 25,000.
 */
export const ANSWER_BYTES = 20_000;

/** What the rows of a list may take of it: the rest of the answer needs the remainder. */
export const LIST_BYTES = 18_000;

/** What the rows of a list may take where a program asks for it, which has no context to fill. */
export const PROGRAM_LIST_BYTES = 4 * 1024 * 1024;

/** Length of the JSON of a value, in bytes of UTF-8; 0 for what has none. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** How many of these rows fit one after the other, from the first; one at least when there is any, so that paging ends. */
export function howManyFit(rows: readonly unknown[], bytes: number = LIST_BYTES): number {
  let used = 0;
  for (const [index, row] of rows.entries()) {
    used += bytesOf(row) + 1;
    if (index > 0 && used > bytes) return index;
  }
  return rows.length;
}
