import { functionGroups } from '../../expressions/functions/catalog.ts';
import type { ExpressionFunction, Parameter } from '../../expressions/functions/expression-function.ts';

/** A function of expressions as an author of them sees it. */
export type FunctionName = {
  readonly name: string;
  /** `padZero(number, digits)`: what may be left out has a question mark. */
  readonly signature: string;
  /** What it gives, in one sentence. */
  readonly gives: string;
};

/** Every function that expressions may call, in the order in which pages list them. */
export function functionNamesFor(): readonly FunctionName[] {
  return functionGroups.flatMap(({ functions }) => functions.map(described));
}

function described({ name, parameters, gives }: ExpressionFunction): FunctionName {
  return { name, signature: `${name}(${parameters.map(shown).join(', ')})`, gives };
}

function shown({ name, isOptional, isRest }: Parameter): string {
  return `${name}${isOptional === true ? '?' : ''}${isRest === true ? ', ...' : ''}`;
}
