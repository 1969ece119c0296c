import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import { ExpressionFault } from '../../expressions/cel/fault.ts';
import { compileExpression, type Expression } from '../../expressions/expression.ts';

/** What an expression about one item may name. */
const itemNames: readonly string[] = ['item', 'index'];

/**
 * CEL about one item of a list, without braces: in braces it would be evaluated before there is an item. What does not compile, or
 * names anything but `item` and `index`, is an issue.
 */
export const itemExpression = z
  .string()
  .min(1)
  .max(10_000)
  .superRefine((text, context) => {
    try {
      const { names } = compileExpression(text);
      const other = [...names].filter((name) => !itemNames.includes(name));
      if (other.length > 0)
        context.addIssue({
          code: 'custom',
          message: `must name "item" and "index" only, not "${other.join('", "')}": it is evaluated for every item`,
        });
    } catch (thrown) {
      if (!(thrown instanceof ExpressionFault)) throw thrown;
      const { message, offset } = thrown.fault;
      context.addIssue({ code: 'custom', message: `must be CEL; at character ${offset + 1}: ${message}` });
    }
  });

/** Its value for an item. Throws INVALID_INPUT that says which item. */
export function evaluateFor(expression: Expression, item: Json, index: number): Json {
  try {
    return expression.evaluate({ ...nothingElse, item, index });
  } catch (thrown) {
    if (!(thrown instanceof WwiseFlowError)) throw thrown;
    const { code, hint, details, message } = thrown;
    throw new WwiseFlowError(code, `Item ${index}: ${message}`, {
      hint,
      details: { ...details, item: index, expression: expression.source },
    });
  }
}

const nothingElse = {
  input: null,
  node: () => undefined,
  workflowInput: {},
  vars: {},
  globals: {},
  secret: (name: string): string => {
    throw new WwiseFlowError('INVALID_INPUT', `The secret "${name}" cannot be read for an item.`, {
      hint: 'Name "item" and "index" only.',
    });
  },
};
