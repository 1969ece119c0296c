import { type ErrorCode, WwiseFlowError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';

/** One step of an RFC 6902 JSON Patch against the workflow document. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string };

/** Something in a workflow document that keeps it from compiling. */
export type Problem = {
  readonly code: ErrorCode;
  /** What is wrong, with the offending value. */
  readonly message: string;
  /** RFC 6901 JSON pointer to the place in the document. */
  readonly pointer: string;
  /** The node concerned. */
  readonly node?: string;
  /** What would have been valid. */
  readonly expected?: string;
  /** Valid values most like the one given, best first. For AMBIGUOUS_INPUT: the candidates. */
  readonly didYouMean?: readonly string[];
  /** A change that would settle this problem. */
  readonly suggestion?: readonly PatchOperation[];
};

/** Takes in a problem; the compiler goes on and finds the next. */
export type Report = (problem: Problem) => void;

/** An answer of more problems than this helps nobody; the count is always given. */
const problemLimit = 100;

/**
 * All problems as one error. Its code is the problems' own when they all agree, CYCLE when a cycle comes first,
 * otherwise WORKFLOW_INVALID. `details` holds `problems` (at most 100) and `problemCount`.
 */
export function workflowError(problems: readonly Problem[]): WwiseFlowError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more: see details.problems)` : '';
  const details: JsonObject = { problems: problems.slice(0, problemLimit), problemCount: problems.length };
  const message = first === undefined ? 'The workflow does not compile.' : `${first.message}${more}`;
  return new WwiseFlowError(sharedCode(problems), message, {
    hint:
      problems.length > 1
        ? 'Repair every entry of details.problems (pointer says where, suggestion how), then compile again.'
        : 'Repair it at details.problems[0].pointer (suggestion says how when there is one way), then compile again.',
    details,
  });
}

const ownCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CYCLE',
  'MISSING_INPUT',
  'AMBIGUOUS_INPUT',
  'UNRESOLVED_REFERENCE',
  'UNKNOWN_COMMAND',
]);

function sharedCode(problems: readonly Problem[]): ErrorCode {
  const first = problems[0]?.code ?? 'WORKFLOW_INVALID';
  if (first === 'CYCLE') return first;
  return ownCodes.has(first) && problems.every(({ code }) => code === first) ? first : 'WORKFLOW_INVALID';
}
