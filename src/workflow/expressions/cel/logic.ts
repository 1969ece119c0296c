import type { Json } from '../../../core/json.ts';
import type { Compilation, Compiled } from './compilation.ts';
import { BudgetSpent, type Evaluation, evaluationError, spend, typeName } from './evaluation.ts';
import type { CelNode } from './parse-cel.ts';

type Pair = readonly [CelNode, CelNode];

export function compileOr(pair: Pair, compilation: Compilation): Compiled {
  return compileLogic(true, pair, compilation);
}

export function compileAnd(pair: Pair, compilation: Compilation): Compiled {
  return compileLogic(false, pair, compilation);
}

/** As CEL has it: a side that decides does so, even where the other one fails. */
function compileLogic(decides: boolean, [left, right]: Pair, compilation: Compilation): Compiled {
  const one = compilation.compile(left, compilation);
  const other = compilation.compile(right, compilation);
  return {
    types: ['boolean'],
    run: (evaluation) => {
      spend(evaluation, 1, left.start);
      let first: boolean;
      try {
        first = truth(one.run(evaluation), left, evaluation);
      } catch (thrown) {
        if (thrown instanceof BudgetSpent) throw thrown;
        if (truth(other.run(evaluation), right, evaluation) === decides) return decides;
        throw thrown;
      }
      return first === decides ? decides : truth(other.run(evaluation), right, evaluation);
    },
  };
}

function truth(value: Json, node: CelNode, evaluation: Evaluation): boolean {
  if (typeof value === 'boolean') return value;
  const message = `&& and || take true or false, not ${typeName(value)}.`;
  throw evaluationError(evaluation, node.start, message, 'Compare it: x != null, x > 0, x == "yes".');
}
