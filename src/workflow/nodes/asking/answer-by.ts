import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import { parseMoment } from './parse-moment.ts';
import type { Awaited } from './question.ts';

/** 366 days. */
const LONGEST_WAIT_MS = 366 * 86_400_000;

/** Until when an answer can come, as a document has it. */
export const answerByField = z
  .union([
    z.number().min(1).max(LONGEST_WAIT_MS),
    z
      .string()
      .max(40)
      .refine((text) => parseMoment(text) !== undefined, 'must be a time with an offset'),
  ])
  .optional()
  .describe(
    'Until when an answer can come: milliseconds from the first question on, or ISO 8601 with an offset. Then the node fails ' +
      'with TIMEOUT. Left out: it waits for as long as the run is kept.',
  );

/** The moment that stands for, in milliseconds since 1970: as it was for the first question. Undefined: none. */
export function answerByMsOf(
  answerBy: number | string | undefined,
  awaited: Awaited | undefined,
  nowMs: number,
): number | undefined {
  if (awaited?.for === 'answer') return awaited.question.answerByMs;
  return typeof answerBy === 'number' ? nowMs + answerBy : parseMoment(answerBy ?? '');
}

export function declinedError(prompt: string): WwiseFlowError {
  return new WwiseFlowError('DECLINED', 'Whoever was asked declined to answer.', {
    hint: 'Draw an edge from the error port to go on without the answer, or run it again to ask again.',
    details: { prompt: prompt.slice(0, 500) },
  });
}

export function unansweredError(prompt: string, answerByMs: number): WwiseFlowError {
  const until = new Date(answerByMs).toISOString();
  return new WwiseFlowError('TIMEOUT', `No answer came until ${until}.`, {
    hint: 'Resume the run with `from` this node to ask again, with a later answerBy or without one.',
    details: { prompt: prompt.slice(0, 500), until },
  });
}
