import { Argument, type Command } from 'commander';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { runCount } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

const jobActions = ['list', 'retry', 'discard'] as const;

/** `jobs`: what workers have to do, and what failed for good. Its action throws INVALID_INPUT without the id it needs. */
export function addJobs(program: Command, choose: Choose): void {
  program
    .command('jobs')
    .description(
      'list the jobs of workers; have a dead one done again, or discard it; needs --redis, and the --database of the workers where they have one',
    )
    .addArgument(new Argument('<action>', 'what to do').choices(jobActions))
    .argument('[id]', 'the job to retry or to discard: the id of its run')
    .option('--dead', 'list only those that failed for good')
    .option('--limit <count>', 'how many, the newest first', runCount, 20)
    .option('--json', 'print JSON')
    .action((asked: unknown, id: unknown, given: unknown) => {
      const { dead, limit, json } = asJsonObject(given);
      const action = jobActions.find((known) => known === asked) ?? 'list';
      if (action !== 'list' && id === undefined) throw noJob(action);
      const how = { isDead: dead === true, limit: Number(limit), json: json === true };
      choose({ kind: 'jobs', action, id: asString(id) ?? '', ...how });
    });
}

/** `diagnose`: why a run stands as it does. */
export function addDiagnose(program: Command, choose: Choose): void {
  program
    .command('diagnose')
    .description(
      'say why a run stands as it does, who executes it, and what to do; exit 1: something is wrong',
    )
    .argument('<executionId>', 'the run')
    .option('--json', 'print JSON')
    .action((executionId: string, given: unknown) =>
      choose({ kind: 'diagnose', executionId, json: asJsonObject(given).json === true }),
    );
}

function noJob(action: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `jobs ${action} needs the id of the job.`, {
    hint: 'See the ids with `wwiseflow jobs list --dead`.',
  });
}
