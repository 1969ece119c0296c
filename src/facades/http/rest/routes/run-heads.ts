import { asString } from '../../../../core/json.ts';
import type { Result } from '../../../../core/result.ts';
import type { AnswerHead } from '../../answers/http-answer.ts';
import { sessionHeaders } from './session-routes.ts';

/** 202 for a run that goes on, and where to look for it, whether it goes on or has ended. */
export function runHead(result: Result): AnswerHead {
  const said = result.ok ? result.data : (result.details ?? {});
  const executionId = asString(said.executionId);
  if (executionId === undefined) return {};
  const goesOn = result.ok && (said.state === 'running' || said.state === 'suspended');
  return {
    status: goesOn ? 202 : 200,
    headers: { location: `/executions/${executionId}`, ...sessionHeaders(executionId) },
  };
}
