import { type Command, Option } from 'commander';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { clientCount, collectList, port, seconds, strings } from './argument-values.ts';
import { reportsSaid, withReports } from './report-options.ts';
import type { Choose } from './subcommand.ts';

/** `waapi-server`, `new`, `check` and `lint`: what is done with a project. */
export function addProjectSubcommands(program: Command, choose: Choose): void {
  addWaapiServer(program, choose);
  addNew(program, choose);
  addCheck(program, choose);
  addLint(program, choose);
}

/** Option names and defaults are those of WwiseConsole, so that scripts written for it work here. */
function addWaapiServer(program: Command, choose: Choose): void {
  program
    .command('waapi-server')
    .description('serve a project to any WAAPI client; option names are those of WwiseConsole')
    .argument(
      '[project.wproj]',
      'the project to open; without one, that of --project; without either, a client opens it',
    )
    .option('--wamp-port <port>', 'WAMP over WebSocket; 0 switches it off', port, 8080)
    .option('--http-port <port>', 'HTTP POST; 0 switches it off', port, 8090)
    .option(
      '--allowed-origin <origin>',
      'a web origin that may connect; repeatable or comma-separated',
      collectList,
    )
    .option('--allowed-addr <address>', 'an address that may connect (default: 127.0.0.1)', collectList)
    .option('--wamp-max-clients <count>', 'WAMP clients at once, 0 to 100', clientCount, 5)
    .option('--http-max-clients <count>', 'HTTP clients at once, 0 to 100', clientCount, 2)
    .option(
      '--watchdog-timeout <seconds>',
      'end with exit code 1 when no call came for so long; 0: never',
      seconds,
      0,
    )
    .option('--allow-migration', 'accepted and not needed: an older project is worked on in its own version')
    .option('--no-source-control', 'do not use git')
    .option('--quiet', 'print nothing and log errors only')
    .option('--verbose', 'log everything')
    .action((projectPath: string | undefined, given: unknown) => {
      const options = asJsonObject(given);
      const addresses = strings(options.allowedAddr);
      if (Number(options.wampPort) === 0 && Number(options.httpPort) === 0) throw nothingServed();
      choose({
        kind: 'waapi-server',
        projectPath: projectPath ?? null,
        wampPort: Number(options.wampPort) || null,
        httpPort: Number(options.httpPort) || null,
        allowedOrigins: strings(options.allowedOrigin),
        allowedAddresses: addresses.length === 0 ? ['127.0.0.1'] : addresses,
        wampMaxClients: Number(options.wampMaxClients),
        httpMaxClients: Number(options.httpMaxClients),
        watchdogTimeoutMs: Number(options.watchdogTimeout) * 1000,
        sourceControl: options.sourceControl !== false,
        loudness: options.quiet === true ? 'quiet' : options.verbose === true ? 'verbose' : 'usual',
      });
    });
}

function nothingServed(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', '--wamp-port 0 and --http-port 0 leave nothing to serve.', {
    hint: 'Leave one of the two on.',
  });
}

function addNew(program: Command, choose: Choose): void {
  program
    .command('new')
    .description('create an empty Wwise 2025.1 project')
    .argument('<project.wproj>', 'where to write it')
    .action((projectPath: string) => choose({ kind: 'new', projectPath }));
}

function addCheck(program: Command, choose: Choose): void {
  withReports(program.command('check'))
    .description(
      'read every file of a project, write it again in memory and report every byte that would differ',
    )
    .argument('<project.wproj>', 'the project to check')
    .option('--json', 'print JSON')
    .action((projectPath: string, options: unknown) =>
      choose({
        ...{ kind: 'check', projectPath, json: asJsonObject(options).json === true },
        reports: reportsSaid(asJsonObject(options)),
      }),
    );
}

const severities = ['error', 'warning', 'info', 'never'] as const;

function addLint(program: Command, choose: Choose): void {
  withReports(program.command('lint'))
    .description('check the project of --project or --wwise by its rules; exit 1: something fails')
    .option('--rules <file>', 'a JSON file with rules, as project_lint takes it')
    .option('--only <rules>', 'only these rules; repeatable or comma-separated', collectList)
    .addOption(
      new Option('--fail-on <severity>', 'from which severity on a finding fails')
        .choices(severities)
        .default('error'),
    )
    .option('--json', 'print JSON')
    .action((given: unknown) => {
      const options = asJsonObject(given);
      choose({
        ...{ kind: 'lint', rulesPath: asString(options.rules), only: strings(options.only) },
        failOn: severities.find((severity) => severity === options.failOn) ?? 'error',
        ...{ json: options.json === true, reports: reportsSaid(options) },
      });
    });
}
