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
  /** RFC 6901 JSON pointer to the position in the document. */
  readonly pointer: string;
  /** Where in the text at the pointer, in UTF-16 units from 0; left out where it is about all of it. */
  readonly offset?: number;
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

/** An answer of more problems than this helps nobody; the count is given. */
const problemLimit = 100;

/** What is said of so many problems is made for nobody: the search ends there. */
const mostCounted = 1_000;

/** Thrown by a report when there are too many problems to look for more. */
export class TooManyProblems extends Error {}

/** A report into a list. Throws TooManyProblems when the list is full. */
export function reportInto(problems: Problem[]): Report {
  return (problem) => {
    if (problems.push(problem) >= mostCounted) throw new TooManyProblems();
  };
}

/**
 * All problems as one error. Its code is the problems' own when they all agree, CYCLE when a cycle comes first,
 * otherwise WORKFLOW_INVALID. `details` holds `problems` (at most 100) and `problemCount` (1,000 for any larger number).
 */
export function workflowError(problems: readonly Problem[]): WwiseFlowError {
  const [first] = problems;
  const others = problems.length >= mostCounted ? `${mostCounted} or more` : `${problems.length - 1} more`;
  const more = problems.length > 1 ? ` (and ${others}: see details.problems)` : '';
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
  'NOT_IN_PROFILE',
  'SCHEMA_INVALID',
  'SCHEMA_MISMATCH',
  'POLICY_VIOLATED',
  'PRESET_NOT_FOUND',
]);

function sharedCode(problems: readonly Problem[]): ErrorCode {
  const first = problems[0]?.code ?? 'WORKFLOW_INVALID';
  if (first === 'CYCLE') return first;
  return ownCodes.has(first) && problems.every(({ code }) => code === first) ? first : 'WORKFLOW_INVALID';
}
