import type { Json } from '../../../core/json.ts';
import type { JsonTypeName } from '../cel/compilation.ts';
import type { Evaluation } from '../cel/evaluation.ts';

/** `numbers`: a number, or a list of them; `sized`: a text, a list or an object. */
export type ParameterType = 'any' | 'number' | 'text' | 'list' | 'object' | 'numbers' | 'sized';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly isOptional?: boolean;
  /** The last one, and as many more as are given. */
  readonly isRest?: boolean;
}

/** A function that expressions may call, as `name(a, b)` or as `a.name(b)`. Pure: the same arguments give the same value. */
export interface ExpressionFunction {
  readonly name: string;
  /** Other names it goes by, those of CEL among them. */
  readonly aliases?: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly returns: JsonTypeName | 'any';
  /** What it gives, as one sentence, with units. */
  readonly gives: string;
  /** A call and its value: a test evaluates it, the page of the functions prints it. */
  readonly example: readonly [expression: string, value: Json];
  /** The arguments are of the types of the parameters. Throws by `evaluationError`. */
  run(args: readonly Json[], call: FunctionCall): Json;
}

/** Where a call stands: what it costs is counted there, and errors name it. */
export interface FunctionCall {
  readonly evaluation: Evaluation;
  readonly offset: number;
  readonly name: string;
}
