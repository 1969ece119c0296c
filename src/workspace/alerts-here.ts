import type { Config } from '../config/config.ts';
import { type Alert, alertsOf, readThresholds } from '../core/health/thresholds.ts';
import { diskUse } from './disk-use.ts';
import type { Storage } from './storage.ts';

/**
 * What somebody should look at, on this machine and among the jobs that it shares. Rejects with INVALID_INPUT for thresholds that
 * cannot be read.
 */
export async function alertsHere(
  { thresholdsPath, stateDir, queueName }: Pick<Config, 'thresholdsPath' | 'stateDir' | 'queueName'>,
  storage: Pick<Storage, 'openJobs'>,
  requestP95Ms: number | undefined,
): Promise<readonly Alert[]> {
  const thresholds = readThresholds(thresholdsPath);
  // A database that does not answer is what the calls that need it say.
  const counts = async () => (await storage.openJobs())?.counts(queueName, Date.now() - HOUR_MS);
  const jobs = await counts().catch(() => undefined);
  return alertsOf({ requestP95Ms, jobs, storageRatio: diskUse(stateDir) }, thresholds);
}

const HOUR_MS = 3_600_000;
