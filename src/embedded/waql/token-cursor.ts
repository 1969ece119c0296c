import type { WaapiError } from '../../wwise/connection/backend.ts';
import type { TextNode } from './ast.ts';
import { waqlAdvice } from './other-dialects.ts';
import { syntaxError } from './query-error.ts';
import { type Token, tokenize } from './tokenize.ts';

/** Parentheses and conditions may nest this deep: enough for any query, and far from the end of the call stack. */
const deepestNesting = 100;

/** Reads tokens one after the other; every `expect` throws a syntax error that names what it wanted and what it found. */
export interface TokenCursor {
  readonly text: string;
  readonly current: Token;
  /** 0-based offset behind the token read last. */
  readonly previousEnd: number;
  advance(): Token;
  isSign(sign: string, ahead?: number): boolean;
  isWord(word: string): boolean;
  is(kind: Token['kind'], ahead?: number): boolean;
  /** Steps over the sign when it is next. */
  takeSign(sign: string): boolean;
  takeWord(word: string): boolean;
  expectSign(sign: string): Token;
  expectName(what: string): TextNode;
  expectString(what: string): TextNode;
  expectInteger(what: string): number;
  expectEnd(what: string): void;
  refuse(expected: string): WaapiError;
  /** Guards recursion: `parse` runs one level deeper. */
  nested<T>(parse: () => T): T;
}

export function tokenCursor(text: string): TokenCursor {
  const tokens = tokenize(text);
  const last = tokens.length - 1;
  let index = 0;
  let depth = 0;

  const peek = (ahead = 0): Token => tokens[Math.min(index + ahead, last)] ?? endOf(text);
  const refuse = (expected: string): WaapiError => {
    const { kind, position } = peek();
    const found = foundText(peek());
    return syntaxError(
      expected,
      kind === 'end' ? 'the end of the query' : `"${found}"`,
      position,
      adviceFor(),
    );
  };
  /** Advice may hang on the word before: `where not isPlayable` fails at isPlayable. */
  const adviceFor = (): string => {
    const before = tokens[index - 1];
    const beforeText = before === undefined || before.kind === 'string' ? '' : before.text;
    const here = peek().kind === 'string' ? '' : peek().text;
    return (
      waqlAdvice(beforeText + here) ||
      waqlAdvice(here) ||
      (before?.kind === 'name' ? waqlAdvice(beforeText) : '')
    );
  };
  const expectKind = (kind: Token['kind'], what: string): TextNode => {
    if (peek().kind !== kind) throw refuse(what);
    const { position, text: content } = cursor.advance();
    return { position, text: content };
  };

  const cursor: TokenCursor = {
    text,
    get current() {
      return peek();
    },
    get previousEnd() {
      return tokens[index - 1]?.end ?? 0;
    },
    advance() {
      const token = peek();
      if (index < last) index++;
      return token;
    },
    isSign: (sign, ahead = 0) => peek(ahead).kind === 'sign' && peek(ahead).text === sign,
    isWord: (word) => peek().kind === 'name' && peek().text.toLowerCase() === word,
    is: (kind, ahead = 0) => peek(ahead).kind === kind,
    takeSign(sign) {
      const taken = cursor.isSign(sign);
      if (taken) cursor.advance();
      return taken;
    },
    takeWord(word) {
      const taken = cursor.isWord(word);
      if (taken) cursor.advance();
      return taken;
    },
    expectSign(sign) {
      if (!cursor.isSign(sign)) throw refuse(`"${sign}"`);
      return cursor.advance();
    },
    expectName: (what) => expectKind('name', what),
    expectString: (what) => expectKind('string', `${what} in double quotes`),
    expectInteger(what) {
      const whole = `${what}: a whole number, 0 or more`;
      if (!cursor.is('number') || !/^[0-9]+$/.test(peek().text)) throw refuse(whole);
      return Number(cursor.advance().text);
    },
    expectEnd(what) {
      if (!cursor.is('end')) throw refuse(what);
    },
    refuse,
    nested(parse) {
      if (++depth > deepestNesting) {
        throw syntaxError(`at most ${deepestNesting} levels of nesting`, 'more', peek().position);
      }
      const result = parse();
      depth--;
      return result;
    },
  };
  return cursor;
}

function foundText(token: Token): string {
  if (token.kind === 'regex') return `/${token.text}/`;
  return token.text.length > 60 ? `${token.text.slice(0, 60)}...` : token.text;
}

function endOf(text: string): Token {
  return { kind: 'end', text: '', position: text.length + 1, end: text.length };
}
