import type {
  ExpressionNode,
  FilterFunction,
  PathNode,
  ReturnItemNode,
  SliceFunction,
  StepNode,
} from './ast.ts';
import type { TokenCursor } from './token-cursor.ts';

/** How a condition inside a list function is read: conditions hold paths, so they are the caller's. */
export type ParseCondition = (cursor: TokenCursor) => ExpressionNode;

const filterFunctions = new Map<string, FilterFunction>(
  (['count', 'any', 'all', 'first', 'last', 'where'] as const).map((name) => [name, name]),
);
const sliceFunctions = new Map<string, SliceFunction>(
  (['at', 'take', 'skip'] as const).map((name) => [name, name]),
);
const needsCondition = new Set<FilterFunction>(['all', 'where']);

/** Steps joined by dots: members, accessors with an argument, list functions, `[a, b]` and `{a, b}`. */
export function parsePath(cursor: TokenCursor, parseCondition: ParseCondition, what: string): PathNode {
  const { position } = cursor.current;
  const steps = [firstStep(cursor, parseCondition, what)];
  while (cursor.takeSign('.')) steps.push(nextStep(cursor, parseCondition));
  return { kind: 'path', position, steps };
}

/** A path, or a condition that parentheses or `!` announce, with an optional `as alias`. */
export function parseReturnItem(cursor: TokenCursor, parseCondition: ParseCondition): ReturnItemNode {
  const start = cursor.current.position - 1;
  const value =
    cursor.isSign('(') || cursor.isSign('!')
      ? parseCondition(cursor)
      : parsePath(cursor, parseCondition, 'a return expression such as name or @Volume');
  const text = cursor.text.slice(start, cursor.previousEnd);
  const alias = cursor.takeWord('as') ? cursor.expectName('the alias behind "as"').text : null;
  return { text, value, alias };
}

function firstStep(cursor: TokenCursor, parseCondition: ParseCondition, what: string): StepNode {
  if (cursor.isSign('[')) return parseConcat(cursor, parseCondition);
  return parseMember(cursor, what);
}

function nextStep(cursor: TokenCursor, parseCondition: ParseCondition): StepNode {
  if (cursor.isSign('[')) return parseConcat(cursor, parseCondition);
  if (cursor.isSign('{')) return parseCompose(cursor, parseCondition);
  if (cursor.is('name')) {
    const name = cursor.current.text.toLowerCase();
    const filter = filterFunctions.get(name);
    if (filter !== undefined) return parseFilter(cursor, parseCondition, filter);
    const slice = sliceFunctions.get(name);
    if (slice !== undefined) return parseSlice(cursor, slice);
  }
  return parseMember(cursor, 'a name behind "."');
}

function parseMember(cursor: TokenCursor, what: string): StepNode {
  const { position } = cursor.current;
  if (cursor.takeSign('@@'))
    return { kind: 'member', position, form: 'effective', name: memberName(cursor, '@@') };
  if (cursor.takeSign('@'))
    return { kind: 'member', position, form: 'stored', name: memberName(cursor, '@') };
  const name = cursor.expectName(what).text;
  if (!cursor.isSign('(')) return { kind: 'member', position, form: 'bare', name };
  cursor.advance();
  const argument = cursor.expectString(`the argument of ${name}()`);
  cursor.expectSign(')');
  return { kind: 'call', position, name, argument };
}

function memberName(cursor: TokenCursor, sign: string): string {
  return cursor.expectName(`a property, reference or list name behind "${sign}"`).text;
}

/** The parentheses of count, any, first and last may be left out when there is no condition. */
function parseFilter(cursor: TokenCursor, parseCondition: ParseCondition, name: FilterFunction): StepNode {
  const { position } = cursor.advance();
  const condition = inParentheses(cursor, parseCondition);
  if (condition === null && needsCondition.has(name))
    throw cursor.refuse(`a condition in the parentheses of ${name}()`);
  return { kind: 'filter', position, name, condition };
}

function inParentheses(cursor: TokenCursor, parseCondition: ParseCondition): ExpressionNode | null {
  if (!cursor.isSign('(')) return null;
  cursor.advance();
  if (cursor.takeSign(')')) return null;
  const condition = parseCondition(cursor);
  cursor.expectSign(')');
  return condition;
}

function parseSlice(cursor: TokenCursor, name: SliceFunction): StepNode {
  const { position } = cursor.advance();
  cursor.expectSign('(');
  const count = cursor.expectInteger(`the number of ${name}()`);
  cursor.expectSign(')');
  return { kind: 'slice', position, name, count };
}

function parseConcat(cursor: TokenCursor, parseCondition: ParseCondition): StepNode {
  const { position } = cursor.expectSign('[');
  const paths = cursor.nested(() =>
    commaSeparated(cursor, () => parsePath(cursor, parseCondition, 'a name in the brackets')),
  );
  cursor.expectSign(']');
  return { kind: 'concat', position, paths };
}

function parseCompose(cursor: TokenCursor, parseCondition: ParseCondition): StepNode {
  const { position } = cursor.expectSign('{');
  const items = cursor.nested(() => commaSeparated(cursor, () => parseReturnItem(cursor, parseCondition)));
  cursor.expectSign('}');
  return { kind: 'compose', position, items };
}

function commaSeparated<T>(cursor: TokenCursor, item: () => T): T[] {
  const items = [item()];
  while (cursor.takeSign(',')) items.push(item());
  return items;
}
