import { asJsonObject, type Json } from './json.ts';

/**
 * `JSON.parse`, yielding often: a long text is parsed piece by piece, each by JSON.parse, and put together. Throws SyntaxError, as
 * JSON.parse does, with the position in the whole text. It takes longer the deeper the text is nested: see json-bounds.ts.
 */
export function* parseJsonSteps(text: string): Generator<void, Json> {
  if (text.length < 4 * pieceCharacters) return parsePiece(text, '', '', 0);
  const { root } = yield* scanned(text);
  return root;
}

/** A container that is open where the text is being read. */
interface Open {
  readonly isObject: boolean;
  /** Of its bracket. */
  readonly startsAt: number;
  /** Behind what of it has been parsed: its bracket, or the comma behind the last element that was. */
  parsedTo: number;
  /** Behind the last comma of its own. */
  elementAt: number;
  /** Its value so far, once a part of it has been parsed. */
  value: Json[] | Record<string, Json> | null;
  /** Its last element is in the value already: a comma or its end follows. */
  isFilled: boolean;
}

function* scanned(text: string): Generator<void, { readonly root: Json }> {
  const open: Open[] = [];
  let lastPieceAt = 0;

  /** Parses what is complete of all open containers, and begins the values of those that are open. */
  const takeComplete = function* (): Generator<void, void> {
    for (const [depth, one] of open.entries()) {
      const parent = open[depth - 1];
      if (one.value === null) {
        one.value = one.isObject ? {} : [];
        if (parent?.value != null) put(parent, keyBefore(text, parent, one.startsAt), one.value);
      }
      if (one.elementAt > one.parsedTo) {
        append(one, text, one.elementAt - 1);
        one.parsedTo = one.elementAt;
        yield;
      }
    }
  };

  let root: Json | undefined;
  let at = skipBlank(text, 0);
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBrace || code === openBracket) {
      if (open.length === 0 && root !== undefined) throw unexpected(text, at);
      const inner = at + 1;
      open.push({
        ...{ isObject: code === openBrace, startsAt: at, parsedTo: inner, elementAt: inner },
        ...{ value: null, isFilled: false },
      });
    } else if (code === comma) {
      const inner = open.at(-1);
      if (inner === undefined) throw unexpected(text, at);
      inner.elementAt = at + 1;
      if (inner.isFilled) {
        inner.isFilled = false;
        inner.parsedTo = at + 1;
        // No element may be missing between the comma and the end.
        const next = text.charCodeAt(skipBlank(text, at + 1));
        if (next === closeBrace || next === closeBracket) throw unexpected(text, at + 1);
      }
    } else if (code === closeBrace || code === closeBracket) {
      const inner = open.pop();
      if (inner === undefined || inner.isObject !== (code === closeBrace)) throw unexpected(text, at);
      if (inner.value !== null) {
        if (!inner.isFilled) append(inner, text, at);
        const parent = open.at(-1);
        if (parent === undefined) root = inner.value;
        else parent.isFilled = true;
        lastPieceAt = at;
        yield;
      } else if (open.length === 0) root = parsePiece(text.slice(inner.startsAt, at + 1), '', '', 0);
    } else if (open.at(-1)?.isFilled === true && !isBlank(code)) throw unexpected(text, at);
    else if (open.length === 0 && root !== undefined && !isBlank(code)) throw unexpected(text, at);
    if (at - lastPieceAt < pieceCharacters || open.length === 0) continue;
    yield* takeComplete();
    lastPieceAt = at;
  }
  // A text that is one string or number, however long, or that ends too early.
  if (root === undefined || open.length > 0) return { root: parsePiece(text, '', '', 0) };
  return { root };
}

/** Parses what lies between what of a container was parsed and an index of the text, and adds it to its value. */
function append(container: Open, text: string, to: number): void {
  const { isObject, parsedTo, value } = container;
  const piece = text.slice(parsedTo, to);
  const isFirst = parsedTo === container.startsAt + 1;
  if (isFirst ? piece.trim() === '' && text.charCodeAt(to) !== comma : false) return;
  const parsed = parsePiece(piece, isObject ? '{' : '[', isObject ? '}' : ']', parsedTo);
  // Behind a comma, or before one, something has to stand.
  const isEmpty = Array.isArray(parsed)
    ? parsed.length === 0
    : Object.keys(asJsonObject(parsed)).length === 0;
  if (isEmpty) throw unexpected(text, to);
  if (Array.isArray(value) && Array.isArray(parsed)) for (const one of parsed) value.push(one);
  else for (const [key, one] of Object.entries(asJsonObject(parsed))) put(container, key, one ?? null);
}

function put({ value }: Open, key: string, element: Json): void {
  if (Array.isArray(value)) value.push(element);
  // An ordinary assignment would set the prototype.
  else if (value !== null && key === '__proto__')
    Object.defineProperty(value, key, {
      value: element,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else if (value !== null) value[key] = element;
}

/** The name of the member whose value begins there; of an array none. */
function keyBefore(text: string, { isObject, elementAt }: Open, startsAt: number): string {
  const before = text.slice(elementAt, startsAt).trim();
  if (!isObject) {
    if (before !== '') throw unexpected(text, elementAt);
    return '';
  }
  const key: unknown = parsePiece(before.endsWith(':') ? before.slice(0, -1) : '', '', '', elementAt);
  if (typeof key !== 'string') throw unexpected(text, elementAt);
  return key;
}

function parsePiece(piece: string, before: string, after: string, from: number): Json {
  try {
    return JSON.parse(`${before}${piece}${after}`);
  } catch (thrown) {
    const { message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    const moved = message.replace(
      /at position (\d+)( \(line \d+ column \d+\))?/,
      (_, index: string, line: string | undefined) =>
        from === 0 && before === ''
          ? `at position ${index}${line ?? ''}`
          : `at position ${Number(index) + from - before.length}`,
    );
    throw new SyntaxError(moved, { cause: thrown });
  }
}

function unexpected(text: string, at: number): SyntaxError {
  const token = text.slice(at, at + 1);
  return new SyntaxError(
    token === '' ? 'Unexpected end of JSON input' : `Unexpected token '${token}' in JSON at position ${at}`,
  );
}

/** The index of the quote that ends the string; of the end of the text where none does. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** Parsing so many takes about a millisecond. */
const pieceCharacters = 65_536;
