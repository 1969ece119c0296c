import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import type { Failure } from '../../core/result.ts';
import { cyan, dim, line, red } from './draw/paint.ts';
import type { Print } from './print.ts';

/** A failure as every facade gives it. */
export interface Trouble {
  readonly code: string;
  readonly error: string;
  readonly hint: string;
  readonly details?: JsonObject | undefined;
}

/** Prints what happened, every problem it lists, and what to do. */
export function printTrouble({ code, error, hint, details }: Trouble, print: Print): void {
  print(line`${red(`✗ ${code}`)}  ${error}`);
  const problems = asJsonArray(details?.problems).map(asJsonObject);
  if (problems.length > 1) {
    for (const problem of problems) {
      const position = asString(problem.pointer) ?? asString(problem.path) ?? '';
      print(line`  ${dim(position.padEnd(20))} ${asString(problem.message) ?? ''}`);
    }
  }
  print(line`  ${cyan('→')} ${hint}`);
}

/** What a service refused, as the error that ends this program. */
export function refusedError({ code, error, hint, details }: Failure): WwiseFlowError {
  return new WwiseFlowError(code, error, { hint, details });
}
