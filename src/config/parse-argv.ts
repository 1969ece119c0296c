import { Command, CommanderError, Option } from 'commander';
import { WwiseFlowError } from '../core/errors.ts';
import { asJsonObject, type JsonObject } from '../core/json.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { withAnswerText } from './argv/answer-text.ts';
import { collect, strings } from './argv/argument-values.ts';
import { addCallback } from './argv/callback-subcommand.ts';
import { addHook } from './argv/hook-subcommand.ts';
import { addInit } from './argv/init-subcommand.ts';
import { addDiagnose, addJobs } from './argv/jobs-subcommand.ts';
import { addProjectSubcommands } from './argv/project-subcommands.ts';
import { withRunState } from './argv/run-state.ts';
import { addSchedule } from './argv/schedule-subcommand.ts';
import { addServe, addToken } from './argv/serve-subcommand.ts';
import type { Choose, Subcommand } from './argv/subcommand.ts';
import { addTrialSubcommands } from './argv/trial-subcommands.ts';
import { addWorker } from './argv/worker-subcommand.ts';
import { addWorkflowSubcommands } from './argv/workflow-subcommands.ts';
import { readTextValue } from './read-text-value.ts';
import { flagName, type Said, type SaidSettings, type Setting, type SettingKey } from './setting.ts';
import { settings } from './settings.ts';

/**
 * Reads the arguments after `node main.js`; relative paths of settings count from `cwd`. Pure: writes nothing and does not
 * exit.
 * @throws WwiseFlowError INVALID_INPUT that names the argument, what is near it and where the help is.
 */
export function parseArgv(
  argv: readonly string[],
  version: string,
  cwd = '.',
): { subcommand: Subcommand; settings: SaidSettings } {
  let subcommand: Subcommand = { kind: 'mcp', named: false };
  let printed = '';
  const program = createProgram(version, (chosen) => {
    subcommand = chosen;
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
    program.parse([...withAnswerText(withRunState(argv))], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode !== 0) {
      // `help` for a command that there is not ends without a word of it.
      const isHelp = thrown.code === 'commander.help';
      throw isHelp ? unknownCommand(argv[argv.indexOf('help') + 1], program) : usageError(thrown.message);
    }
    return { subcommand: { kind: 'print', text: printed }, settings: new Map() };
  }
  return { subcommand, settings: saidSettings(asJsonObject(program.opts()), cwd) };
}

function createProgram(version: string, choose: Choose): Command {
  const program = new Command('wwiseflow')
    .description(
      'Edit Audiokinetic Wwise projects from a coding agent: an MCP server over stdio, and its tools.',
    )
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show this help, or that of a command')
    .addHelpText(
      'after',
      '\nEvery common option has an environment twin: --allow-dir is WWISEFLOW_ALLOW_DIR, and so on.',
    );
  for (const setting of settings) {
    const option = new Option(setting.flag, `${setting.description} (default: ${setting.otherwise})`);
    if (isRepeatable(setting)) option.argParser(collect);
    program.addOption(option);
  }
  addMcp(program, choose);
  addServe(program, choose);
  addWorker(program, choose);
  addJobs(program, choose);
  addDiagnose(program, choose);
  addToken(program, choose);
  addHook(program, choose);
  addSchedule(program, choose);
  addCallback(program, choose);
  addWorkflowSubcommands(program, choose);
  addTrialSubcommands(program, choose);
  addProjectSubcommands(program, choose);
  addInit(program, choose);
  addDoctor(program, choose);
  return program;
}

function addMcp(program: Command, choose: Choose): void {
  program
    .command('mcp', { isDefault: true })
    .description('serve MCP over stdio (the default)')
    // An unknown subcommand lands here as an argument: it deserves a better answer than "too many arguments".
    .allowExcessArguments(true)
    .action((_options: unknown, mcp: Command) => {
      const [first] = mcp.args;
      if (first === undefined) return choose({ kind: 'mcp', named: program.args[0] === 'mcp' });
      throw unknownCommand(first, program);
    });
}

function addDoctor(program: Command, choose: Choose): void {
  program
    .command('doctor')
    .description('say what is reachable, what is configured and what to do about it')
    .option('--json', 'print JSON')
    .action((options: unknown) => choose({ kind: 'doctor', json: asJsonObject(options).json === true }));
}

function isRepeatable({ kind }: Setting): boolean {
  return kind === 'paths' || kind === 'mappings' || kind === 'timeouts';
}

function saidSettings(options: JsonObject, cwd: string): SaidSettings {
  const said = new Map<SettingKey, Said>();
  for (const setting of settings) {
    const given = options[setting.key];
    if (given === undefined) continue;
    const name = flagName(setting);
    const texts = isRepeatable(setting) ? strings(given) : [String(given)];
    const value = readTextValue(setting, texts, name, cwd);
    said.set(setting.key, { value, origin: { from: 'flag', name } });
  }
  return said;
}

function unknownCommand(name = '', program: Command): WwiseFlowError {
  const names = program.commands.map((command) => command.name());
  return usageError(`unknown command "${name}".${didYouMean(name, names)}`);
}

function usageError(message: string): WwiseFlowError {
  const text = message.replace(/^error: /, '').replace(/\n/g, ' ');
  return new WwiseFlowError('INVALID_INPUT', text, { hint: 'Run `wwiseflow --help` for what there is.' });
}
