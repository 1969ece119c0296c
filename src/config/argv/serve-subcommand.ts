import { Argument, type Command, Option } from 'commander';
import { isLoopback } from '../../core/access/loopback.ts';
import { accessScopes } from '../../core/access/token.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { DEFAULT_WORKSPACE } from '../../core/stores/stores.ts';
import { collectList, dayCount, port, strings, workspaceName } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

/** `serve` and `view`: everything over HTTP. Their actions throw INVALID_INPUT for a host beyond this machine without tokens. */
export function addServe(program: Command, choose: Choose): void {
  program
    .command('serve')
    .description('serve the page, REST and MCP over HTTP, on this machine unless another --host is given')
    .option('--port <port>', 'where to listen; 0: any free port', port, 4710)
    .option('--host <address>', 'the address to listen on; beyond this machine only with --auth', '127.0.0.1')
    .option(
      '--allowed-host <name>',
      'a name by which clients may ask for this server; repeatable or comma-separated',
      collectList,
    )
    .option('--auth', 'every request needs a bearer token')
    .option('--open', 'show the page in a browser')
    .action((given: unknown) => {
      const { host: asked, port: wanted, auth, open, allowedHost } = asJsonObject(given);
      const host = String(asked);
      if (auth !== true && !isLoopback(host)) throw openToOthers(host);
      choose({
        kind: 'serve',
        host,
        port: Number(wanted),
        allowedHosts: strings(allowedHost),
        auth: auth === true,
        open: open === true,
      });
    });
  program
    .command('view')
    .description('show a run or a workflow on the page, in a browser; this server ends with Ctrl+C')
    .argument('<what>', 'the id of a run, the id of a workflow in the library, or a .json file')
    .option('--port <port>', 'where to listen; 0: any free port', port, 0)
    .option('--no-open', 'print the address only')
    .action((shows: unknown, given: unknown) => {
      const { port: wanted, open } = asJsonObject(given);
      const here = { host: '127.0.0.1', allowedHosts: [], auth: false };
      choose({ kind: 'serve', ...here, port: Number(wanted), open: open !== false, shows: String(shows) });
    });
}

function openToOthers(host: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `--host ${host} would let everybody who reaches this machine change the project.`,
    { hint: 'Add --auth, so that every request needs a token, or listen on 127.0.0.1.', details: { host } },
  );
}

const tokenActions = ['add', 'list', 'remove'] as const;

/** `token`: who may use a server that was started with --auth. */
export function addToken(program: Command, choose: Choose): void {
  program
    .command('token')
    .description('make, list and remove the bearer tokens of `serve`; a new one is shown once')
    .addArgument(new Argument('<action>', 'what to do').choices(tokenActions))
    .argument('[id]', 'the token to remove, as list names it')
    .option('--name <text>', 'what it is for')
    .option('--workspace <name>', 'the one workspace it opens', workspaceName, DEFAULT_WORKSPACE)
    .addOption(
      new Option('--scope <scope>', 'read: look, run: change the project too, admin: everything')
        .choices(accessScopes)
        .default('run'),
    )
    .option('--days <count>', 'it expires after so many days; 0: never', dayCount, 90)
    .option('--json', 'print JSON')
    .action((asked: unknown, id: unknown, given: unknown) => {
      const { name, workspace, scope, days, json } = asJsonObject(given);
      const action = tokenActions.find((known) => known === asked) ?? 'list';
      if (action === 'remove' && id === undefined) throw noToken();
      choose({
        ...{ kind: 'token', action, id: asString(id), name: asString(name) },
        workspace: String(workspace),
        scope: accessScopes.find((known) => known === scope) ?? 'read',
        days: Number(days) === 0 ? null : Number(days),
        json: json === true,
      });
    });
}

function noToken(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'token remove needs the id of the token.', {
    hint: 'See the ids with `wwiseflow token list`.',
  });
}
