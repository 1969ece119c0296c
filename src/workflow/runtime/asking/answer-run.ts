import { toWwiseFlowError } from '../../../core/errors.ts';
import { type Result, success, withNotices } from '../../../core/result.ts';
import type { AnswerRecord, RunRecord, RunStore } from '../../../core/stores/run-store.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { readPlan } from '../journal/read-plan.ts';
import { readUnrolled, unrolledPlan } from '../loops/read-unrolled.ts';
import type { RunnerParts, RunOptions } from '../run-request.ts';
import type { Standings } from '../sessions/standings.ts';
import type { StartedRun } from '../started-run.ts';
import { alreadyAnswered, type GivenAnswer, questionOfAnswer } from './question-of-answer.ts';

/** Who takes up a run that was answered. */
export interface AnswerParts extends Pick<RunnerParts, 'artifacts'> {
  readonly store: RunStore;
  readonly standings: Standings;
  known(executionId: string): Promise<RunRecord>;
  /** Hands an answer to a run that this process executes; undefined where it does not. */
  toLive(executionId: string, answer: AnswerRecord, options: AnswerOptions): StartedRun | undefined;
  resume(executionId: string, options: AnswerOptions): Promise<StartedRun>;
  asks(node: PlanNode): boolean;
  now(): number;
}

export type AnswerOptions = Pick<RunOptions, 'onEvent' | 'caller'>;

/**
 * Keeps the answer to a question of a run, power-safe, and goes on with the run where that can be done here. What keeps it from
 * that is a notice: the answer stays. Rejects with what `questionOfAnswer` throws, and where another answer was first.
 */
export async function answerRun(
  executionId: string,
  given: GivenAnswer,
  options: AnswerOptions,
  parts: AnswerParts,
): Promise<StartedRun> {
  const { store } = parts;
  const record = await parts.known(executionId);
  const [{ nodes: journal }, answers] = await Promise.all([
    parts.standings.of(executionId),
    store.answers(executionId),
  ]);
  const plan = unrolledPlan(readPlan(record), await readUnrolled(journal, parts.artifacts));
  const askers = plan.nodes.filter(parts.asks).map(({ id }) => id);
  const { id: question, node, isOpen, value } = questionOfAnswer({ record, journal, answers, askers }, given);
  const { isDeclined = false } = given;
  const caller = options.caller ?? null;
  const answer: AnswerRecord = { question, node, value, isDeclined, caller, atMs: parts.now() };
  if (!(await store.answer(executionId, answer))) throw alreadyAnswered(executionId, question);
  const live = parts.toLive(executionId, answer, options);
  if (live !== undefined) return live;
  if (!isOpen) return kept(record, [`The answer is kept until "${node}" asks.`]);
  try {
    return await parts.resume(executionId, options);
  } catch (thrown) {
    const { message, hint } = toWwiseFlowError(thrown);
    return kept(await parts.known(executionId), [
      `The answer is kept. Here nobody goes on: ${message} ${hint}`,
    ]);
  }
}

/** Whether one of these questions has its answer by now. */
export async function hasAnswer(
  store: Pick<RunStore, 'answers'>,
  executionId: string,
  questions: readonly string[],
): Promise<boolean> {
  if (questions.length === 0) return false;
  return (await store.answers(executionId)).some(({ question }) => questions.includes(question));
}

function kept(record: RunRecord, notices: readonly string[]): StartedRun {
  const { executionId, workflowId, planHash, state } = record;
  const result: Result = success({ executionId, workflowId, planHash, state, results: [] });
  return { executionId, done: Promise.resolve(withNotices(result, notices)) };
}
