import { WwiseFlowError } from '../../../core/errors.ts';
import type { AnswerRecord } from '../../../core/stores/run-store.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import {
  type Awaited,
  type AwaitedAnswer,
  questionId,
  type WantedAnswer,
  wakeAtMsOf,
} from '../../nodes/asking/question.ts';

/** The questions of one run while it is executed, and their answers as they come. */
export interface Questions {
  /** The answer to what a node waits for, when it has come. */
  answerTo(awaited: Awaited | undefined): AnswerRecord | undefined;
  /** The same, for a node that goes on with it: what it asks next is another question. */
  take(awaited: Awaited | undefined): AnswerRecord | undefined;
  /** What was asked in an earlier part of the run and is still open: the node need not run again for it. */
  stillOpen(awaited: Awaited | undefined): Awaited | undefined;
  /** What a node waits for that asks. One that had no answer asks the same question again, in other words maybe. */
  asked(node: string, wanted: WantedAnswer, before: Awaited | undefined): AwaitedAnswer;
  /** An answer has come, and is kept. */
  put(answer: AnswerRecord): void;
  /** Calls back when the answer to a question comes. */
  onAnswer(question: string, work: () => void): void;
}

/** `known`: the answers that are kept. `asked`: how many questions a node has asked in earlier parts of the run. */
export function createQuestions(
  known: readonly AnswerRecord[],
  asked: (node: string) => number,
  now: () => number,
): Questions {
  const answers = new Map(known.map((answer) => [answer.question, answer]));
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const answerTo: Questions['answerTo'] = (awaited) =>
    awaited?.for === 'answer' ? answers.get(awaited.question.id) : undefined;
  return {
    answerTo,
    stillOpen: (awaited) => {
      if (awaited?.for !== 'answer' || answers.has(awaited.question.id)) return undefined;
      const atMs = wakeAtMsOf(awaited);
      return atMs === null || atMs > now() ? awaited : undefined;
    },
    take: (awaited) => {
      const answer = answerTo(awaited);
      if (answer !== undefined) taken.add(answer.question);
      return answer;
    },
    asked: (node, { asks, ...wanted }, before) => {
      if (before?.for === 'answer' && !taken.has(before.question.id)) {
        const { id, sinceMs } = before.question;
        return { ...wanted, question: { ...asks, id, sinceMs } };
      }
      const number = (numbers.get(node) ?? asked(node)) + 1;
      numbers.set(node, number);
      return { ...wanted, question: { ...asks, id: questionId(node, number), sinceMs: now() } };
    },
    put: (answer) => {
      answers.set(answer.question, answer);
      waiting.get(answer.question)?.();
    },
    onAnswer: (question, work) => {
      waiting.set(question, () => {
        waiting.delete(question);
        work();
      });
    },
  };
}

export function nobodyAnswers({ id, type }: PlanNode): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `"${id}" (${type}) asks, and a run that is not kept cannot wait.`,
    {
      hint: 'Run it with a store of runs.',
      details: { node: id },
    },
  );
}
