import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import { drawQuestion, drawRun } from './draw/draw-run.ts';
import { type Print, printAnswer } from './print.ts';
import { printRun, type RunParts } from './run.ts';
import { refusedError } from './trouble.ts';

/** An answer to what a run asks; without one, what it asks is shown. */
export interface AnswerToGive {
  readonly executionId: string;
  readonly text: string | undefined;
  readonly data: Json | undefined;
  readonly decline: boolean;
  readonly question: string | undefined;
  readonly node: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

/**
 * Answers a question of a run and goes on with it. Exit code 0: done, 1: failed, 3: it waits for more. Throws what the service
 * refuses.
 */
export async function answerQuestion(given: AnswerToGive, parts: RunParts, print: Print): Promise<number> {
  const service = await parts.openService();
  const { executionId, text, data, decline, question, node } = given;
  const value = data ?? text;
  if (value === undefined && !decline) return showQuestions(given, service, parts, print);
  const status = await service.status(executionId);
  if (!status.ok) throw refusedError(status);
  const draw = drawRun(Math.max(0, ...status.data.nodes.map(({ node: id }) => id.length)), print);
  const begun = await service.answer(
    executionId,
    { question, node, value, isDeclined: decline },
    { caller: 'cli', ...(given.json ? {} : { onEvent: draw }) },
  );
  return printRun(begun, service, parts, given, print);
}

async function showQuestions(
  { executionId, json, verbose }: AnswerToGive,
  service: WorkflowService,
  { openBus }: RunParts,
  print: Print,
): Promise<number> {
  const status = await service.status(executionId);
  if (!status.ok) throw refusedError(status);
  const { state, waiting = [] } = status.data;
  const data: JsonObject = { executionId, state, waiting };
  if (json) await printAnswer({ ok: true, data, error: null, code: null }, { verbose, openBus }, print);
  else if (waiting.length === 0) print('It asks nothing at the moment.');
  else for (const asked of asJsonArray(data.waiting).filter(isJsonObject)) drawQuestion(asked, print);
  return state === 'suspended' ? 3 : 0;
}
