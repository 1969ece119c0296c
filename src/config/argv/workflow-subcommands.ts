import { type Command, Option } from 'commander';
import { asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import { runsWanted } from '../../core/run-states.ts';
import { dayCount, jsonObject, jsonValue, megabytes, runCount } from './argument-values.ts';
import { reportsSaid, withReports } from './report-options.ts';
import type { Choose } from './subcommand.ts';

/** `run`, `runs`, `resume`, `answer`, `rollback`, `gc` and `template`. */
export function addWorkflowSubcommands(program: Command, choose: Choose): void {
  addRun(program, choose);
  addRuns(program, choose);
  addTemplate(program, choose);
  addAnswer(program, choose);
}

function addRun(program: Command, choose: Choose): void {
  withReports(program.command('run'))
    .description('run a workflow file; exit 0: done, 1: a node failed, 2: the workflow is invalid')
    .argument('<flow.json>', 'the workflow, as React Flow JSON')
    .option('--plan', 'only compile it and show the plan')
    .option('--diff', 'with --plan: try it on a copy of the project and show what would change')
    .addOption(
      new Option('--mode <mode>', 'preview is --plan --diff; demo is so too, with the mocks of its nodes')
        .choices(['run', 'plan', 'preview', 'demo'])
        .default('run'),
    )
    .option('--input <json>', 'values of the inputs it declares, as a JSON object', jsonObject)
    .option('--force-rerun', 'do every node again, whatever the memo holds')
    .option('--json', 'print JSON')
    .option('--verbose', withBookkeeping)
    .action((flowPath: string, given: unknown) => {
      const options = asJsonObject(given);
      choose({
        kind: 'run',
        flowPath,
        mode: modeOf(options),
        input: asJsonObject(options.input),
        forceRerun: options.forceRerun === true,
        json: options.json === true,
        verbose: options.verbose === true,
        reports: reportsSaid(options),
      });
    });
}

const withBookkeeping = 'with --json: also keys, hashes, durations and counts of calls';

/** `--diff` alone means what `--plan --diff` says. */
function modeOf({ plan, diff, mode }: JsonObject): 'run' | 'plan' | 'preview' | 'demo' {
  if (mode === 'demo') return 'demo';
  if (diff === true || mode === 'preview') return 'preview';
  return plan === true || mode === 'plan' ? 'plan' : 'run';
}

function addRuns(program: Command, choose: Choose): void {
  program
    .command('runs')
    .description('list the runs of workflows, the newest first')
    .option('--limit <count>', 'at most so many, 1 to 200', runCount, 20)
    .addOption(
      new Option('--run-state <state>', 'only runs in this state; as --state waiting too').choices(
        runsWanted,
      ),
    )
    .option('--json', 'print JSON')
    .option('--verbose', withBookkeeping)
    .action((given: unknown) => {
      const { limit, runState, json, verbose } = asJsonObject(given);
      const wanted = runsWanted.find((known) => known === runState);
      choose({
        kind: 'runs',
        limit: Number(limit),
        state: wanted,
        json: json === true,
        verbose: verbose === true,
      });
    });
  program
    .command('resume')
    .description(
      'go on with a run that failed, was cancelled or was interrupted; exit 0: done, 1: a node failed',
    )
    .argument('<execution-id>', 'the run, as `wwiseflow runs` lists it')
    .option('--flow <flow.json>', 'the workflow as it is now, when it was corrected')
    .option('--from <node>', 'do this node and everything after it again')
    .option('--json', 'print JSON')
    .option('--verbose', withBookkeeping)
    .action((executionId: string, given: unknown) => {
      const { flow, from, json, verbose } = asJsonObject(given);
      const texts = { flowPath: asString(flow), from: asString(from) };
      choose({ kind: 'resume', executionId, ...texts, json: json === true, verbose: verbose === true });
    });
  program
    .command('rollback')
    .description(
      'roll back what a run did, and save a project given by --project; exit 0: nothing of it is left, 1: something is',
    )
    .argument('<execution-id>', 'the run, as `wwiseflow runs` lists it')
    .option('--json', 'print JSON')
    .option('--verbose', withBookkeeping)
    .action((executionId: string, given: unknown) => {
      const { json, verbose } = asJsonObject(given);
      choose({ kind: 'rollback', executionId, json: json === true, verbose: verbose === true });
    });
  program
    .command('gc')
    .description('forget old runs and audit records, and artifacts beyond a size')
    .option('--days <count>', 'what is older than so many days goes', dayCount, 90)
    .option(
      '--max-artifacts-mb <size>',
      'artifacts of runs that are over go too, the oldest first, until all take at most so many megabytes',
      megabytes,
    )
    .option('--memo', 'memo entries too: what they stand for is then no longer recognised')
    .option('--json', 'print JSON')
    .action((given: unknown) => {
      const { days, memo, json, maxArtifactsMb } = asJsonObject(given);
      const mostBytes = maxArtifactsMb === undefined ? null : Number(maxArtifactsMb) * 1_000_000;
      choose({ kind: 'gc', days: Number(days), memo: memo === true, mostBytes, json: json === true });
    });
}

function addTemplate(program: Command, choose: Choose): void {
  program
    .command('template')
    .description('print the workflow that comes of a template, for `run`; without a name list the templates')
    .argument('[name]', 'the template, as the list names it')
    .option('--input <json>', 'values of its inputs, as a JSON object', jsonObject)
    .option('--workflow-id <id>', 'the workflowId of what is made')
    .option('--json', 'print the whole answer, or the list, as JSON')
    .action((name: unknown, given: unknown) => {
      const { input, workflowId, json } = asJsonObject(given);
      choose({
        kind: 'template',
        template: asString(name),
        input: input === undefined ? undefined : asJsonObject(input),
        workflowId: asString(workflowId),
        json: json === true,
      });
    });
}

function addAnswer(program: Command, choose: Choose): void {
  program
    .command('answer')
    .description(
      'answer what a run asks and go on with it; without an answer show what it asks; exit 0: done, 1: failed, 3: it waits for more',
    )
    .argument('<execution-id>', 'the run, as `wwiseflow runs --state waiting` lists it')
    .argument('[text]', 'the answer, in words; after -- where it begins with -')
    .option('--data <json>', 'instead: the answer as data of the schema of the question', jsonValue)
    .option('--decline', 'instead: decline to answer')
    .option('--question <id>', 'the question, where several are open')
    .option('--node <id>', 'the node, to answer ahead what it will ask')
    .option('--json', 'print JSON')
    .option('--verbose', withBookkeeping)
    .action((executionId: string, text: unknown, given: unknown) => {
      const { data, decline, question, node, json, verbose } = asJsonObject(given);
      choose({
        kind: 'answer',
        executionId,
        ...{ text: asString(text), data, decline: decline === true },
        ...{ question: asString(question), node: asString(node) },
        ...{ json: json === true, verbose: verbose === true },
      });
    });
}
