import { Argument, type Command, Option } from 'commander';
import { hookSignatures } from '../../core/access/hook.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { DEFAULT_WORKSPACE } from '../../core/stores/stores.ts';
import { dayCount, workspaceName } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

const hookActions = ['add', 'list', 'remove'] as const;

/** `hook`: addresses of `serve` at which others start a workflow. Its action throws INVALID_INPUT where nothing is named. */
export function addHook(program: Command, choose: Choose): void {
  program
    .command('hook')
    .description('make, list and remove the webhooks of `serve`, each of which starts one workflow')
    .addArgument(new Argument('<action>', 'what to do').choices(hookActions))
    .argument('[what]', 'add: the workflowId; remove: the id, as list names it')
    .option('--name <text>', 'what it is for')
    .option('--workspace <name>', 'whose workflow it starts', workspaceName, DEFAULT_WORKSPACE)
    .option('--days <count>', 'it expires after so many days; 0: never', dayCount, 0)
    .option('--signed', 'deliveries must be signed with a secret, shown once')
    .addOption(
      new Option(
        '--signature <form>',
        'how they are signed: as Standard Webhooks, or as a service does it',
      ).choices(hookSignatures),
    )
    .option(
      '--secret-env <variable>',
      'they are signed with what this variable holds, as Stripe and Slack made it',
    )
    .addOption(
      new Option(
        '--preset <name>',
        'they are signed as this preset says, with the secret that it names',
      ).conflicts(['signed', 'signature', 'secretEnv']),
    )
    .option('--json', 'print JSON')
    .action((asked: unknown, what: unknown, given: unknown) => {
      const { name, workspace, days, signed, signature, secretEnv, preset, json } = asJsonObject(given);
      const action = hookActions.find((known) => known === asked) ?? 'list';
      if (action !== 'list' && what === undefined) throw nothingNamed(action);
      choose({
        ...{ kind: 'hook', action, what: asString(what), name: asString(name) },
        workspace: String(workspace),
        days: Number(days) === 0 ? null : Number(days),
        signature: hookSignatures.find((form) => form === signature) ?? (signed === true ? 'standard' : null),
        secretEnv: asString(secretEnv),
        preset: asString(preset),
        json: json === true,
      });
    });
}

function nothingNamed(action: 'add' | 'remove'): WwiseFlowError {
  const [what, hint] =
    action === 'add'
      ? ['the workflowId of the workflow to start', 'Name one of the library, or an example.']
      : ['the id of the webhook', 'See the ids with `wwiseflow hook list`.'];
  return new WwiseFlowError('INVALID_INPUT', `hook ${action} needs ${what}.`, { hint });
}
