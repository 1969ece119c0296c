import { isJsonObject, type Json } from '../../../core/json.ts';
import type { ExpressionFunction, ParameterType } from '../functions/expression-function.ts';
import { type Evaluation, evaluationError, typeName } from './evaluation.ts';
import { ExpressionFault } from './fault.ts';

/** How a function is called: `round(x, digits?)`. */
export function callSignature({ parameters }: ExpressionFunction, name: string): string {
  const written = parameters.map(({ name: parameter, isOptional, isRest }) =>
    isRest === true ? `${parameter}...` : isOptional === true ? `${parameter}?` : parameter,
  );
  return `${name}(${written.join(', ')})`;
}

/** Throws ExpressionFault where a call has too few or too many arguments. */
export function checkCount(found: ExpressionFunction, name: string, count: number, offset: number): void {
  const { parameters } = found;
  const least = parameters.filter(({ isOptional }) => isOptional !== true).length;
  const most = parameters.some(({ isRest }) => isRest === true)
    ? Number.POSITIVE_INFINITY
    : parameters.length;
  if (count >= least && count <= most) return;
  throw new ExpressionFault({
    code: 'WORKFLOW_INVALID',
    message: `${name}() takes ${least === most ? least : `${least} or more`} argument(s), not ${count}: ${callSignature(found, name)}.`,
    offset,
    expected: callSignature(found, name),
  });
}

/** Throws INVALID_INPUT where a value is not what a parameter takes. */
export function checkArgumentTypes(
  found: ExpressionFunction,
  name: string,
  values: readonly Json[],
  evaluation: Evaluation,
  offset: number,
): void {
  for (const [index, value] of values.entries()) {
    const parameter = found.parameters[Math.min(index, found.parameters.length - 1)];
    if (parameter === undefined || fits[parameter.type](value)) continue;
    const message = `${name}() takes ${inWords[parameter.type]} for ${parameter.name}, not ${typeName(value)}.`;
    const hint =
      value === null
        ? `It is called as ${callSignature(found, name)}. Write default(x, ...) around what may be missing.`
        : `It is called as ${callSignature(found, name)}. toText(x) and toNumber(x) convert.`;
    throw evaluationError(evaluation, offset, message, hint);
  }
}

const fits: Readonly<Record<ParameterType, (value: Json) => boolean>> = {
  any: () => true,
  number: (value) => typeof value === 'number',
  text: (value) => typeof value === 'string',
  list: Array.isArray,
  object: isJsonObject,
  numbers: (value) =>
    typeof value === 'number' || (Array.isArray(value) && value.every((item) => typeof item === 'number')),
  sized: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
};

const inWords: Readonly<Record<ParameterType, string>> = {
  any: 'any value',
  number: 'a number',
  text: 'a text',
  list: 'a list',
  object: 'an object',
  numbers: 'numbers or a list of numbers',
  sized: 'a text, a list or an object',
};
