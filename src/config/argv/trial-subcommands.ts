import { type Command, Option } from 'commander';
import { asJsonObject } from '../../core/json.ts';
import { jsonObject, jsonValue } from './argument-values.ts';
import type { Choose } from './subcommand.ts';

/** `explain`, `test-node`, `compare` and `schema`. */
export function addTrialSubcommands(program: Command, choose: Choose): void {
  program
    .command('explain')
    .description('say in plain sentences what a workflow does, without doing it')
    .argument('<flow.json>', 'the workflow')
    .option('--json', 'print JSON')
    .action((flowPath: string, given: unknown) =>
      choose({ kind: 'explain', flowPath, json: asJsonObject(given).json === true }),
    );
  program
    .command('test-node')
    .description('try one node on a value; exit 0: done, 1: it failed or was not executed')
    .argument('<type>', 'the kind of node, as a workflow names it')
    .option('--data <json>', 'its data, as a JSON object', jsonObject, {})
    .option('--flow <json>', 'what flows into it, as JSON', jsonValue)
    .addOption(modeOption())
    .option('--json', 'print JSON')
    .option('--verbose', 'with --json: all of it')
    .action((type: string, given: unknown) => {
      const { data, flow, mode, json, verbose } = asJsonObject(given);
      choose({
        kind: 'test-node',
        ...{ type, data: asJsonObject(data), flow, mode: modeOf(mode) },
        ...{ json: json === true, verbose: verbose === true },
      });
    });
  program
    .command('schema')
    .description(
      'print the JSON Schema (2020-12) of workflows, for editors: what "$schema" in a workflow names',
    )
    .action(() => choose({ kind: 'schema' }));
  program
    .command('compare')
    .description(
      'try two variants of a workflow on one input and show in what they differ; exit 0: they give the same, 1: they differ',
    )
    .argument('<a.json>', 'the first variant')
    .argument('<b.json>', 'the second')
    .option('--input <json>', 'values of the inputs of both, as a JSON object', jsonObject, {})
    .addOption(modeOption())
    .option('--json', 'print JSON')
    .option('--verbose', 'with --json: all of it')
    .action((a: string, b: string, given: unknown) => {
      const { input, mode, json, verbose } = asJsonObject(given);
      choose({
        kind: 'compare',
        ...{ flowPaths: [a, b], input: asJsonObject(input), mode: modeOf(mode) },
        ...{ json: json === true, verbose: verbose === true },
      });
    });
}

function modeOption(): Option {
  return new Option(
    '--mode <mode>',
    'preview: on a copy of the project, nobody outside is asked; demo: with the mocks of nodes; run: for real',
  )
    .choices(['preview', 'demo', 'run'])
    .default('preview');
}

function modeOf(given: unknown): 'preview' | 'demo' | 'run' {
  return given === 'demo' || given === 'run' ? given : 'preview';
}
