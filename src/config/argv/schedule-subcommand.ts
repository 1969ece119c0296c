import { Argument, type Command } from 'commander';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { DEFAULT_WORKSPACE } from '../../core/stores/stores.ts';
import { jsonObject, runCount, workspaceName } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

const scheduleActions = ['add', 'list', 'remove', 'history'] as const;

/** `schedule`: workflows that `serve` begins by itself. Its action throws INVALID_INPUT where nothing is named. */
export function addSchedule(program: Command, choose: Choose): void {
  program
    .command('schedule')
    .description(
      'have `serve` begin a workflow at certain times; list and remove such schedules, and what came of them',
    )
    .addArgument(new Argument('<action>', 'what to do').choices(scheduleActions))
    .argument('[what]', 'add: the workflowId; remove, history: the id, as list names it')
    .option('--cron <fields>', 'minute, hour, day of the month, month, day of the week, as "0 9 * * 1-5"')
    .option('--time-zone <name>', 'in whose time these are, as Europe/Rome', 'UTC')
    .option('--input <json>', "values of the workflow's inputs, as a JSON object", jsonObject, {})
    .option('--name <text>', 'what it is for')
    .option('--workspace <name>', 'whose workflow it begins', workspaceName, DEFAULT_WORKSPACE)
    .option('--limit <count>', 'history: how many, the newest first', runCount, 20)
    .option('--json', 'print JSON')
    .action((asked: unknown, what: unknown, given: unknown) => {
      const { cron, timeZone, input, name, workspace, limit, json } = asJsonObject(given);
      const action = scheduleActions.find((known) => known === asked) ?? 'list';
      if (action !== 'list' && what === undefined) throw nothingNamed(action);
      if (action === 'add' && cron === undefined) throw noTimes();
      choose({
        ...{ kind: 'schedule', action, what: asString(what) ?? '', name: asString(name) },
        ...{ cron: asString(cron) ?? '', timeZone: String(timeZone), input: asJsonObject(input) },
        ...{ workspace: String(workspace), limit: Number(limit), json: json === true },
      });
    });
}

function nothingNamed(action: string): WwiseFlowError {
  const [what, hint] =
    action === 'add'
      ? ['the workflowId of the workflow to begin', 'Name one of the library, or an example.']
      : ['the id of the schedule', 'See the ids with `wwiseflow schedule list`.'];
  return new WwiseFlowError('INVALID_INPUT', `schedule ${action} needs ${what}.`, { hint });
}

function noTimes(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'schedule add needs --cron.', {
    hint: 'As --cron "0 9 * * *" --time-zone Europe/Rome: each day at nine.',
  });
}
