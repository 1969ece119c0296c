/**
 * Takes pieces out of a text, giving the same string again for a piece it saw lately: names, types, GUIDs of busses and Work
 * Units come thousands of times in a file, and each would be a string of its own.
 */
export interface StringCache {
  slice(text: string, from: number, to: number): string;
}

/** Slots; a later piece takes the slot of an earlier one. A power of two. */
const size = 4096;
/** Longer pieces hardly ever repeat. */
const longest = 64;

export function createStringCache(): StringCache {
  const slots: string[] = new Array<string>(size).fill('');
  return {
    slice(text, from, to) {
      const length = to - from;
      if (length === 0) return '';
      if (length > longest) return text.slice(from, to);
      // Enough to distinguish names and GUIDs: both ends and a few characters between.
      let hash = length;
      hash = hash * 31 + text.charCodeAt(from);
      hash = hash * 31 + text.charCodeAt(to - 1);
      hash = hash * 31 + text.charCodeAt(from + (length >> 1));
      hash = hash * 31 + text.charCodeAt(from + (length >> 2));
      hash = hash * 31 + text.charCodeAt(to - 1 - (length >> 2));
      const slot = (hash ^ (hash >>> 11)) & (size - 1);
      const known = slots[slot];
      if (known !== undefined && known.length === length && text.startsWith(known, from)) return known;
      const piece = text.slice(from, to);
      slots[slot] = piece;
      return piece;
    },
  };
}
