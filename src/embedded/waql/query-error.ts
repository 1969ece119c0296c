import { nearest } from '../../core/text/nearest.ts';
import type { WaapiError } from '../../wwise/connection/backend.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';

/** The text does not follow the grammar. `position` is 1-based; `advice` is a sentence for whoever writes another dialect. */
export function syntaxError(expected: string, found: string, position: number, advice = ''): WaapiError {
  const message = `Expected ${expected}, found ${found} (position ${position}).${advice === '' ? '' : ` ${advice}`}`;
  return waapiErrors.invalidQuery(message, { position, expected, found });
}

/** The grammar is fine, the meaning is not: a wrong kind of value, a regular expression that does not compile. */
export function meaningError(message: string, position: number, found: string, expected: string): WaapiError {
  return waapiErrors.invalidQuery(`${message} (position ${position}).`, { position, expected, found });
}

/** The query would take too long, or find too much. */
export function tooLarge(what: string, position: number): WaapiError {
  const message = `The query is too large: it ${what} (position ${position}). Narrow it with where or take.`;
  return waapiErrors.invalidQuery(message, { position, tooLarge: true });
}

/** A word that is no type, accessor or member: names the word and the nearest that exist. */
export function unknownWord(
  what: string,
  word: string,
  position: number,
  known: Iterable<string>,
): WaapiError {
  const candidates = nearest(word, known);
  const advice =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((name) => `"${name}"`).join(' or ')}?`;
  return waapiErrors.invalidQuery(`Unknown ${what} "${word}" (position ${position}).${advice}`, {
    position,
    expected: `a known ${what}`,
    found: word,
    didYouMean: candidates,
  });
}

/** No object has this path, GUID or qualified name. The number in the message is the position in the query. */
export function objectNotFound(
  designator: string,
  position: number,
  candidates: readonly string[],
): WaapiError {
  return waapiErrors.invalidQuery(`Object not found (${position})`, {
    position,
    expected: 'the path, GUID or Type:Name of an existing object',
    found: designator,
    object: designator,
    didYouMean: candidates,
  });
}
