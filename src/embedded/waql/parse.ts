import type { PathNode, QueryNode, ReturnItemNode, SourceNode, TextNode, TransformNode } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import { parsePath, parseReturnItem } from './parse-path.ts';
import { tooLarge } from './query-error.ts';
import { type TokenCursor, tokenCursor } from './token-cursor.ts';

const transformWords = ['where', 'select', 'orderby', 'skip', 'take', 'distinct'];
const transformsOrEnd = 'where, select, orderby, skip, take, distinct or the end of the query';

const longestQuery = 5_000_000;
const mostTransforms = 200;

/**
 * The syntax tree of a WAQL query, with or without the leading `$`. Throws ak.wwise.query.invalid_query with
 * details `{ position, expected, found }`; the position is 1-based.
 */
export function parseQuery(text: string): QueryNode {
  if (text.length > longestQuery) throw tooLarge(`has more than ${longestQuery} characters`, longestQuery);
  const cursor = tokenCursor(text);
  cursor.takeSign('$');
  const source = parseSource(cursor);
  const transforms: TransformNode[] = [];
  while (!cursor.is('end')) {
    if (transforms.length === mostTransforms)
      throw tooLarge(`has more than ${mostTransforms} transforms`, cursor.current.position);
    transforms.push(parseTransform(cursor));
  }
  return { source, transforms };
}

/** One entry of options.return: a path with an optional `as alias`, and nothing behind it. Throws as parseQuery does. */
export function parseReturnExpression(text: string): ReturnItemNode {
  const cursor = tokenCursor(text);
  const item = parseReturnItem(cursor, parseExpression);
  cursor.expectEnd('"as" with a name, or the end of the return expression');
  return item;
}

function parseSource(cursor: TokenCursor): SourceNode {
  const { position } = cursor.current;
  if (cursor.is('string')) return { kind: 'objects', position, specs: commaSeparated(cursor, objectSpec) };
  if (transformWords.some((word) => cursor.isWord(word))) return { kind: 'project', position };
  if (!cursor.takeWord('from'))
    throw cursor.refuse('"from", an object in double quotes, or a transform such as "where"');

  if (cursor.takeWord('object'))
    return { kind: 'objects', position, specs: commaSeparated(cursor, objectSpec) };
  if (cursor.takeWord('type')) return { kind: 'types', position, types: commaSeparated(cursor, typeName) };
  if (cursor.takeWord('query')) return { kind: 'query', position, spec: objectSpec(cursor) };
  if (cursor.takeWord('search'))
    return { kind: 'search', position, text: cursor.expectString('the text to search') };
  if (cursor.takeWord('project')) return { kind: 'project', position };
  throw cursor.refuse('object, type, query, search or project');
}

function parseTransform(cursor: TokenCursor): TransformNode {
  const { position } = cursor.current;
  if (cursor.takeWord('where')) return { kind: 'where', position, condition: parseExpression(cursor) };
  if (cursor.takeWord('select'))
    return { kind: 'select', position, paths: commaSeparated(cursor, selectedPath) };
  if (cursor.takeWord('orderby')) {
    const key = parsePath(cursor, parseExpression, 'what to order by');
    return { kind: 'orderby', position, key, reverse: cursor.takeWord('reverse') };
  }
  if (cursor.takeWord('skip'))
    return { kind: 'skip', position, count: cursor.expectInteger('how many to skip') };
  if (cursor.takeWord('take'))
    return { kind: 'take', position, count: cursor.expectInteger('how many to take') };
  if (cursor.takeWord('distinct')) return { kind: 'distinct', position };
  throw cursor.refuse(transformsOrEnd);
}

function commaSeparated<T>(cursor: TokenCursor, item: (cursor: TokenCursor) => T): T[] {
  const items = [item(cursor)];
  while (cursor.takeSign(',')) items.push(item(cursor));
  return items;
}

function objectSpec(cursor: TokenCursor): TextNode {
  return cursor.expectString('an object: its path, GUID or Type:Name,');
}

function typeName(cursor: TokenCursor): TextNode {
  return cursor.expectName('a type name, without quotes');
}

function selectedPath(cursor: TokenCursor): PathNode {
  return parsePath(cursor, parseExpression, 'what to select');
}
