import type { Json } from '../../core/json.ts';
import { type Read, type RootName, startCompilation, type ValueTypes } from './cel/compilation.ts';
import { compileNode } from './cel/compile-node.ts';
import { startEvaluation } from './cel/evaluation.ts';
import { parseCel } from './cel/parse-cel.ts';
import type { ExpressionScope } from './scope.ts';

/** A compiled CEL expression. Frozen; the same text always gives the same one, so it may be kept. */
export interface Expression {
  readonly source: string;
  /** What it reads, as far as the text says: a path ends where an index is computed. In the order of the text. */
  readonly reads: readonly Read[];
  /** It is nothing but one read, and stands for what is there. */
  readonly isRead: boolean;
  /** Every name of the scope it uses; `user` counts as `vars`. */
  readonly names: ReadonlySet<RootName>;
  /** What is known of the value without evaluating it. */
  readonly types: ValueTypes;
  /**
   * Its value. The same scope gives the same value, in bounded time.
   * Throws UNRESOLVED_REFERENCE for a node that gave nothing, and INVALID_INPUT where values do not fit an operator or a function,
   * or where it takes too much.
   */
  evaluate(scope: ExpressionScope): Json;
}

/**
 * Compiles the text between `{{` and `}}`. Throws ExpressionFault for what does not parse and for names and functions that do not
 * exist, with the offset in the text.
 */
export function compileExpression(source: string): Expression {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const expression = compile(source);
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(source, expression);
  return expression;
}

/** The same text stands in many nodes, and is met again by each phase and by the run. */
const compiled = new Map<string, Expression>();
const mostKept = 5_000;

function compile(source: string): Expression {
  const { root, idAt } = parseCel(source);
  const compilation = startCompilation(source, idAt, compileNode);
  const { run, types } = compileNode(root, compilation);
  const reads = Object.freeze([...compilation.reads].sort((one, other) => one.offset - other.offset));
  return Object.freeze({
    source,
    reads,
    isRead: isNothingBut(source, reads),
    names: new Set(reads.map(({ name }) => name)),
    types,
    evaluate: (scope: ExpressionScope) => run(startEvaluation(source, scope)),
  });
}

function isNothingBut(source: string, reads: readonly Read[]): boolean {
  const [only, another] = reads;
  if (only === undefined || another !== undefined) return false;
  return source.slice(only.offset, only.end) === source.trim();
}
