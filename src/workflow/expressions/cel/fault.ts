import type { ErrorCode } from '../../../core/errors.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';

/** What is wrong with the text of an expression. */
export interface Fault {
  readonly code: ErrorCode;
  /** One sentence or two, with the offending word. */
  readonly message: string;
  /** In the text of the expression, in UTF-16 units from 0. */
  readonly offset: number;
  /** What would have been valid. */
  readonly expected?: string;
  /** Words that were perhaps meant, best first. */
  readonly candidates?: readonly string[];
}

/** Thrown by the compilation of an expression. */
export class ExpressionFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'ExpressionFault';
    this.fault = fault;
  }
}

/** A word that is none of the known ones. */
export function unknownNameFault(
  what: string,
  word: string,
  known: readonly string[],
  offset: number,
): Fault {
  const candidates = nearest(word, known);
  return {
    code: 'UNRESOLVED_REFERENCE',
    message: `There is no ${what} "${word}".${didYouMean(word, known)}`,
    offset,
    expected: `one of: ${known.join(', ')}`,
    ...(candidates.length === 0 ? {} : { candidates }),
  };
}
