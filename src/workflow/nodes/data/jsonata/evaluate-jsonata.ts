import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json } from '../../../../core/json.ts';
import { parseJsonSteps } from '../../../../core/parse-json-steps.ts';
import { inTurns } from '../../../../core/turns/turns.ts';
import { createFairQueue } from './fair-queue.ts';
import { type JsonataThread, startThread } from './jsonata-thread.ts';

/** How long an evaluation may take, and who may end it before. */
export interface EvaluationBounds {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** The run that asks: of each one expression is evaluated at a time. */
  readonly run: string;
}

/**
 * The value of a JSONata expression for an input; undefined where it has none. It is evaluated in a thread of its own, with a
 * bound on time and memory: an expression may loop for ever. A few runs evaluate at once, so that none waits for all that
 * another one has to evaluate. Throws TIMEOUT, CANCELLED, PAYLOAD_TOO_LARGE, and
 * INVALID_INPUT for what cannot be evaluated.
 */
export function evaluateJsonata(
  expression: string,
  input: Json,
  bounds: EvaluationBounds,
): Promise<Json | undefined> {
  return inTurn(bounds.run, () => evaluateNow(expression, input, bounds));
}

/** Each may take as much memory as one may. */
const MOST_THREADS = 3;
const inTurn = createFairQueue(MOST_THREADS);
/** Kept for the next ones: to start a thread takes longer than most expressions do. */
const idle: JsonataThread[] = [];

async function evaluateNow(
  expression: string,
  input: Json,
  { timeoutMs, signal }: EvaluationBounds,
): Promise<Json | undefined> {
  const isCancelled = (): boolean => signal?.aborted === true;
  if (isCancelled()) throw cancelled();
  const thread = idle.pop() ?? (await startThread());
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const answer = await thread.ask({ expression, input, mostCharacters: MOST_CHARACTERS }, both);
  clearTimeout(timer);
  if (answer.kind === 'ended') {
    if (isCancelled()) throw cancelled();
    throw stop.signal.aborted ? tookTooLong(expression, timeoutMs) : outOfMemory(expression, answer.why);
  }
  idle.push(thread);
  if (answer.kind === 'tooLarge') throw tooLarge(answer.characters);
  if (answer.kind === 'wrong') throw wrong(expression, answer.message, answer.position);
  if (answer.isNothing) return undefined;
  return inTurns(parseJsonSteps(answer.text));
}

/** Of the JSON text of a value. */
const MOST_CHARACTERS = 10_000_000;

function tookTooLong(expression: string, timeoutMs: number): WwiseFlowError {
  return new WwiseFlowError(
    'TIMEOUT',
    `The JSONata took longer than its limit of ${timeoutMs} ms and was stopped.`,
    {
      hint: 'Raise "timeoutMs" of the operation (at most 60000), look for a recursion without an end, or hand in fewer items.',
      details: { expression, timeoutMs },
    },
  );
}

function outOfMemory(expression: string, why: string): WwiseFlowError {
  return new WwiseFlowError('PAYLOAD_TOO_LARGE', `The JSONata needs more memory than it may: ${why}.`, {
    hint: 'Hand in fewer items, or keep less of each: pick the fields before.',
    details: { expression },
  });
}

function tooLarge(characters: number): WwiseFlowError {
  return new WwiseFlowError(
    'PAYLOAD_TOO_LARGE',
    `The JSONata gives ${characters} characters of JSON, and ${MOST_CHARACTERS} are the most.`,
    { hint: 'Keep less of each item, or fewer items.', details: { characters } },
  );
}

function wrong(expression: string, message: string, position: number | undefined): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `The JSONata cannot be evaluated: ${message}.`, {
    hint: 'Mend the expression; workflow_test_node tries a node on a value at once.',
    details: { expression, ...(position === undefined ? {} : { position }) },
  });
}

function cancelled(): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'It was cancelled before its JSONata had a value.', {
    hint: 'Nothing was changed by it: run it again.',
  });
}
