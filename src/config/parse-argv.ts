import { Command, CommanderError, Option } from 'commander';
import { WwiseFlowError } from '../core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../core/json.ts';
import { didYouMean } from '../core/nearest.ts';
import { collect, strings } from './argv/argument-values.ts';
import type { Choose, Door } from './argv/door.ts';
import { addProjectSubcommands } from './argv/project-subcommands.ts';
import { addWorkflowSubcommands } from './argv/workflow-subcommands.ts';
import { type RawSettings, settings, splitList } from './settings.ts';

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
    if (thrown.exitCode !== 0) {
      // `help` for a command that there is not ends without a word of it.
      const isHelp = thrown.code === 'commander.help';
      throw isHelp ? unknownCommand(argv[argv.indexOf('help') + 1], program) : usageError(thrown.message);
    }
    return { door: { kind: 'print', text: printed }, settings: {} };
  }
  return { door, settings: rawSettings(asJsonObject(program.opts())) };
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
    if (setting.kind === 'paths' || setting.kind === 'pairs') option.argParser(collect);
    program.addOption(option);
  }
  addMcp(program, choose);
  addWorkflowSubcommands(program, choose);
  addProjectSubcommands(program, choose);
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
      if (first === undefined) return choose({ kind: 'mcp' });
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

function unknownCommand(name = '', program: Command): WwiseFlowError {
  const names = program.commands.map((command) => command.name());
  return usageError(`unknown command "${name}".${didYouMean(name, names)}`);
}

function usageError(message: string): WwiseFlowError {
  const text = message.replace(/^error: /, '').replace(/\n/g, ' ');
  return new WwiseFlowError('INVALID_INPUT', text, { hint: 'Run `wwiseflow --help` for what there is.' });
}
