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

/** Whether the JSON of a value takes at most so many bytes. Of a longer one no more than that is looked at. */
export function fitsIn(value: unknown, bytes: number): boolean {
  return roomBehind(value, bytes) >= 0;
}

/** What is left of so many bytes behind the JSON of a value; something negative as soon as it does not fit. */
function roomBehind(value: unknown, bytes: number): number {
  if (bytes < 0) return bytes;
  if (typeof value === 'string' && value.length > bytes) return -1;
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return bytes - bytesOf(value);
  let left = bytes - 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = roomBehind(item ?? null, left - 1);
      if (left < 0) return left;
    }
    return value.length === 0 ? left - 1 : left;
  }
  let isEmpty = true;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    isEmpty = false;
    // The name with its quotes, the colon, and the comma or the closing brace.
    left = roomBehind(member, left - bytesOf(name) - 2);
    if (left < 0) return left;
  }
  return isEmpty ? left - 1 : left;
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
