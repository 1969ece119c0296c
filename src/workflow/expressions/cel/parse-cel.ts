import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { ExpressionFault } from './fault.ts';
import { skipText } from './skip-text.ts';

export type CelNode = ASTNode;

export interface Parsed {
  readonly root: CelNode;
  /** The id of a node as it is written at an offset, where CEL could not read it. */
  idAt(offset: number): string | undefined;
}

/**
 * The syntax of CEL, by its library; what it means is ours, since numbers are those of JSON and all work is counted. Throws
 * ExpressionFault. `nodes.scraper-1.x` is read as `nodes["scraper-1"].x`: an output is an object, from which nothing is subtracted.
 */
export function parseCel(source: string): Parsed {
  if (source.length > longestSource)
    throw tooMuch(`It has ${source.length} characters, and ${longestSource} are the most.`);
  if (source.trim() === '')
    throw new ExpressionFault({
      code: 'WORKFLOW_INVALID',
      message: 'The expression is empty.',
      offset: 0,
      expected: 'an expression as nodes.look.count + 1',
    });
  const ids = new Map<number, string>();
  const readable = withPlainIds(source, ids);
  try {
    return { root: grammar.parse(readable).ast, idAt: (offset) => ids.get(offset) };
  } catch (thrown) {
    if (thrown instanceof RangeError) throw tooMuch('It is nested too deeply.');
    if (!(thrown instanceof ParseError)) throw thrown;
    const offset = Math.min(thrown.range?.start ?? 0, source.length);
    if (thrown.code === 'limit_exceeded') throw tooMuch(`It has too many parts: ${thrown.summary}.`, offset);
    throw new ExpressionFault({
      code: 'WORKFLOW_INVALID',
      message: `It does not parse: ${inWords(thrown.summary)}.${adviceFor(source, offset)}`,
      offset,
      expected: 'a CEL expression',
    });
  }
}

/** Only its grammar is used: what it holds of functions and types does not matter. */
const grammar = new Environment({
  unlistedVariablesAreDyn: true,
  limits: {
    maxAstNodes: 2_000,
    maxDepth: 100,
    maxListElements: 500,
    maxMapEntries: 500,
    maxCallArguments: 64,
  },
});

const longestSource = 5_000;

function tooMuch(message: string, offset = 0): ExpressionFault {
  return new ExpressionFault({
    code: 'WORKFLOW_INVALID',
    message: `${message} Split it over several nodes.`,
    offset,
  });
}

/** Every offset stays what it was: an id that is no identifier is covered by one of the same length. */
function withPlainIds(source: string, ids: Map<number, string>): string {
  if (!source.includes('nodes.')) return source;
  let text = '';
  let from = 0;
  for (let at = 0; at < source.length; at += 1) {
    const end = skipText(source, at);
    if (end !== undefined) {
      at = end - 1;
      continue;
    }
    if (!source.startsWith('nodes.', at) || /[\w.]/.test(source[at - 1] ?? '')) continue;
    const start = at + 6;
    idAtEnd.lastIndex = start;
    const id = idAtEnd.exec(source)?.[0] ?? '';
    if (id === '' || /^[A-Za-z_]\w*$/.test(id)) continue;
    ids.set(start, id);
    text += source.slice(from, start) + '_'.repeat(id.length);
    from = start + id.length;
    at = from - 1;
  }
  return from === 0 ? source : text + source.slice(from);
}

const idAtEnd = /[\w-]+/y;

/** The library names its tokens. */
function inWords(summary: string): string {
  return summary.replace(
    /\b(EOF|NUMBER|STRING|BOOLEAN|NULL|IDENTIFIER|PLUS|MINUS|MULTIPLY|DIVIDE|MODULO|EQ|NE|LT|LE|GT|GE|AND|OR|NOT|IN|LPAREN|RPAREN|LBRACKET|RBRACKET|LBRACE|RBRACE|DOT|COMMA|COLON|QUESTION|BYTES)\b/g,
    (token) => tokens[token] ?? token,
  );
}

const tokens: Readonly<Record<string, string>> = {
  EOF: 'the end',
  NUMBER: 'a number',
  STRING: 'a text',
  BOOLEAN: 'true or false',
  NULL: 'null',
  IDENTIFIER: 'a name',
  ...{
    PLUS: '+',
    MINUS: '-',
    MULTIPLY: '*',
    DIVIDE: '/',
    MODULO: '%',
    EQ: '==',
    NE: '!=',
    LT: '<',
    LE: '<=',
  },
  ...{ GT: '>', GE: '>=', AND: '&&', OR: '||', NOT: '!', IN: 'in', LPAREN: '(', RPAREN: ')', LBRACKET: '[' },
  ...{ RBRACKET: ']', LBRACE: '{', RBRACE: '}', DOT: '.', COMMA: ',', COLON: ':', QUESTION: '?' },
  BYTES: 'bytes',
};

/** What people write who come from other languages. */
function adviceFor(source: string, offset: number): string {
  const around = source.slice(Math.max(0, offset - 1), offset + 2);
  if (around.includes('??')) return ' Write default(a, b) for a ?? b.';
  if (around.includes('?.')) return ' A member that is missing reads as null: write a.b for a?.b.';
  if (around.includes('`')) return ' Texts stand in "..." or \'...\'.';
  if (around.includes('=')) return ' Equality is written ==.';
  if (around.includes('|')) return ' Functions are called: write upper(x) for x | upper.';
  if (around.includes('$'))
    return ' References as $from:... stand outside of {{ }}: inside, write nodes.<id>.<field>.';
  return '';
}
