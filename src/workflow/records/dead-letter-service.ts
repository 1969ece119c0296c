import { errorCodes, WwiseFlowError } from '../../core/errors.ts';
import { type Result, success } from '../../core/result.ts';
import type { Job } from '../../core/stores/job-store.ts';
import type { Answer } from '../answered.ts';
import type { ExecutedElsewhere } from '../runtime/executed-elsewhere.ts';
import { isErrorCode } from '../runtime/journal/read-journal.ts';

/** What workers could not do: jobs that failed for good wait here until somebody decides. */
export interface DeadLetterService {
  /** `{ deadLetters }`: at most 10,000, the newest first, each with its reason. */
  list(): Promise<Result>;
  /** Has a worker do one again, from where its journal stands: what was done is not repeated. */
  retry(executionId: string, caller: string): Promise<Result>;
  /** Takes one off the list; its run stays as it is. */
  discard(executionId: string): Promise<Result>;
}

const MOST_LETTERS = 10_000;

/** Dead letters where workers execute the runs. Where none do there are none. */
export function createDeadLetterService(
  elsewhere: Pick<ExecutedElsewhere, 'deadLetters' | 'resume'> | undefined,
  answer: Answer,
): DeadLetterService {
  return {
    list: () =>
      answer(async () => {
        const found = (await elsewhere?.deadLetters.list(MOST_LETTERS)) ?? [];
        return success({ deadLetters: found.map(shownLetter) });
      }),
    retry: (executionId, caller) =>
      answer(async () => {
        if (elsewhere === undefined) throw notDead(executionId, ownRuns);
        if (!(await elsewhere.deadLetters.has(executionId))) throw notDead(executionId);
        await elsewhere.resume(executionId, { caller });
        return success({ executionId, state: 'waiting' });
      }),
    discard: (executionId) =>
      answer(async () => {
        if (elsewhere === undefined) throw notDead(executionId, ownRuns);
        if (!(await elsewhere.deadLetters.discard(executionId))) throw notDead(executionId);
        return success({ executionId, state: 'discarded' });
      }),
  };
}

const listThem =
  'List those that are: the tool dead_letters, GET /dead-letters or wwiseflow jobs list --dead.';

/** Why there are none where no worker is. */
const ownRuns =
  'This process executes its runs itself; jobs of workers need --redis or --database. A failed run is resumed with workflow_resume.';

function shownLetter({ id, queue, attempts, takeovers, code, error, submittedAtMs, endedAtMs }: Job) {
  const means = isErrorCode(code) ? errorCodes[code].means : null;
  return { executionId: id, queue, attempts, takeovers, code, error, means, submittedAtMs, endedAtMs };
}

function notDead(executionId: string, hint = listThem): WwiseFlowError {
  return new WwiseFlowError('NOT_FOUND', `No job "${executionId.slice(0, 100)}" is dead.`, {
    hint,
    details: { executionId: executionId.slice(0, 100) },
  });
}
