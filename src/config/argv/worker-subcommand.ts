import type { Command } from 'commander';
import { asJsonObject } from '../../core/json.ts';
import { jobCount, jobSeconds, port, runCount, takeOverSeconds } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

/** `worker`: takes runs from the queue that machines share. */
export function addWorker(program: Command, choose: Choose): void {
  program
    .command('worker')
    .description(
      'take runs from the queue in --redis and execute them on --project or --wwise; with the --database of those who begin them, or their --state on one machine; may be killed at any moment',
    )
    .option('--concurrency <jobs>', 'how many jobs at once; what they change takes turns anyway', runCount, 4)
    .option(
      '--take-over-after <seconds>',
      'how long a worker that is gone is waited for',
      takeOverSeconds,
      10,
    )
    .option(
      '--job-timeout <seconds>',
      'how long an attempt at a job may take before it is stopped',
      jobSeconds,
      600,
    )
    .option(
      '--max-jobs-per-minute <jobs>',
      'how many jobs all workers of this queue begin in a minute',
      jobCount,
    )
    .option('--health-port <port>', 'answer GET /health and /metrics on this port', port)
    .option('--health-host <address>', 'of this address of the machine', '127.0.0.1')
    .action((given: unknown) => {
      const { concurrency, takeOverAfter, jobTimeout, healthPort, healthHost, maxJobsPerMinute } =
        asJsonObject(given);
      choose({
        kind: 'worker',
        concurrency: Number(concurrency),
        takeOverAfterMs: Number(takeOverAfter) * 1000,
        attemptMs: Number(jobTimeout) * 1000,
        mostPerMinute: maxJobsPerMinute === undefined ? null : Number(maxJobsPerMinute),
        healthHost: String(healthHost),
        healthPort: healthPort === undefined ? null : Number(healthPort),
      });
    });
}
