/** Longest JSON that stays in a row of a store, in bytes; what is longer is an artifact. */
export const LARGEST_ROW_BYTES = 262_144;

/** Whether a text is longer than so many bytes. */
export function isOverBytes(text: string, bytes: number): boolean {
  // No character takes more than three bytes.
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
}
