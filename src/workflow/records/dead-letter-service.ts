import { errorCodes, WwiseFlowError } from '../../core/errors.ts';
import { type Result, success } from '../../core/result.ts';
import type { Job } from '../../core/stores/job-store.ts';
import type { Answer } from '../answered.ts';
import type { DeadLetters, ExecutedElsewhere } from '../runtime/executed-elsewhere.ts';
import { isErrorCode } from '../runtime/journal/read-journal.ts';

/** What workers could not do: jobs that failed for good wait here until somebody decides. */
export interface DeadLetterService {
  /** `{ deadLetters }`, the newest first, each with its reason. */
  list(limit: number): Promise<Result>;
  /** Has a worker do one again, from where its journal stands: what was done is not repeated. */
  retry(executionId: string, caller: string): Promise<Result>;
  /** Takes one off the list; its run stays as it is. */
  discard(executionId: string): Promise<Result>;
}

/** Dead letters where workers execute the runs. Where none do there are none: to settle one fails with INVALID_INPUT. */
export function createDeadLetterService(
  elsewhere: Pick<ExecutedElsewhere, 'deadLetters' | 'resume'> | undefined,
  answer: Answer,
): DeadLetterService {
  const queue = (): Pick<ExecutedElsewhere, 'deadLetters' | 'resume'> => {
    if (elsewhere !== undefined) return elsewhere;
    throw new WwiseFlowError('INVALID_INPUT', 'This process has no queue: it executes its runs itself.', {
      hint: 'Dead letters are jobs of workers: start with --redis and --database. A failed run is resumed with workflow_resume.',
    });
  };
  return {
    list: (limit) =>
      answer(async () => {
        const found = (await elsewhere?.deadLetters.list(limit)) ?? [];
        return success({ deadLetters: found.map(shownLetter) });
      }),
    retry: (executionId, caller) =>
      answer(async () => {
        const { deadLetters, resume } = queue();
        await checkDead(deadLetters, executionId);
        await resume(executionId, { caller });
        return success({ executionId, state: 'waiting' });
      }),
    discard: (executionId) =>
      answer(async () => {
        const { deadLetters } = queue();
        if (!(await deadLetters.discard(executionId))) throw notDead(executionId);
        return success({ executionId, state: 'discarded' });
      }),
  };
}

async function checkDead(deadLetters: DeadLetters, executionId: string): Promise<void> {
  if (!(await deadLetters.has(executionId))) throw notDead(executionId);
}

function shownLetter({ id, queue, attempts, takeovers, code, error, submittedAtMs, endedAtMs }: Job) {
  const means = isErrorCode(code) ? errorCodes[code].means : null;
  return { executionId: id, queue, attempts, takeovers, code, error, means, submittedAtMs, endedAtMs };
}

function notDead(executionId: string): WwiseFlowError {
  return new WwiseFlowError('NOT_FOUND', `No job "${executionId.slice(0, 100)}" is dead.`, {
    hint: 'List those that are: the tool dead_letters, GET /dead-letters or wwiseflow jobs list --dead.',
    details: { executionId: executionId.slice(0, 100) },
  });
}
