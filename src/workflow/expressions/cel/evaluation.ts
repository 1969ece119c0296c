import { WwiseFlowError } from '../../../core/errors.ts';
import { isJsonObject, type Json } from '../../../core/json.ts';
import type { LinearPattern } from '../../../core/text/linear-pattern.ts';
import type { ExpressionScope } from '../scope.ts';

/** One evaluation of an expression. */
export interface Evaluation {
  readonly source: string;
  readonly scope: ExpressionScope;
  /** What it may still cost, in steps of which a million take some tens of milliseconds. */
  left: number;
  /** Values of the variables of map(), filter() and the like, by their depth. */
  readonly locals: Json[];
  /** Regular expressions that were compiled for it, by their source. */
  readonly patterns: Map<string, LinearPattern>;
}

export function startEvaluation(source: string, scope: ExpressionScope): Evaluation {
  return { source, scope, left: mostSteps, locals: [], patterns: new Map() };
}

/** Throws INVALID_INPUT where the evaluation has cost as much as one may. */
export function spend(evaluation: Evaluation, steps: number, offset: number): void {
  evaluation.left -= steps;
  const { budget } = evaluation.scope;
  if (budget !== undefined) budget.left -= steps;
  if (evaluation.left < 0 || (budget !== undefined && budget.left < 0))
    throw new BudgetSpent(evaluation.source, offset);
}

/** Steps that a text of this length costs whoever goes through it. */
export function stepsOfText(length: number): number {
  return 1 + length / charactersPerStep;
}

/** An error about a part of an expression: INVALID_INPUT unless it says otherwise. */
export function evaluationError(
  { source }: Pick<Evaluation, 'source'>,
  offset: number,
  message: string,
  hint: string,
  code: 'INVALID_INPUT' | 'UNRESOLVED_REFERENCE' = 'INVALID_INPUT',
): WwiseFlowError {
  return new WwiseFlowError(code, `{{ ${shown(source)} }}: ${message}`, {
    hint,
    details: { expression: source, offset },
  });
}

/** The type of a value as messages call it. */
export function typeName(value: Json): string {
  if (value === null) return 'null (nothing is there)';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

const mostSteps = 1_000_000;
const charactersPerStep = 32;

/** Of its own class, so that `||` and `&&`, which forgive errors, do not forgive this one. */
export class BudgetSpent extends WwiseFlowError {
  constructor(source: string, offset: number) {
    super('INVALID_INPUT', `{{ ${shown(source)} }}: it takes too much work to evaluate and was stopped.`, {
      hint: `An expression has ${mostSteps} steps, of which a text of ${charactersPerStep} characters and each item of a list take one or more: go through a shorter list or text, or put fewer expressions into one node.`,
      details: { expression: source, offset },
    });
  }
}

function shown(source: string): string {
  const text = source.trim();
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
