import type { Json } from '../../../core/json.ts';
import type { Candidate } from '../finding.ts';
import type { Span, Word } from './words-of.ts';

/** Something of the open project that an answer may have named. */
export interface NamedObject {
  readonly value: Json;
  /** What distinguishes it for a person, mostly its path. */
  readonly label: string;
  readonly type: string;
}

/**
 * Where objects are looked up: for each phrase those that have it as path or GUID, whatever the case of its letters, or as name, whatever
 * the case and the signs between its words ("gunshot" is "Gun_Shot").
 */
export type FindObjects = (
  phrases: readonly string[],
) => Promise<ReadonlyMap<string, readonly NamedObject[]>>;

export interface SaidObject extends Span {
  readonly phrase: string;
  readonly objects: readonly NamedObject[];
}

/** Words that are looked at, and words in a name. */
const MOST_WORDS = 40;
const LONGEST_NAME = 5;

/**
 * What could be the name, path or GUID of an object in an answer: a path as it was written, what stands in quotation marks, and up to
 * five words in a row, also joined as names are.
 */
export function phrasesOf(
  text: string,
  words: readonly Word[],
): readonly (Span & { readonly ways: readonly string[] })[] {
  const phrases: (Span & { readonly ways: readonly string[] })[] = [];
  for (const match of text.matchAll(/\\[^\n"“”]{1,500}/g)) {
    const path = withoutStop(match[0]);
    phrases.push({ start: match.index, end: match.index + path.length, ways: prefixesOf(path) });
  }
  for (const match of text.matchAll(/\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?/gi))
    phrases.push({ start: match.index, end: match.index + match[0].length, ways: [match[0]] });
  for (const match of text.matchAll(/["“'«]([^"“”'»\n]{1,200})["”'»]/g))
    phrases.push({ start: match.index, end: match.index + match[0].length, ways: [match[1] ?? ''] });
  const looked = words.slice(0, MOST_WORDS);
  for (let first = 0; first < looked.length; first += 1) {
    for (let count = Math.min(LONGEST_NAME, looked.length - first); count > 0; count -= 1) {
      const [start, last] = [looked[first], looked[first + count - 1]];
      if (start === undefined || last === undefined || !isWord(start) || !isWord(last)) continue;
      const written = text.slice(start.start, last.end);
      const ways = [written, written.replaceAll(/\s+/g, '_'), written.replaceAll(/\s+/g, '')];
      phrases.push({ start: start.start, end: last.end, ways: [...new Set(ways)] });
    }
  }
  return phrases;
}

/** Objects of these types that the answer names: the longest phrases, none inside another. */
export async function findObjectsIn(
  text: string,
  words: readonly Word[],
  find: FindObjects,
): Promise<readonly SaidObject[]> {
  const phrases = phrasesOf(text, words);
  const found = await find([...new Set(phrases.flatMap(({ ways }) => ways))]);
  const said: SaidObject[] = [];
  for (const { start, end, ways } of phrases.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    const phrase = ways.find((way) => (found.get(way) ?? []).length > 0);
    if (phrase === undefined || said.some((one) => start < one.end && one.start < end)) continue;
    said.push({ start, end, phrase, objects: found.get(phrase) ?? [] });
  }
  return said;
}

export function candidateOf({ value, label }: NamedObject): Candidate {
  return { value, label };
}

function isWord({ text }: Word): boolean {
  return /^[\p{L}\d_]/u.test(text);
}

function withoutStop(path: string): string {
  return path.replace(/[\s.,;:!?]+$/, '');
}

/** A path in a sentence may be followed by words: each shorter one that ends with a word is looked up too. */
function prefixesOf(path: string): readonly string[] {
  const ways = [path];
  for (let at = path.lastIndexOf(' '); at > 0 && ways.length < 12; at = path.lastIndexOf(' ', at - 1))
    ways.push(withoutStop(path.slice(0, at)));
  return ways;
}
