import { answerList, cutNotice, readListCursor } from '../../core/answers/answer-list.ts';
import type { CursorScope } from '../../core/answers/cursor.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Plan } from '../compiler/plan.ts';
import type { Explanation } from './explain-plan.ts';

/** An explanation as an answer: as many steps as fit, with a cursor to the next. Throws INVALID_INPUT for a foreign cursor. */
export function showExplanation(
  { workflowId, planHash }: Plan,
  { about, inputs, steps }: Explanation,
  cursor: string | undefined,
): JsonObject {
  const scope: CursorScope = ['workflow_explain', planHash];
  const offset = cursor === undefined ? 0 : readListCursor(scope, cursor, ['steps']).offset;
  const page = answerList(scope, 'steps', steps, offset);
  const notices = cutNotice('steps', page, 'workflow_explain');
  return {
    workflowId,
    ...(cursor === undefined ? { about: [...about] } : {}),
    ...(cursor === undefined && inputs.length > 0 ? { inputs: [...inputs] } : {}),
    steps: [...page.rows],
    cursor: page.cursor,
    ...(notices.length === 0 ? {} : { notices }),
  };
}
