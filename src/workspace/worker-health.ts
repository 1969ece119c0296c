import { createServer } from 'node:http';
import { WwiseFlowError } from '../core/errors.ts';
import { alertsOf, type Thresholds } from '../core/health/thresholds.ts';
import type { JobCounts, JobStore } from '../core/stores/job-store.ts';
import type { JobWorker } from '../jobs/worker.ts';
import { diskUse } from './disk-use.ts';

export interface WorkerHealth {
  readonly jobs: JobStore;
  readonly queueName: string;
  readonly thresholds: Thresholds;
  readonly stateDir: string;
  worker(): JobWorker | undefined;
}

/**
 * `GET /health` (200: the database answers; 503: it does not) and `GET /metrics`. A worker that waits for its
 * lane is well: another one works.
 */
export async function serveWorkerHealth(
  { port, host }: { readonly port: number; readonly host: string },
  health: WorkerHealth,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = request.url === '/metrics' ? metricsOf(health) : stateOf(health);
    answer.then(
      ({ status, type, text }) => response.writeHead(status, { 'content-type': type }).end(text),
      () => response.writeHead(503, { 'content-type': 'application/json' }).end('{"status":"failing"}'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(host, port, cause)));
    server.listen(port, host, () => resolve());
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const HOUR_MS = 3_600_000;

async function stateOf({ jobs, queueName, worker, thresholds, stateDir }: WorkerHealth) {
  const counts = await jobs.counts(queueName, Date.now() - HOUR_MS);
  const lane = worker()?.lane.hold() ?? null;
  const active = worker()?.active() ?? 0;
  const alerts = alertsOf({ jobs: counts, storageRatio: diskUse(stateDir) }, thresholds);
  const state = {
    status: alerts.length === 0 ? 'ok' : 'degraded',
    queue: queueName,
    lane,
    active,
    jobs: counts,
    alerts,
  };
  return { status: 200, type: 'application/json', text: JSON.stringify(state) };
}

async function metricsOf({ jobs, queueName, worker }: WorkerHealth) {
  const counts = await jobs.counts(queueName, Date.now() - HOUR_MS);
  return { status: 200, type: 'text/plain; version=0.0.4', text: metricsText(counts, queueName, worker()) };
}

/** What a worker knows of its queue and of itself, as Prometheus reads it. */
export function metricsText(counts: JobCounts, queueName: string, worker: JobWorker | undefined): string {
  const { waiting, active, dead, ended, failed, longestWaitMs } = counts;
  const values: readonly (readonly [name: string, help: string, value: number])[] = [
    ['wwiseflow_jobs_waiting', 'Jobs that are due and wait for a worker.', waiting],
    ['wwiseflow_jobs_active', 'Jobs that workers execute.', active],
    ['wwiseflow_jobs_dead', 'Jobs that failed for good and were not discarded.', dead],
    ['wwiseflow_jobs_ended_last_hour', 'Jobs that ended in the last hour.', ended],
    ['wwiseflow_jobs_failed_last_hour', 'Jobs of the last hour that failed for good.', failed],
    ['wwiseflow_jobs_longest_wait_seconds', 'How long the oldest job has been due.', longestWaitMs / 1000],
    [
      'wwiseflow_worker_lane_held',
      '1 while this worker holds its lane.',
      worker?.lane.hold() === undefined ? 0 : 1,
    ],
    ['wwiseflow_worker_active', 'Jobs that this worker executes.', worker?.active() ?? 0],
  ];
  const label = `{queue="${queueName.replace(/["\\\n]/g, '')}"}`;
  const text = values.map(
    ([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name}${label} ${value}\n`,
  );
  return text.join('');
}

function portTaken(host: string, port: number, cause: unknown): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `Port ${port} of ${host} cannot be listened on.`, {
    hint: 'Choose another --health-port.',
    details: { port },
    cause,
  });
}
