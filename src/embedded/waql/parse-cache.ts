/**
 * Remembers what was parsed: agents and runners repeat the same few texts. Holds at most `capacity` texts and forgets the
 * one used longest ago. A text that does not parse is not remembered.
 */
export function parseCache<T>(parse: (text: string) => T, capacity = 500): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const parsed = known.get(text) ?? parse(text);
    known.delete(text);
    known.set(text, parsed);
    if (known.size > capacity) {
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    }
    return parsed;
  };
}
