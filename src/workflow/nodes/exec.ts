import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type Json } from '../../core/json.ts';
import { runProgram } from '../remote/programs/run-program.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, type NodeContext, type OwnKind } from './node-kind.ts';
import {
  type ProgramArgument,
  type ProgramParse,
  programArgument,
  programCall,
  programParses,
} from './programs/program-call.ts';
import { watchProgram } from './programs/watch-program.ts';
import { checkPreset } from './requests/check-preset.ts';

const input = z.strictObject({
  program: z.string().min(1).max(4_000).optional().describe('Its name, as it stands in --allow-program.'),
  preset: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('Instead: a program as a file of presets/ or of your own folder, with its arguments.'),
  operation: z.string().max(80).optional().describe('Which command of the preset. Default: its usual one.'),
  mapping: z.record(z.string(), jsonSchema).optional().describe('Parameters of the command of the preset.'),
  settings: z.record(z.string(), jsonSchema).optional().describe('Settings of the preset.'),
  args: z
    .array(programArgument)
    .max(1_000)
    .optional()
    .describe(
      'Its arguments, each by itself: no shell sees them. Files as { "read": path } and { "write": path }, in allowed directories.',
    ),
  dir: z.string().max(4_000).optional().describe('The folder it runs in, an allowed one.'),
  stdin: z.string().max(10_000_000).optional().describe('What it reads from its standard input.'),
  okExitCodes: z
    .array(z.number().int())
    .min(1)
    .max(50)
    .default([0])
    .describe('Exit codes that are no failure.'),
  progress: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'What stands before how far it is in what it writes, as "time=". The last one is said at the end.',
    ),
  parse: z
    .enum(programParses)
    .optional()
    .describe(
      'What "output" is: its standard output as text, as JSON or as lines; lastJson: the last object in all it wrote. Default: text.',
    ),
  onUnknown: z
    .enum(['fail', 'retry'])
    .default('fail')
    .describe(
      'When the process ended while it was under way. retry: it is run again. fail: OUTCOME_UNKNOWN.',
    ),
  resumeArgs: z
    .array(programArgument)
    .max(1_000)
    .optional()
    .describe(
      'Its arguments instead when it was cut off: those by which it goes on from its last checkpoint.',
    ),
});

/** How long a program may take where nobody says it, in milliseconds. */
const USUAL_TIMEOUT_MS = 600_000;

/** Runs a program that is on a list. */
export const exec: OwnKind = Object.freeze({
  type: 'exec',
  aliases: [],
  title: 'Program',
  description:
    'Run a program that is on the list of --allow-program, as ffmpeg or sox, and wait for its end. Arguments go to it one by one, ' +
    'through no shell. A preview runs none.',
  toolset: 'flow',
  effect: 'none',
  profile: 'builder',
  reachesOutside: true,
  input,
  output: z.object({
    exitCode: z.number(),
    output: jsonSchema.describe('What it wrote, as "parse" says.'),
    stderr: z.string().describe('The end of what it wrote to its standard error.'),
    written: z.array(z.string()).describe('The files of "write", as absolute paths.'),
  }),
  oneOf: [['program'], ['preset']],
  ports: ['error'],
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  irreversible: () => 'What a program did stays done.',
  examples: [
    {
      title: 'Count the bytes of a text',
      workflow: {
        nodes: [
          { id: 'count', type: 'exec', data: { program: 'wc', args: ['-c'], stdin: 'rain', parse: 'json' } },
          { id: 'end', type: 'say', data: { text: '{{ nodes.count.output }} bytes' } },
        ],
      },
    },
  ],
  check: (node, graph) => checkPreset(node, graph, 'program'),
  run: async (raw, context) => {
    const given = input.parse(raw);
    const { wasCutOff, remote, signal, outside } = context;
    const call = programCall(given, remote.presets);
    const { program } = call;
    const timeoutMs = context.timeoutMs ?? call.timeoutMs ?? USUAL_TIMEOUT_MS;
    const goesOn = wasCutOff && call.resumeArgs !== undefined;
    if (wasCutOff && !goesOn && given.onUnknown === 'fail' && context.notes.some(({ sent }) => sent === true))
      throw underWay(program);
    const written: string[] = [];
    const args: string[] = [];
    for (const one of goesOn ? (call.resumeArgs ?? []) : call.args)
      args.push(await argumentOf(one, context, written));
    const dir = given.dir === undefined ? undefined : await outside.writablePath(given.dir);
    await context.note({ call: 'only', sent: true });
    const far = watchProgram(call.progress, (text) => context.progress(text));
    const result = await context.attempt(async () => {
      const end = await runProgram(
        {
          ...{ program, args, dir, stdin: given.stdin, okExitCodes: given.okExitCodes },
          ...{ timeoutMs, mostBytes: 1_000_000, signal, onText: far.hear },
        },
        remote.programs,
      );
      return done({ exitCode: end.exitCode, stdout: end.stdout, stderr: end.stderr });
    });
    if (!result.ok) return result;
    const { exitCode, stdout, stderr } = asJsonObject(result.data);
    const texts = { stdout: String(stdout), stderr: String(stderr) };
    const last = far.last();
    if (last !== undefined) context.say(`${program}: ${last}`);
    return done({
      exitCode: Number(exitCode),
      output: outputOf(texts, call.parse, program),
      stderr: texts.stderr.slice(-4_000),
      written,
    });
  },
} satisfies OwnKind);

/** An argument as the program gets it. Files must be in allowed directories, and are named as such. */
async function argumentOf(
  argument_: ProgramArgument,
  { outside }: NodeContext,
  written: string[],
): Promise<string> {
  if (typeof argument_ === 'number') return String(argument_);
  if (typeof argument_ === 'string') {
    if (isAbsolute(argument_) || pathsInText.some((path) => path.test(argument_))) throw namesFile(argument_);
    return argument_;
  }
  if ('read' in argument_) return (await outside.readFile(argument_.read)).path;
  const path = await outside.pathToWrite(argument_.write);
  written.push(path);
  return path;
}

/** A path out of the folder or from the root on, also behind an option (`--out=/x`, `-o/x`, `file:/x`, `C:\\x`). */
const pathsInText = [/(^|[\\/=:])\.\.([\\/]|$)/, /(^|[=:,;|@'"\s(]|^-\w)[\\/]/, /(^|[=,;|@'"\s(])~/];

function namesFile(text: string): WwiseFlowError {
  return new WwiseFlowError(
    'PATH_NOT_ALLOWED',
    `The argument "${text.slice(0, 200)}" names a file by its path.`,
    {
      hint: `Write { "read": "${text.slice(0, 200)}" } or { "write": ... }, so that it is looked at where it lies.`,
      details: { argument: text.slice(0, 500) },
    },
  );
}

function outputOf(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  parse: ProgramParse,
  program: string,
): Json {
  if (parse === 'text') return stdout;
  if (parse === 'lines') return stdout.split(/\r?\n/).filter((line) => line !== '');
  const all = `${stdout}\n${stderr}`;
  const text = parse === 'json' ? stdout : all.slice(all.lastIndexOf('{'), all.lastIndexOf('}') + 1);
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (thrown) {
    throw new WwiseFlowError(
      'ANSWER_UNREADABLE',
      `${program} wrote no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      {
        hint: 'Choose another "parse", or other arguments.',
        details: { program, begins: text.slice(0, 200) },
      },
    );
  }
}

function underWay(program: string): WwiseFlowError {
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `${program} was under way when the process ended: nobody here knows how far it came.`,
    {
      hint: 'Look at the files it writes. Then resume the run with "force" for this node, or set "onUnknown" or "resumeArgs".',
      details: { program },
    },
  );
}
