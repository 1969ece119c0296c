import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { WwiseFlowError } from './base/errors.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from './base/json.ts';
import { didYouMean } from './base/nearest.ts';
import { type RawSettings, settings, splitList } from './settings.ts';

/** What to do: one subcommand with its own options, or a text to print (`--help`, `--version`). */
export type Door =
  | { readonly kind: 'mcp' }
  | {
      readonly kind: 'run';
      readonly flowPath: string;
      readonly mode: 'run' | 'plan' | 'preview';
      readonly input: JsonObject;
      readonly forceRerun: boolean;
      readonly json: boolean;
    }
  | {
      readonly kind: 'runs';
      readonly limit: number;
      readonly state: RunState | undefined;
      readonly json: boolean;
    }
  | {
      readonly kind: 'resume';
      readonly executionId: string;
      readonly flowPath: string | undefined;
      readonly from: string | undefined;
      readonly json: boolean;
    }
  | { readonly kind: 'gc'; readonly days: number; readonly memo: boolean; readonly json: boolean }
  | WaapiServerDoor
  | { readonly kind: 'new'; readonly projectPath: string }
  | { readonly kind: 'check'; readonly projectPath: string; readonly json: boolean }
  | { readonly kind: 'doctor'; readonly json: boolean }
  | { readonly kind: 'print'; readonly text: string };

const runStates = ['running', 'done', 'failed', 'cancelled', 'interrupted', 'rolledBack'] as const;
export type RunState = (typeof runStates)[number];

/** The doors that lead to the workflow desk. */
export type WorkflowDoor = Extract<Door, { readonly kind: 'run' | 'runs' | 'resume' | 'gc' }>;

export interface WaapiServerDoor {
  readonly kind: 'waapi-server';
  /** Null: no project is open until a client opens one. */
  readonly projectPath: string | null;
  /** Null: this server is not started. */
  readonly wampPort: number | null;
  readonly httpPort: number | null;
  readonly allowedOrigins: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly wampMaxClients: number;
  readonly httpMaxClients: number;
  /** Without a call for so long the server ends; 0: it never does. */
  readonly watchdogTimeoutMs: number;
  readonly sourceControl: boolean;
  readonly loudness: 'quiet' | 'usual' | 'verbose';
}

/**
 * Reads the arguments after `node main.js`. Pure: writes nothing and does not exit.
 * @throws WwiseFlowError INVALID_INPUT that names the argument, what is near it and where the help is.
 */
export function parseArgv(argv: readonly string[], version: string): { door: Door; settings: RawSettings } {
  let door: Door = { kind: 'mcp' };
  let printed = '';
  const program = createProgram(version, (chosen) => {
    door = chosen;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => undefined,
    });
    command.configureHelp({ showGlobalOptions: true });
  }
  try {
    program.parse([...argv], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode !== 0) throw usageError(thrown.message);
    return { door: { kind: 'print', text: printed }, settings: {} };
  }
  return { door, settings: rawSettings(asJsonObject(program.opts())) };
}

function createProgram(version: string, choose: (door: Door) => void): Command {
  const program = new Command('wwiseflow')
    .description(
      'Edit Audiokinetic Wwise projects from a coding agent: an MCP server over stdio, and its tools.',
    )
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .addHelpText(
      'after',
      '\nEvery common option has an environment twin: --allow-dir is WWISEFLOW_ALLOW_DIR, and so on.',
    );
  for (const setting of settings) {
    const option = new Option(setting.flag, `${setting.description} (default: ${setting.otherwise})`);
    if (setting.kind === 'paths' || setting.kind === 'pairs') option.argParser(collect);
    program.addOption(option);
  }
  addMcp(program, choose);
  addRun(program, choose);
  addRuns(program, choose);
  addWaapiServer(program, choose);
  addProjectCommands(program, choose);
  program
    .command('doctor')
    .description('say what is reachable, what is configured and what to do about it')
    .option('--json', 'print JSON')
    .action((options: unknown) => choose({ kind: 'doctor', json: asJsonObject(options).json === true }));
  return program;
}

function addMcp(program: Command, choose: (door: Door) => void): void {
  program
    .command('mcp', { isDefault: true })
    .description('serve MCP over stdio (the default)')
    // An unknown subcommand lands here as an argument: it deserves a better answer than "too many arguments".
    .allowExcessArguments(true)
    .action((_options: unknown, mcp: Command) => {
      const [first] = mcp.args;
      if (first === undefined) return choose({ kind: 'mcp' });
      const names = program.commands.map((command) => command.name());
      throw usageError(`unknown command "${first}".${didYouMean(first, names)}`);
    });
}

function addRun(program: Command, choose: (door: Door) => void): void {
  program
    .command('run')
    .description('run a workflow file; exit 0: done, 1: a node failed, 2: the workflow is invalid')
    .argument('<flow.json>', 'the workflow, as React Flow JSON')
    .option('--plan', 'only compile it and show the plan')
    .option('--diff', 'with --plan: try it on a copy of the project and show what would change')
    .addOption(
      new Option('--mode <mode>', 'preview is --plan --diff')
        .choices(['run', 'plan', 'preview'])
        .default('run'),
    )
    .option('--input <json>', 'values of the inputs it declares, as a JSON object', jsonObject)
    .option('--force-rerun', 'do every node again, whatever the memo holds')
    .option('--json', 'print JSON')
    .action((flowPath: string, given: unknown) => {
      const options = asJsonObject(given);
      choose({
        kind: 'run',
        flowPath,
        mode: modeOf(options),
        input: asJsonObject(options.input),
        forceRerun: options.forceRerun === true,
        json: options.json === true,
      });
    });
}

/** `--diff` alone means what `--plan --diff` says. */
function modeOf({ plan, diff, mode }: JsonObject): 'run' | 'plan' | 'preview' {
  if (diff === true || mode === 'preview') return 'preview';
  return plan === true || mode === 'plan' ? 'plan' : 'run';
}

function addRuns(program: Command, choose: (door: Door) => void): void {
  program
    .command('runs')
    .description('list the runs of workflows, the newest first')
    .option('--limit <count>', 'at most so many, 1 to 200', runCount, 20)
    .addOption(new Option('--state <state>', 'only runs in this state').choices(runStates))
    .option('--json', 'print JSON')
    .action((given: unknown) => {
      const { limit, state, json } = asJsonObject(given);
      const wanted = runStates.find((known) => known === state);
      choose({ kind: 'runs', limit: Number(limit), state: wanted, json: json === true });
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
    .action((executionId: string, given: unknown) => {
      const { flow, from, json } = asJsonObject(given);
      const texts = { flowPath: asString(flow), from: asString(from) };
      choose({ kind: 'resume', executionId, ...texts, json: json === true });
    });
  program
    .command('gc')
    .description('forget old runs and audit records')
    .option('--days <count>', 'what is older than so many days goes', dayCount, 90)
    .option('--memo', 'memo entries too: what they stand for is then no longer recognised')
    .option('--json', 'print JSON')
    .action((given: unknown) => {
      const { days, memo, json } = asJsonObject(given);
      choose({ kind: 'gc', days: Number(days), memo: memo === true, json: json === true });
    });
}

/** Option names and defaults are those of WwiseConsole, so that scripts written for it work here. */
function addWaapiServer(program: Command, choose: (door: Door) => void): void {
  program
    .command('waapi-server')
    .description('serve a project to any WAAPI client; option names are those of WwiseConsole')
    .argument('[project.wproj]', 'the project to open; without one, a client opens it')
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

function addProjectCommands(program: Command, choose: (door: Door) => void): void {
  program
    .command('new')
    .description('create an empty Wwise 2025.1 project')
    .argument('<project.wproj>', 'where to write it')
    .action((projectPath: string) => choose({ kind: 'new', projectPath }));
  program
    .command('check')
    .description(
      'read every file of a project, write it again in memory and report every byte that would differ',
    )
    .argument('<project.wproj>', 'the project to check')
    .option('--json', 'print JSON')
    .action((projectPath: string, options: unknown) =>
      choose({ kind: 'check', projectPath, json: asJsonObject(options).json === true }),
    );
}

function rawSettings(options: JsonObject): RawSettings {
  const text = (key: string) => {
    const value = asString(options[key]);
    return value === undefined ? {} : { [key]: value };
  };
  const list = (key: string) => {
    const value = asString(options[key]);
    return value === undefined ? {} : { [key]: splitList(value) };
  };
  const many = (key: string) => {
    const values = strings(options[key]);
    return values.length === 0 ? {} : { [key]: values };
  };
  return {
    ...text('wwise'),
    ...text('project'),
    ...list('toolsets'),
    ...list('tools'),
    ...list('excludeTools'),
    ...(options.readOnly === true ? { readOnly: true } : {}),
    ...many('allowDir'),
    ...many('mapPath'),
    ...many('callTimeout'),
    ...text('lockedPatience'),
    ...text('queueLength'),
    ...text('maxConcurrency'),
    ...text('maxPerSecond'),
    ...text('state'),
    ...text('expectProject'),
    ...text('wwiseConsole'),
    ...text('logLevel'),
  };
}

function usageError(message: string): WwiseFlowError {
  const text = message.replace(/^error: /, '').replace(/\n/g, ' ');
  return new WwiseFlowError('INVALID_INPUT', text, { hint: 'Run `wwiseflow --help` for what there is.' });
}

function collect(value: string, previous: unknown): string[] {
  return [...strings(previous), value];
}

function collectList(value: string, previous: unknown): string[] {
  return [...strings(previous), ...splitList(value)];
}

function port(value: string): number {
  return wholeNumber(value, 65_535, 'It must be a port from 0 to 65535.');
}

function clientCount(value: string): number {
  return wholeNumber(value, 100, 'It must be a whole number from 0 to 100.');
}

function seconds(value: string): number {
  return wholeNumber(value, 1_000_000, 'It must be a whole number of seconds, at most 1,000,000.');
}

function runCount(value: string): number {
  return wholeNumber(value, 200, 'It must be a whole number from 1 to 200.') || 1;
}

function dayCount(value: string): number {
  return wholeNumber(value, 36_500, 'It must be a whole number of days.');
}

function jsonObject(value: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(value);
    if (isJsonObject(parsed)) return parsed;
  } catch {
    // Said below, together with JSON that is no object.
  }
  throw new InvalidArgumentError('It must be a JSON object, such as {"name": "Step"}.');
}

function wholeNumber(value: string, max: number, expected: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= max)) throw new InvalidArgumentError(expected);
  return number;
}

function strings(value: unknown): string[] {
  return asJsonArray(value).filter((item): item is string => typeof item === 'string');
}
