import { WwiseFlowError } from '../../core/errors.ts';
import type { Job, JobStore } from '../../core/stores/job-store.ts';
import { DEFAULT_WORKSPACE } from '../../core/stores/stores.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import type { Print } from './print.ts';

export interface JobsRequest {
  readonly action: 'list' | 'retry' | 'discard';
  /** Of the job to retry or to discard. */
  readonly id: string;
  readonly isDead: boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** Lists jobs, or says what becomes of a dead one. Exit code 0. Throws INVALID_INPUT for one that is not dead. */
export async function runJobs(
  { action, id, isDead, limit, json }: JobsRequest,
  jobs: JobStore,
  service: WorkflowService,
  print: Print,
): Promise<number> {
  if (action === 'list') {
    const found = await jobs.list({
      workspace: DEFAULT_WORKSPACE,
      ...(isDead ? { state: 'dead' as const } : {}),
      limit,
    });
    if (json) print(JSON.stringify(found));
    else for (const job of found) print(inALine(job));
    if (!json && found.length === 0) print(isDead ? 'No job failed for good.' : 'There are no jobs.');
    return 0;
  }
  const job = await jobs.get(id);
  if (job?.state !== 'dead' || job.workspace !== DEFAULT_WORKSPACE) throw notDead(id);
  if (action === 'discard') await jobs.discard(id);
  else {
    const resumed = await service.resume(id, { caller: 'cli', waitMs: 0 });
    if (!resumed.ok) throw new WwiseFlowError(resumed.code, resumed.error, { hint: resumed.hint });
  }
  print(action === 'discard' ? `${id} is discarded.` : `${id} waits for a worker.`);
  return 0;
}

function inALine({ id, state, queue, attempts, code, error }: Job): string {
  const why = code === null ? '' : `  ${code}: ${error ?? ''}`;
  return `${id}  ${state}  queue ${queue}  ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}${why}`;
}

function notDead(id: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `No job "${id}" failed for good.`, {
    hint: 'See those that did with `wwiseflow jobs list --dead`.',
    details: { id },
  });
}
