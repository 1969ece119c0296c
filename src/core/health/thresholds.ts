import { z } from 'zod';
import { WwiseFlowError } from '../errors.ts';
import { readRegularFile } from '../files/regular-file.ts';
import type { JobCounts } from '../stores/job-store.ts';

/** From where on somebody should look. A member that is left out has the usual value; null switches it off. */
const thresholdsShape = z.strictObject({
  /** The 95th percentile of what requests took lately, in milliseconds. */
  requestP95Ms: z.number().positive().nullable().default(500),
  /** How long the oldest due job has waited, in milliseconds. */
  jobWaitMs: z.number().positive().nullable().default(600_000),
  /** Of the jobs of the last hour that succeeded, 0 to 1; of ten jobs or more. */
  jobSuccessRatio: z.number().min(0).max(1).nullable().default(0.9),
  /** Of the jobs of the last hour that failed, 0 to 1; of any number. */
  jobFailureRatio: z.number().min(0).max(1).nullable().default(0.5),
  /** Jobs that are due and wait. */
  queueLength: z.number().int().min(0).nullable().default(50),
  /** Of the disk of the state directory in use, 0 to 1. */
  storageRatio: z.number().min(0).max(1).nullable().default(0.9),
});

export type Thresholds = z.infer<typeof thresholdsShape>;

/** Something that somebody should look at. */
export interface Alert {
  readonly kind: keyof Thresholds;
  readonly message: string;
  readonly value: number;
  readonly threshold: number;
}

/** What was measured; what is left out cannot be measured here. */
export interface Measured {
  readonly requestP95Ms?: number | undefined;
  readonly jobs?: JobCounts | undefined;
  readonly storageRatio?: number | undefined;
}

/** The thresholds of a JSON file; undefined: the usual ones. Throws INVALID_INPUT or FILE_UNREADABLE. */
export function readThresholds(filePath: string | undefined): Thresholds {
  if (filePath === undefined) return thresholdsShape.parse({});
  let value: unknown;
  try {
    value = JSON.parse(readRegularFile(filePath, LARGEST_BYTES).toString('utf8'));
  } catch (cause) {
    if (cause instanceof WwiseFlowError) throw cause;
    throw wrong(filePath, cause instanceof Error ? cause.message : String(cause));
  }
  const parsed = thresholdsShape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw wrong(
    filePath,
    parsed.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`).join('; '),
  );
}

/** What somebody should look at, the same things in the same order. */
export function alertsOf(
  { requestP95Ms, jobs, storageRatio }: Measured,
  limits: Thresholds,
): readonly Alert[] {
  const alerts: Alert[] = [];
  const over = (kind: keyof Thresholds, value: number | undefined, message: string, isOver = true): void => {
    const threshold = limits[kind];
    if (value !== undefined && threshold !== null && isOver && value > threshold)
      alerts.push({ kind, message, value, threshold });
  };
  over(
    'requestP95Ms',
    requestP95Ms,
    `Requests take ${Math.round(requestP95Ms ?? 0)} ms at the 95th percentile.`,
  );
  if (jobs !== undefined) {
    const { ended, failed, waiting, longestWaitMs } = jobs;
    const lost = `${failed} of ${ended} jobs of the last hour failed.`;
    over('jobFailureRatio', ended === 0 ? 0 : failed / ended, lost);
    const success = ended === 0 ? 1 : (ended - failed) / ended;
    const least = limits.jobSuccessRatio;
    const isSaid = alerts.some(({ kind }) => kind === 'jobFailureRatio');
    if (least !== null && ended >= FEW_JOBS && success < least && !isSaid)
      alerts.push({ kind: 'jobSuccessRatio', message: lost, value: success, threshold: least });
    over('queueLength', waiting, `${waiting} jobs are due and wait for a worker.`);
    over('jobWaitMs', longestWaitMs, `A job has waited for ${Math.round(longestWaitMs / 1000)} s.`);
  }
  const percent = Math.round((storageRatio ?? 0) * 100);
  over(
    'storageRatio',
    storageRatio,
    `The disk of the state directory is ${percent} % full: wwiseflow gc --days 30.`,
  );
  return alerts;
}

/** Of fewer than these a ratio says little. */
const FEW_JOBS = 10;
const LARGEST_BYTES = 1_000_000;

function wrong(filePath: string, reason: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `The thresholds in "${filePath}" are wrong: ${reason}.`, {
    hint: `A JSON object with ${Object.keys(thresholdsShape.shape).join(', ')}; each a number, or null for none.`,
    details: { filePath },
  });
}
