import { Argument, type Command } from 'commander';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { callbackEvents } from '../../core/stores/callback-store.ts';
import { DEFAULT_WORKSPACE } from '../../core/stores/stores.ts';
import { runCount, workspaceName } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

const callbackActions = ['add', 'list', 'remove', 'deliveries', 'retry'] as const;

/** `callback`: addresses that `serve` notifies of runs. Its action throws INVALID_INPUT where nothing is named. */
export function addCallback(program: Command, choose: Choose): void {
  program
    .command('callback')
    .description(
      'have `serve` notify an address when a run ends or waits; list and remove such addresses, and what was sent',
    )
    .addArgument(new Argument('<action>', 'what to do').choices(callbackActions))
    .argument('[what]', 'add: the address; remove, deliveries, retry: the id, as list names it')
    .option('--secret <name>', 'add: the name of the secret that signs what is sent')
    .option('--only <event>', `add: only ${callbackEvents.join(' or only ')}`)
    .option('--name <text>', 'who it is')
    .option('--workspace <name>', 'of whose runs', workspaceName, DEFAULT_WORKSPACE)
    .option('--limit <count>', 'deliveries: how many, the newest first', runCount, 20)
    .option('--json', 'print JSON')
    .action((asked: unknown, what: unknown, given: unknown) => {
      const { secret, only, name, workspace, limit, json } = asJsonObject(given);
      const action = callbackActions.find((known) => known === asked) ?? 'list';
      if (action !== 'list' && what === undefined) throw nothingNamed(action);
      if (action === 'add' && secret === undefined) throw noSecret();
      const events = callbackEvents.filter((event) => only === undefined || event === only);
      if (events.length === 0) throw noEvent(String(only));
      choose({
        ...{ kind: 'callback', action, what: asString(what) ?? '', name: asString(name), events },
        ...{ secretName: asString(secret) ?? '', workspace: String(workspace) },
        ...{ limit: Number(limit), json: json === true },
      });
    });
}

function nothingNamed(action: string): WwiseFlowError {
  const [what, hint] =
    action === 'add'
      ? ['the address to notify', 'Write https://HOST/PATH.']
      : ['the id of the callback', 'See the ids with `wwiseflow callback list`.'];
  return new WwiseFlowError('INVALID_INPUT', `callback ${action} needs ${what}.`, { hint });
}

function noSecret(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'callback add needs --secret: what is sent is signed.', {
    hint: 'Set WWISEFLOW_SECRET_CALLBACK where `serve` runs, and say --secret CALLBACK.',
  });
}

function noEvent(event: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `There is no event "${event.slice(0, 100)}".`, {
    hint: `It is one of ${callbackEvents.join(', ')}.`,
  });
}
