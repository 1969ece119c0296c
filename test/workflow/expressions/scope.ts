import type { Json, JsonObject } from '../../../src/core/json.ts';
import { nearestValidName } from '../../../src/embedded/model/naming/name-rules.ts';
import { compileExpression } from '../../../src/workflow/expressions/expression.ts';
import type { ExpressionScope } from '../../../src/workflow/expressions/scope.ts';

/** A scope in which nothing is there but what is given. */
export function scopeOf(
  given: Partial<ExpressionScope> & { readonly nodes?: Readonly<Record<string, JsonObject>> } = {},
): ExpressionScope {
  const { nodes = {}, ...rest } = given;
  return {
    input: null,
    node: (id) => nodes[id],
    workflowInput: {},
    vars: {},
    globals: {},
    secret: (name) => `secret of ${name}`,
    cleanName: nearestValidName,
    ...rest,
  };
}

/** The value of an expression. */
export function valueOfText(source: string, given: Parameters<typeof scopeOf>[0] = {}): Json {
  return compileExpression(source).evaluate(scopeOf(given));
}
