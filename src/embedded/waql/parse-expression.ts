import type { CompareOperator, ExpressionNode } from './ast.ts';
import { parsePath } from './parse-path.ts';
import { syntaxError } from './query-error.ts';
import type { TokenCursor } from './token-cursor.ts';

const operators: readonly CompareOperator[] = ['=', '!=', '<=', '>=', '<', '>', ':'];

/**
 * A condition: `or` of `and` of comparisons, `!` and parentheses. `and` binds tighter than `or`; `!` takes the whole
 * comparison behind it. A regular expression only stands right of `=` or `!=`.
 */
export function parseExpression(cursor: TokenCursor): ExpressionNode {
  return cursor.nested(() => chain(cursor, 'or', () => chain(cursor, 'and', () => parseUnary(cursor))));
}

function chain(cursor: TokenCursor, word: 'or' | 'and', term: () => ExpressionNode): ExpressionNode {
  const { position } = cursor.current;
  const first = term();
  if (!cursor.isWord(word)) return first;
  const terms = [first];
  while (cursor.takeWord(word)) terms.push(term());
  return { kind: word, position, terms };
}

function parseUnary(cursor: TokenCursor): ExpressionNode {
  const { position } = cursor.current;
  if (!cursor.takeSign('!')) return parseComparison(cursor);
  return { kind: 'not', position, term: cursor.nested(() => parseUnary(cursor)) };
}

function parseComparison(cursor: TokenCursor): ExpressionNode {
  const { position } = cursor.current;
  if (cursor.is('regex')) throw cursor.refuse('something to compare');
  const left = parseOperand(cursor);
  const operator = operators.find((candidate) => cursor.isSign(candidate));
  if (operator === undefined) return left;
  cursor.advance();
  if (cursor.is('regex') && operator !== '=' && operator !== '!=') {
    throw syntaxError(
      `a value behind "${operator}"`,
      'a regular expression',
      cursor.current.position,
      'Write = /.../.',
    );
  }
  return { kind: 'compare', position, operator, left, right: parseOperand(cursor) };
}

function parseOperand(cursor: TokenCursor): ExpressionNode {
  const { kind, position, text } = cursor.current;
  if (kind === 'string') {
    cursor.advance();
    return { kind: 'string', position, text };
  }
  if (kind === 'regex') {
    cursor.advance();
    return { kind: 'regex', position, pattern: text };
  }
  if (kind === 'number') {
    cursor.advance();
    return { kind: 'number', position, value: Number(text) };
  }
  if (cursor.takeWord('true')) return { kind: 'boolean', position, value: true };
  if (cursor.takeWord('false')) return { kind: 'boolean', position, value: false };
  if (cursor.takeWord('null')) return { kind: 'null', position };
  if (cursor.takeSign('(')) {
    const inner = parseExpression(cursor);
    cursor.expectSign(')');
    return inner;
  }
  return parsePath(cursor, parseExpression, 'a name, a value or a condition');
}
