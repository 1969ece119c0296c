import { WwiseFlowError } from '../../core/errors.ts';
import type { RunRecord, RunStore } from '../../core/stores/run-store.ts';
import { didYouMean } from '../../core/text/nearest.ts';

/** A run of the journal. Rejects with RUN_NOT_FOUND with the nearest known. */
export async function knownRun(
  store: Pick<RunStore, 'get' | 'list'>,
  executionId: string,
): Promise<RunRecord> {
  const record = await store.get(executionId);
  if (record !== undefined) return record;
  const ids = (await store.list({ limit: 200 })).map((head) => head.executionId);
  throw new WwiseFlowError(
    'RUN_NOT_FOUND',
    `No run has the executionId "${executionId}".${didYouMean(executionId, ids)}`,
    { hint: 'Look for it in the list of runs.', details: { executionId, latest: ids.slice(0, 5) } },
  );
}
