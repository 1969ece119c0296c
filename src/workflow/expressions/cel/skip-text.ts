/**
 * Where the quoted text or comment that begins at an offset of an expression ends, as CEL reads it: the offset behind it, the
 * length of the source where it has no end, and undefined where none begins.
 */
export function skipText(source: string, at: number): number | undefined {
  const first = source[at];
  if (first === '/' && source[at + 1] === '/') {
    const end = source.indexOf('\n', at);
    return end < 0 ? source.length : end;
  }
  if (first !== '"' && first !== "'") return undefined;
  const isTriple = source.startsWith(first.repeat(3), at);
  const mark = isTriple ? first.repeat(3) : first;
  for (let offset = at + mark.length; offset < source.length; offset += 1) {
    if (source[offset] === '\\') offset += 1;
    else if (source.startsWith(mark, offset)) return offset + mark.length;
  }
  return source.length;
}
