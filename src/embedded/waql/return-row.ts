import type { JsonObject } from '../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { createCompiler } from './evaluate/compile/create-compiler.ts';
import { rowOf } from './evaluate/compile/return-item.ts';
import { createScope } from './evaluate/compile/scope.ts';
import { parseReturnExpression } from './parse.ts';
import { parseCache } from './parse-cache.ts';
import type { View } from './view.ts';

/**
 * The row of one object: a member per return expression that applies to it, named as written or by its alias.
 * Names that nothing has are left out; an expression that does not parse throws ak.wwise.query.invalid_query.
 */
export function returnRow(
  model: ProjectModel,
  object: WwiseObject,
  expressions: readonly string[],
  view: View = {},
): JsonObject {
  return rowReader(model, expressions, view, 'omit')(object);
}

/**
 * Compiles return expressions once for many rows. With `refuse`, a name that no type, accessor or custom property has
 * throws ak.wwise.query.invalid_query with the nearest known ones; the reader itself throws nothing.
 */
export function rowReader(
  model: ProjectModel,
  expressions: readonly string[],
  view: View,
  unknownNames: 'refuse' | 'omit',
): (object: WwiseObject) => JsonObject {
  const compiler = createCompiler(createScope(model, view, unknownNames));
  const items = expressions.map((expression) => compiler.returnItem(parsed(expression)));
  return (object) => rowOf(items, object);
}

const parsed = parseCache(parseReturnExpression);
