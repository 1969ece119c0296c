import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { spend, stepsOfText } from '../cel/evaluation.ts';
import type { FunctionCall } from './expression-function.ts';

/** Arguments are of the types of their parameters when a function gets them; these read them as such. */
export function numberArg(args: readonly Json[], index: number, otherwise = 0): number {
  const value = args[index];
  return typeof value === 'number' ? value : otherwise;
}

/** Counts what going through the text costs. */
export function textArg(args: readonly Json[], index: number, call: FunctionCall, otherwise = ''): string {
  const value = args[index];
  if (typeof value !== 'string') return otherwise;
  spend(call.evaluation, stepsOfText(value.length), call.offset);
  return value;
}

/** Counts what going through the list costs. */
export function listArg(args: readonly Json[], index: number, call: FunctionCall): readonly Json[] {
  const value = args[index];
  if (!Array.isArray(value)) return [];
  spend(call.evaluation, value.length, call.offset);
  return value;
}

export function objectArg(args: readonly Json[], index: number, call: FunctionCall): JsonObject {
  const value = args[index];
  if (!isJsonObject(value)) return {};
  spend(call.evaluation, Object.keys(value).length, call.offset);
  return value;
}

/** The numbers among the arguments and in their lists. */
export function numbersIn(args: readonly Json[], { evaluation, offset }: FunctionCall): readonly number[] {
  const numbers = args.flat().filter((value): value is number => typeof value === 'number');
  spend(evaluation, numbers.length, offset);
  return numbers;
}
