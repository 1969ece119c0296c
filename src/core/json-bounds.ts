/** How much one message from outside may hold, whatever its length. */
export interface JsonBounds {
  readonly deepest: number;
  readonly mostValues: number;
  /** Of one object: objects as large as tables take ten times as long as lists do. Default 20,000. */
  readonly mostMembers?: number | undefined;
}

/** What was found before anything was parsed. */
export interface JsonSize {
  /** Why it is refused, as a sentence whose subject is the message; null when it is within the bounds. */
  readonly excess: string | null;
  /** The text of the member `id` of the outermost object, so that a refusal can name its request; null where there is none. */
  readonly id: string | null;
  /** How many levels deep it is nested at its deepest. */
  readonly depth: number;
}

/**
 * Measures JSON text without parsing it: what it costs to parse, check and copy a message goes by its values and depth, and by
 * its bytes hardly at all. Text that is no JSON has some size too; parsing it fails later. Yields often: see core/turns/turns.ts.
 */
export function* jsonSize(
  text: Buffer,
  { deepest, mostValues, mostMembers = 20_000 }: JsonBounds,
): Generator<void, JsonSize> {
  let depth = 0;
  let deepestSeen = 0;
  let values = 0;
  /** Of the objects around the present place, by their depth. */
  const members: number[] = [];
  let excess: string | null = null;
  let wide: string | null = null;
  /** Where the last string of the outermost object begins, at its quote; the value of `id`, once it has begun. */
  let lastString = 0;
  let idFrom = -1;
  let id: string | null = null;
  for (let at = 0; at < text.length; at++) {
    if (at % bytesPerStep === 0) yield;
    const byte = text[at];
    if (byte === quote) {
      const from = at;
      for (at++; at < text.length && text[at] !== quote; at++) {
        if (text[at] === backslash) at++;
        if (at % bytesPerStep === 0) yield;
      }
      if (depth === 1) lastString = from;
    } else if (byte === openBrace || byte === openBracket) {
      values++;
      deepestSeen = Math.max(deepestSeen, depth + 1);
      if (++depth > deepest) excess ??= `is nested more than ${deepest} levels deep`;
      else members[depth] = 0;
    } else if (byte === comma) values++;
    else if (byte === colon && depth === 1 && text.toString('latin1', lastString, lastString + 4) === '"id"')
      idFrom = at + 1;
    if (byte === colon && depth <= deepest) {
      const count = (members[depth] ?? 0) + 1;
      members[depth] = count;
      if (count > mostMembers) wide ??= `has an object of more than ${mostMembers} members`;
    }
    if (idFrom !== -1 && depth === 1 && (byte === comma || byte === closeBrace)) {
      id = text.toString('utf8', idFrom, Math.min(at, idFrom + longestId)).trim();
      idFrom = -1;
    }
    if (byte === closeBrace || byte === closeBracket) depth--;
    if (values > mostValues) excess ??= `holds more than ${mostValues} values`;
  }
  return { excess: excess ?? wide, id, depth: deepestSeen };
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma, colon] =
  Buffer.from('"\\{}[],:');
const bytesPerStep = 65_536;
const longestId = 1_000;
